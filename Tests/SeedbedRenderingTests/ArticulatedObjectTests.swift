import SeedbedGeometry
import SeedbedRendering
import SeedbedScene
import Testing
import URDF

/// Articulated objects are drawn link by link, each where it is.
@Suite struct ArticulatedObjectTests {
  static let model: RobotDescription = {
    func visual(_ size: Vector3, _ color: [Double]) -> Visual {
      Visual(origin: .identity, geometry: .box(size: size), color: color, location: TestScene.origin)
    }
    return RobotDescription(
      name: "cabinet",
      links: [
        Link(name: "body", visuals: [visual(Vector3(0.2, 0.2, 0.02), [0, 0, 1, 1])], location: TestScene.origin),
        Link(name: "drawer", visuals: [visual(Vector3(0.1, 0.1, 0.06), [1, 0, 0, 1])], location: TestScene.origin),
      ],
      joints: [
        Joint(
          name: "slide", kind: .prismatic, parent: 0, child: 1, axis: .unitX, lower: 0, upper: 1,
          location: TestScene.origin)
      ], rootLink: 0)
  }()

  static func scene(_ color: Vector3 = Vector3(1, 1, 1)) -> (SceneInstance, RenderModel) {
    var thing = TestScene.object("thing", .urdf(path: "thing.urdf"), at: .identity, color: color)
    thing.joints = [ObjectJointInstance(joint: "slide", isPrismatic: true, position: 0)]
    let assets = SceneAssets(
      files: [], robot: TestScene.nobody, mechanisms: ["thing.urdf": model], meshes: [:], textures: [:])
    let instance = TestScene.instance(
      objects: [thing], cameras: [TestScene.above(1, 64, 64)], ambient: Vector3(1, 1, 1), lights: [])
    guard let model = try? RenderModel(assets: assets) else { fatalError("no model") }
    return (instance, model)
  }

  /// Whether the middle of the drawer, at x, is red; whether the whole is one thing to the segmentation.
  @Test(arguments: [0, 0.3]) func drawerMoves(x: Double) throws {
    let (instance, model) = Self.scene()
    var renderer = try Renderer(instance, model: model)
    let links = [Pose.identity, Pose(Vector3(x, 0, 0))]
    if x > 0 { renderer.setPoses(links: [.identity], objects: [.identity], objectLinks: [links]) }
    let places = [Vector3(x, 0, 0.03), Vector3(-0.08, 0, 0.01)].map { renderer.project($0, camera: 0) }
    let point = try #require(places[0]), body = try #require(places[1])
    let picture = renderer.render(camera: 0) { Snapshot($0) }
    let drawer = picture.color(at: point), base = picture.color(at: body)
    #expect(drawer[0] > 150 && drawer[2] < 100)
    #expect(base[2] > 150 && base[0] < 100)
    #expect(Set(picture.ids) == [0, InstanceID.object(0, linkCount: 1)])
    #expect(picture.id(at: point) == InstanceID.object(0, linkCount: 1))
  }

  @Test func colorTints() throws {
    let (instance, model) = Self.scene(Vector3(0.2, 1, 1))
    var renderer = try Renderer(instance, model: model)
    let place = renderer.project(Vector3(0, 0, 0.03), camera: 0)
    let point = try #require(place)
    let picture = renderer.render(camera: 0) { Snapshot($0) }
    #expect(picture.color(at: point)[0] < 100)
  }
}
