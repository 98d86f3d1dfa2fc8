import CRaster
import SeedbedGeometry
import SeedbedRendering
import SeedbedScene
import Testing

struct TextureTests {
  /// Four quarters: red and green on top, blue and yellow below.
  private static func quarters(_ width: Int, _ height: Int) -> TextureImage {
    let colors: [[UInt8]] = [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [255, 255, 0, 255]]
    let pixels = (0..<height).flatMap { y in
      (0..<width).flatMap { x in colors[(2 * y < height ? 0 : 2) + (2 * x < width ? 0 : 1)] }
    }
    return TextureImage(width: width, height: height, pixels: pixels)
  }

  /// 0 red, 1 green, 2 blue, 3 yellow: the strongest match.
  private func quarter(_ c: [Int]) -> Int {
    c[0] > 100 ? (c[1] > 100 ? 3 : 0) : (c[1] > 100 ? 1 : 2)
  }

  private let ambientOnly = Vector3(0.9, 0.9, 0.9)

  /// The picture stands upright on every face of a box, also with edges that are no powers of two.
  @Test(arguments: [(64, 64), (30, 30), (7, 20)])
  func pictureStandsUprightOnEveryFace(width: Int, height: Int) throws {
    let aspect = Double(height) / Double(width)
    let size = Vector3(0.2, 0.2, 0.2 * aspect)
    let box = TestScene.object(
      "box", .box(size: size), at: .identity, color: Vector3(1, 1, 1), roughness: 1,
      texture: .image(path: "q.png", metresPerTile: 0.2))
    let assets = TestScene.assets(robot: TestScene.nobody, textures: ["q.png": Self.quarters(width, height)])
    for normal in [Vector3.unitX, -.unitX, .unitY, -.unitY] {
      let camera = TestScene.camera("c", 64, 64, pose: TestScene.lookAt(from: normal * 1.2, to: .zero), fovy: 0.6)
      let instance = TestScene.instance(objects: [box], cameras: [camera], ambient: ambientOnly, lights: [])
      let picture = try TestScene.snapshot(instance, assets: assets)
      let right = Vector3.unitZ.cross(normal)
      for (k, (x, y)) in [(-1.0, 1.0), (1, 1), (-1, -1), (1, -1)].enumerated() {
        let point = normal * 0.1 + right * (0.05 * x) + Vector3(0, 0, 0.25 * size.z * y)
        let p = try #require(project(point, camera: camera, linkPoses: [], robot: TestScene.nobody))
        #expect(quarter(picture.color(at: p)) == k, "quarter \(k) seen along \(-normal)")
      }
    }
  }

  @Test func checkerHasSquaresOfItsEdge() throws {
    let plate = TestScene.object(
      "plate", .box(size: Vector3(1, 1, 0.02)), at: Pose(Vector3(0, 0, -0.01)), color: Vector3(1, 1, 1), roughness: 1,
      texture: .checker(other: Vector3(0, 0, 0), edge: 0.1))
    let camera = TestScene.above(1, 200, 200)
    let instance = TestScene.instance(objects: [plate], cameras: [camera], ambient: ambientOnly, lights: [])
    let picture = try TestScene.snapshot(instance)
    let corner = -0.5
    for i in 2..<8 {
      for j in 2..<8 {
        let p = try #require(
          project(
            Vector3(corner + 0.1 * (Double(i) + 0.5), corner + 0.1 * (Double(j) + 0.5), 0), camera: camera,
            linkPoses: [], robot: TestScene.nobody))
        let isBright = picture.color(at: p)[0] > 120
        // The first square at the lower left has the object's colour.
        #expect(isBright == ((i + j) % 2 == 0), "square \(i), \(j)")
      }
    }
  }

  @Test func farTextureIsItsMeanNotNoise() throws {
    let plate = TestScene.object(
      "plate", .box(size: Vector3(40, 40, 0.02)), at: .identity, color: Vector3(1, 1, 1), roughness: 1,
      texture: .checker(other: Vector3(0, 0, 0), edge: 0.005))
    let camera = TestScene.above(5, 64, 64)
    let instance = TestScene.instance(objects: [plate], cameras: [camera], ambient: ambientOnly, lights: [])
    let levels = try TestScene.snapshot(instance).rgb.map(Int.init)
    let low = try #require(levels.min()), high = try #require(levels.max())
    #expect(high - low <= 3)
    // Half of the light: 0.45 linear and a little mirrored.
    #expect(155...185 ~= high)
  }

  @Test func noiseIsReproducibleAndVaried() throws {
    func picture(_ pattern: UInt32) throws -> Snapshot {
      let plate = TestScene.object(
        "plate", .box(size: Vector3(2, 2, 0.02)), at: .identity, color: Vector3(0.9, 0.6, 0.3), roughness: 1,
        texture: .noise(other: Vector3(0.2, 0.1, 0), scale: 0.1, stretch: 1, pattern: pattern))
      let instance = TestScene.instance(
        objects: [plate], cameras: [TestScene.above(1, 48, 48)], ambient: ambientOnly, lights: [])
      return try TestScene.snapshot(instance)
    }
    let first = try picture(3)
    #expect(try picture(3) == first)
    #expect(try picture(4) != first)
    let reds = stride(from: 0, to: first.rgb.count, by: 3).map { Int(first.rgb[$0]) }
    #expect(try #require(reds.max()) - #require(reds.min()) > 80)
  }
}
