import SeedbedGeometry
import SeedbedScene

/// Scenes that a user might make: wider draws than the stock scene's in every respect.
enum VariedScene {
  /// A unit block whose sides along x lean inwards.
  static let meshes: [String: MeshAsset] = {
    var corners: [Vector3] = []
    for (z, share) in [(-0.5, 0.5), (0.5, 0.3)] {
      for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        corners.append(Vector3(share * x, 0.5 * y, z))
      }
    }
    return ["wedge": MeshAsset(parts: [.init(mesh: TriangleMesh(positions: corners))])]
  }()

  static func make(_ arm: TestArm, seed: UInt64) -> SceneInstance {
    var r = SplitMix(state: seed &* 0x9e37_79b9_7f4a_7c15 &+ 777)
    let top = [0.0, 0.0, 0.1, -0.1][Int(r.next() % 4)]
    var taken = [(x: 0.0, y: 0.0, radius: 0.2)]
    var objects = [
      TestScene.fixed("table", .box(size: Vector3(1, 1.4, 0.1)), at: Pose(Vector3(0.65, 0, top - 0.05)))
    ]
    let size = Vector3(r.uniform(0.14...0.3), r.uniform(0.14...0.3), r.uniform(0.04...0.14))
    let binX = r.uniform(0.35...0.6), binY = (r.next() % 2 == 0 ? 1 : -1) * r.uniform(0.22...0.4)
    objects.append(
      TestScene.fixed(
        "bin", .bin(size: size, wall: 0.006),
        at: Pose(Vector3(binX, binY, top + size.z / 2), Quaternion(axis: .unitZ, angle: r.uniform(-3.1...3.1)))))
    taken.append((binX, binY, 0.5 * (size.x * size.x + size.y * size.y).squareRoot()))
    for i in 0...Int(r.next() % 7) {
      let body = body(&r)
      guard let place = place(body.radius, &taken, &r) else {
        if i == 0 { return make(arm, seed: seed &+ 100_000) }
        continue
      }
      let turn = Quaternion(axis: .unitZ, angle: r.uniform(-3.1...3.1)) * body.attitude
      objects.append(
        TestScene.free(
          i == 0 ? "thing" : "other\(i)", body.shape, mass: r.uniform(0.02...0.3), friction: r.uniform(0.4...1.2),
          at: Pose(Vector3(place.x, place.y, top + body.height + 0.0002), turn)))
    }
    let expert = ExpertInstance(
      approachTilt: r.uniform(0...0.35), approachAzimuth: r.uniform(-3.1...3.1), gripForce: r.uniform(12...60),
      speed: r.uniform(0.6...1.5),
      graspOffset: Vector3(r.uniform(-0.006...0.006), r.uniform(-0.006...0.006), r.uniform(-0.006...0.006)),
      transportHeight: r.uniform(0.01...0.15))
    var scene = TestScene.instance(arm, objects, expert: expert, timeLimit: r.uniform(7...12), episode: Int(seed))
    scene.rates =
      [
        Rates(physics: 240, control: 30), Rates(physics: 250, control: 50), Rates(physics: 300, control: 15),
        Rates(physics: 240, control: 10),
      ][Int(r.next() % 4)]
    return scene
  }

  private static func place(
    _ radius: Double, _ taken: inout [(x: Double, y: Double, radius: Double)], _ r: inout SplitMix
  ) -> (x: Double, y: Double)? {
    for _ in 0..<400 {
      let x = r.uniform(0.33...0.65), y = r.uniform(-0.3...0.3)
      let isFree = taken.allSatisfy { other in
        let dx = x - other.x, dy = y - other.y
        return (dx * dx + dy * dy).squareRoot() > radius + other.radius + 0.005
      }
      if isFree {
        taken.append((x, y, radius))
        return (x, y)
      }
    }
    return nil
  }

  /// `height` is that of its middle above the table, `radius` that of its footprint.
  private struct Body {
    var shape: ShapeInstance
    var height: Double
    var attitude = Quaternion.identity
    var radius: Double
  }

  private static func body(_ r: inout SplitMix) -> Body {
    let lying = Quaternion(axis: .unitX, angle: Double.pi / 2)
    func half(_ s: Vector3) -> Double { 0.5 * (s.x * s.x + s.y * s.y).squareRoot() }
    switch r.next() % 7 {
    case 0:
      let e = r.uniform(0.02...0.065)
      return Body(shape: .box(size: Vector3(e, e, e)), height: e / 2, radius: 0.71 * e)
    case 1:
      let s = Vector3(r.uniform(0.015...0.06), r.uniform(0.03...0.14), r.uniform(0.012...0.14))
      return Body(shape: .box(size: s), height: s.z / 2, radius: half(s))
    case 2:
      let l = r.uniform(0.02...0.14), radius = r.uniform(0.012...0.034)
      return Body(shape: .cylinder(radius: radius, length: l), height: l / 2, radius: radius)
    case 3:
      let l = r.uniform(0.04...0.14), radius = r.uniform(0.012...0.034)
      return Body(
        shape: .cylinder(radius: radius, length: l), height: radius, attitude: lying, radius: l / 2 + 0.01)
    case 4:
      let radius = r.uniform(0.012...0.035)
      return Body(shape: .sphere(radius: radius), height: radius, radius: radius)
    case 5:
      let l = r.uniform(0.02...0.1), radius = r.uniform(0.012...0.034)
      return Body(
        shape: .capsule(radius: radius, length: l), height: radius, attitude: lying, radius: l / 2 + radius)
    default:
      let s = Vector3(r.uniform(0.03...0.06), r.uniform(0.03...0.08), r.uniform(0.02...0.06))
      return Body(shape: .mesh(path: "wedge", scale: s), height: s.z / 2, radius: half(s))
    }
  }
}
