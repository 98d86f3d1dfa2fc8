import SeedbedGeometry
public import SeedbedScene
import URDF

/// Robot, meshes and textures made ready for drawing: once per process, shared by all episodes.
public struct RenderModel: Sendable {
  /// Something that moves with a link.
  struct LinkPart: Sendable {
    var link: Int
    var mesh: MeshHandle
    var material: SurfaceMaterial
  }

  let robot: RobotDescription
  let linkParts: [LinkPart]
  /// Of articulated objects, by the logical path of their URDF.
  let mechanismParts: [String: [LinkPart]]
  let mechanisms: [String: RobotDescription]
  /// Pictures by logical path.
  let images: [String: TextureHandle]
  /// Mesh files by logical path, where a scene's objects may use them.
  private let prepared: [String: PreparedMesh]
  private let meshes: [String: MeshAsset]

  /// Link visuals are drawn opaque; those with alpha 0 are left out. A colour in a mesh file wins over the URDF's. A
  /// texture of a link that the assets don't hold leaves its colour.
  ///
  /// - Throws: `RenderError` for a mesh that the assets don't hold or that is broken.
  public init(assets: SceneAssets) throws(RenderError) {
    robot = assets.robot
    meshes = assets.meshes
    var images: [String: TextureHandle] = [:]
    for (path, image) in assets.textures.sorted(by: { $0.key < $1.key }) {
      guard let resampled = RasterImage(image) else {
        throw RenderError(path, "a picture of \(image.width) x \(image.height) with \(image.pixels.count) bytes")
      }
      let aspect = Double(image.height) / Double(image.width)
      images[path] = try TextureHandle(resampled, aspect: aspect, subject: path)
    }
    self.images = images
    var prepared: [String: PreparedMesh] = [:]
    for (path, asset) in assets.meshes.sorted(by: { $0.key < $1.key }) {
      prepared[path] = try PreparedMesh(asset, path: path)
    }
    var builder = LinkPartBuilder(meshes: prepared, images: images)
    for (index, link) in robot.links.enumerated() { try builder.add(link, index: index) }
    linkParts = builder.parts
    mechanisms = assets.mechanisms
    var mechanismParts: [String: [LinkPart]] = [:]
    for (path, model) in assets.mechanisms.sorted(by: { $0.key < $1.key }) {
      var builder = LinkPartBuilder(meshes: prepared, images: images)
      for (index, link) in model.links.enumerated() { try builder.add(link, index: index) }
      mechanismParts[path] = builder.parts
    }
    self.mechanismParts = mechanismParts
    // The robot's meshes are in the rasteriser's hands now; what only it uses need not stay.
    let usedByRobot = Set(robot.links.flatMap { $0.visuals.compactMap(\.meshPath) })
    self.prepared = prepared.filter { !usedByRobot.contains($0.key) }
  }

  /// A mesh file for an object.
  func preparedMesh(_ path: String) throws(RenderError) -> PreparedMesh {
    if let mesh = prepared[path] { return mesh }
    guard let asset = meshes[path] else { throw RenderError(path, "the mesh was not loaded") }
    return try PreparedMesh(asset, path: path)
  }
}

extension Visual {
  fileprivate var meshPath: String? {
    if case .mesh(let path, _) = geometry { path } else { nil }
  }
}
