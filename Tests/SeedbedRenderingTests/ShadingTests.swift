import SeedbedGeometry
import SeedbedRendering
import SeedbedScene
import Testing

struct ShadingTests {
  static let white = Vector3(1, 1, 1)

  private func plate(_ edge: Double = 2, z: Double = 0, color: Vector3 = white) -> ObjectInstance {
    TestScene.object(
      "plate", .box(size: Vector3(edge, edge, 0.02)), at: Pose(Vector3(0, 0, z - 0.01)), color: color, roughness: 1)
  }

  private func down(_ intensity: Double, castsShadow: Bool = false) -> LightInstance {
    LightInstance(
      name: "d", kind: .directional(direction: -.unitZ), color: Self.white, intensity: intensity,
      castsShadow: castsShadow)
  }

  private func level(_ lights: [LightInstance], ambient: Double = 0) throws -> Int {
    let instance = TestScene.instance(
      objects: [plate()], cameras: [TestScene.above(1, 32, 32)], ambient: Self.white * ambient, lights: lights)
    return try TestScene.snapshot(instance).color(16, 16)[0]
  }

  @Test func exposure() throws {
    let full = try level([down(1)])
    #expect(232...248 ~= full)
    #expect(try level([down(1)], ambient: 0.5) < 252)
    #expect(try level([], ambient: 1) >= 232)
    #expect(try level([]) == 0)
    // Gamma 2: a quarter of the light is half the level.
    let quarter = try level([down(0.25)])
    #expect(120...134 ~= quarter)
  }

  @Test func pointLightFallsOffWithTheSquareOfTheDistance() throws {
    func lamp(_ height: Double, _ intensity: Double) -> LightInstance {
      LightInstance(
        name: "p", kind: .point(position: Vector3(0, 0, height)), color: Self.white, intensity: intensity,
        castsShadow: false)
    }
    let reference = try level([lamp(1, 0.3)])
    #expect(abs(try level([lamp(2, 1.2)]) - reference) <= 2)
    #expect(abs(try level([down(0.3)]) - reference) <= 2)
  }

  @Test func onlySixteenLightsCount() throws {
    let sixteen = try level(Array(repeating: down(0.02), count: 16))
    #expect(try level(Array(repeating: down(0.02), count: 40)) == sixteen)
    #expect(sixteen > 120)
  }

  @Test func shadowLiesWhereTheLightPutsIt() throws {
    let slanted = LightInstance(
      name: "s", kind: .directional(direction: Vector3(1, 0, -1).normalized ?? -.unitZ), color: Self.white,
      intensity: 0.8, castsShadow: true)
    // A small plate 0.3 above the ground throws its shadow 0.3 further along x.
    let blocker = TestScene.object(
      "blocker", .box(size: Vector3(0.2, 0.2, 0.01)), at: Pose(Vector3(-0.3, 0, 0.3)))
    let camera = TestScene.above(2, 200, 200, fovy: 0.6)
    let instance = TestScene.instance(
      objects: [plate(), blocker], cameras: [camera], ambient: Self.white * 0.1, lights: [slanted])
    let picture = try TestScene.snapshot(instance)
    func ground(_ x: Double, _ y: Double) throws -> Int {
      let p = try #require(
        project(Vector3(x, y, 0), camera: camera, linkPoses: [.identity], robot: TestScene.nobody))
      return picture.color(at: p)[1]
    }
    let lit = try ground(0.3, 0.3), dark = try ground(0, 0)
    #expect(dark < lit / 2)
    for x in stride(from: -0.08, through: 0.08, by: 0.02) { #expect(abs(try ground(x, 0.05) - dark) <= 2) }
    for x in [-0.12, 0.12] { #expect(abs(try ground(x, 0.05) - lit) <= 3, "at \(x)") }
  }

  /// Lit surfaces show no self-shadowing, whatever their slope; a thing on the ground has no gap to its shadow.
  @Test(arguments: [0.3, 0.8, 1.2, 1.4])
  func noShadowAcne(tilt: Double) throws {
    let sun = LightInstance(
      name: "s", kind: .directional(direction: -.unitZ), color: Self.white, intensity: 0.9, castsShadow: true)
    let plate = TestScene.object(
      "plate", .box(size: Vector3(1.2, 1.2, 0.05)),
      at: Pose(.zero, Quaternion(axis: Vector3(0.6, 0.8, 0), angle: tilt)),
      roughness: 1)
    let normal = plate.pose.rotate(.unitZ)
    let pose = TestScene.lookAt(from: normal * 1.2, to: .zero)
    let camera = TestScene.camera("c", 96, 96, pose: pose, fovy: 0.5)
    let instance = TestScene.instance(objects: [plate], cameras: [camera], ambient: .zero, lights: [sun])
    let picture = try TestScene.snapshot(instance)
    let levels = (0..<96 * 96).map { Int(picture.rgb[3 * $0]) }
    let low = try #require(levels.min()), high = try #require(levels.max())
    #expect(low > 40)
    #expect(high - low <= 4)
  }

  @Test func shadowTouchesWhatThrowsIt() throws {
    let sun = LightInstance(
      name: "s", kind: .directional(direction: Vector3(0.5, 0, -1).normalized ?? -.unitZ), color: Self.white,
      intensity: 0.9, castsShadow: true)
    let cube = TestScene.object("cube", .box(size: Vector3(0.1, 0.1, 0.1)), at: Pose(Vector3(0, 0, 0.05)))
    let camera = TestScene.above(1, 256, 256, fovy: 0.4)
    let instance = TestScene.instance(
      objects: [plate(), cube], cameras: [camera], ambient: Self.white * 0.1, lights: [sun])
    let picture = try TestScene.snapshot(instance)
    // Just right of the cube's top edge one sees ground in shadow; at its left, lit ground.
    func ground(_ x: Double) throws -> Int {
      let p = try #require(project(Vector3(x, 0, 0), camera: camera, linkPoses: [.identity], robot: TestScene.nobody))
      #expect(picture.id(at: p) == 2)
      return picture.color(at: p)[0]
    }
    #expect(try ground(0.066) < ground(-0.09) / 2)
    #expect(try ground(0.2) == ground(-0.2))
  }
}
