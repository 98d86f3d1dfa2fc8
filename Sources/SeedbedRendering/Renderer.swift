import CRaster
public import SeedbedGeometry
public import SeedbedScene
import URDF

/// Draws the cameras' pictures of one episode.
public struct Renderer: ~Copyable {
  /// What a drawn part moves with.
  private enum Carrier {
    case link(Int)
    case object(Int)
    case objectLink(object: Int, link: Int)
  }

  private let scene: RasterScene
  private let carriers: [Carrier]
  /// Both keep what the scene points to.
  private let model: RenderModel
  private let parts: [ObjectPart]
  private let cameras: [CameraInstance]
  private let cameraLinks: [Int?]
  private let path: RenderPath
  private let objectCount: Int
  /// One an object: links of an articulated one, 0 of the others.
  private let linkCounts: [Int]
  private var linkPoses: [Pose]
  private var shadowIsCurrent = false

  /// - Throws: `RenderError` where a camera's size, angle or link is unusable, an object's mesh or texture is missing, or
  ///   memory is short.
  public init(_ instance: SceneInstance, model: RenderModel) throws(RenderError) {
    try self.init(instance, model: model, path: .best)
  }

  package init(_ instance: SceneInstance, model: RenderModel, path: RenderPath) throws(RenderError) {
    var cameraLinks: [Int?] = []
    for camera in instance.cameras { cameraLinks.append(try camera.checkedLink(robot: model.robot)) }
    var parts: [ObjectPart] = []
    for (index, object) in instance.objects.enumerated() {
      parts += try ObjectPart.parts(of: object, index: index, model: model)
    }
    let count = model.linkParts.count + parts.count
    guard count <= Int(RASTER_MAX_INSTANCES) else {
      throw RenderError("scene", "\(count) parts to draw; more than \(RASTER_MAX_INSTANCES) cannot be drawn")
    }
    let scene = try RasterScene(
      maxWidth: instance.cameras.map(\.width).max() ?? 1, maxHeight: instance.cameras.map(\.height).max() ?? 1,
      instances: count, shadowSize: instance.lighting.keyLight == nil ? 0 : Self.shadowSize, path: path)
    let linkCount = model.robot.links.count
    for part in model.linkParts {
      let id = InstanceID.link(part.link)
      try scene.add(part.mesh, part.material, id: id, castsShadow: true, subject: "robot")
    }
    for part in parts {
      try scene.add(
        part.mesh, part.material, id: InstanceID.object(part.object, linkCount: linkCount),
        castsShadow: part.castsShadow, subject: instance.objects[part.object].name)
    }
    var lighting = instance.lighting.raster
    raster_set_lighting(scene.context, &lighting)
    if var box = ShadowFrame(instance: instance, model: model, parts: parts)?.raster {
      raster_set_shadow_box(scene.context, &box)
    }
    self.scene = scene
    self.model = model
    self.parts = parts
    self.path = path
    self.cameraLinks = cameraLinks
    cameras = instance.cameras
    objectCount = instance.objects.count
    carriers =
      model.linkParts.map { .link($0.link) }
      + parts.map { part in
        part.link.map { .objectLink(object: part.object, link: $0) } ?? .object(part.object)
      }
    linkPoses = Array(repeating: .identity, count: linkCount)
    linkCounts = instance.objects.map { model.mechanism(of: $0)?.links.count ?? 0 }
    setPoses(
      links: linkPoses, objects: instance.objects.map(\.pose), objectLinks: instance.objects.map(model.startLinkPoses))
  }

  /// Texels along an edge of the shadow map.
  private static let shadowSize = 1024

  /// Places everything for the next pictures. The shadow is drawn once for all cameras, with the first picture.
  /// - Parameter links: link frame in the world, one per link of the robot.
  /// - Parameter objects: one per object of the scene instance. A pose that is not finite hides what it carries.
  /// - Parameter objectLinks: one list per object: of an articulated one its link frames in the world, empty for the others.
  ///   May be left out where no object is articulated.
  public mutating func setPoses(links: [Pose], objects: [Pose], objectLinks: [[Pose]] = []) {
    precondition(links.count == linkPoses.count && objects.count == objectCount, "one pose per link and per object")
    precondition(
      linkCounts.indices.allSatisfy { linkCounts[$0] == 0 || objectLinks[$0].count == linkCounts[$0] },
      "one pose per link of an articulated object")
    linkPoses = links
    shadowIsCurrent = false
    for (index, carrier) in carriers.enumerated() {
      switch carrier {
      case .link(let link): scene.setPose(links[link], of: index)
      case .object(let object): scene.setPose(objects[object], of: index)
      case .objectLink(let object, let link): scene.setPose(objectLinks[object][link], of: index)
      }
    }
  }

  /// The optical frame of a camera in the world, for the current poses.
  public func cameraPose(_ camera: Int) -> Pose {
    guard let link = cameraLinks[camera] else { return cameras[camera].pose }
    return linkPoses[link] * cameras[camera].pose
  }

  /// Where a point of the world falls in a camera's picture; nil behind the camera.
  public func project(_ point: Vector3, camera: Int) -> ProjectedPoint? {
    cameras[camera].project(inCameraFrame: cameraPose(camera).inverse.apply(point))
  }

  /// Draws one camera's picture and lends it to `body`. It stays valid only during the call. A camera on a link whose pose
  /// is not finite sees nothing but the background.
  /// - Parameter camera: index into `SceneInstance.cameras`.
  public mutating func render<R: ~Copyable, E: Error>(
    camera: Int, _ body: (borrowing Picture) throws(E) -> R
  ) throws(E) -> R {
    let view = cameras[camera]
    if !shadowIsCurrent {
      raster_render_shadow(scene.context)
      shadowIsCurrent = true
    }
    var request = RasterCamera(
      width: Int32(view.width), height: Int32(view.height), focal: view.intrinsics.fx, near: view.near, far: view.far,
      pose: cameraPose(camera).rows)
    let isDrawn = raster_render(scene.context, &request)
    precondition(isDrawn, "the camera's values were checked at the start")
    return try body(Picture(context: scene.context, width: view.width, height: view.height, path: path))
  }
}
