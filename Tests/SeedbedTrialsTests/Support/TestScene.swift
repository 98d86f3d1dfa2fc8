import SeedbedGeometry
import SeedbedMath
import SeedbedScene

/// Scenes made by hand and by chance.
enum TestScene {
  static let appearance = Appearance(color: Vector3(0.5, 0.5, 0.5), roughness: 0.5, metallic: 0)

  static func free(
    _ name: String, _ shape: ShapeInstance, mass: Double = 0.1, friction: Double = 0.8, at pose: Pose
  ) -> ObjectInstance {
    ObjectInstance(
      name: name, shape: shape, isFixed: false, mass: mass, friction: friction, restitution: 0, pose: pose,
      appearance: appearance)
  }

  static func fixed(_ name: String, _ shape: ShapeInstance, at pose: Pose) -> ObjectInstance {
    ObjectInstance(
      name: name, shape: shape, isFixed: true, mass: 0, friction: 0.8, restitution: 0, pose: pose,
      appearance: appearance)
  }

  static let table = fixed("table", .box(size: Vector3(1, 1.4, 0.1)), at: Pose(Vector3(0.65, 0, -0.05)))
  static func bin(_ x: Double, _ y: Double, size: Vector3 = Vector3(0.22, 0.22, 0.08), yaw: Double = 0)
    -> ObjectInstance
  {
    fixed(
      "bin", .bin(size: size, wall: 0.006),
      at: Pose(Vector3(x, y, size.z / 2), Quaternion(axis: .unitZ, angle: yaw)))
  }

  static func instance(
    _ arm: TestArm, _ objects: [ObjectInstance], expert: ExpertInstance = plainExpert, timeLimit: Double = 8,
    episode: Int = 0
  ) -> SceneInstance {
    SceneInstance(
      seed: 1, episode: episode, rates: Rates(physics: 240, control: 30), gravity: Vector3(0, 0, -9.81),
      robot: arm.instance, objects: objects,
      lighting: LightingInstance(ambient: .zero, background: .zero, lights: []), cameras: [],
      task: TaskInstance(
        kind: .pickAndPlace(object: "thing", into: "bin"), timeLimit: timeLimit, dwell: 0.5, instruction: ""),
      expert: expert, draws: [])
  }

  static let plainExpert = ExpertInstance(
    approachTilt: 0, approachAzimuth: 0, gripForce: 25, speed: 1, graspOffset: .zero, transportHeight: 0.06)

  static func assets(_ arm: TestArm, meshes: [String: MeshAsset] = [:]) -> SceneAssets {
    SceneAssets(files: [], robot: arm.robot, meshes: meshes, textures: [:])
  }

  /// A scene of the stock kind: a thing of any shape, two distractors, a bin.
  static func random(_ arm: TestArm, seed: UInt64) -> SceneInstance {
    var r = SplitMix(state: seed &* 0x9e37_79b9_7f4a_7c15 &+ 12345)
    var placed: [(Double, Double, Double)] = []
    func place(_ radius: Double, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> (Double, Double)? {
      for _ in 0..<200 {
        let p = (r.uniform(x), r.uniform(y))
        let isFree = placed.allSatisfy { q in
          let dx = p.0 - q.0, dy = p.1 - q.1
          return (dx * dx + dy * dy).squareRoot() > radius + q.2 + 0.02
        }
        if isFree {
          placed.append((p.0, p.1, radius))
          return p
        }
      }
      return nil
    }
    var objects = [table]
    let binSide = r.next() % 2 == 0 ? 1.0 : -1.0
    let binX = r.uniform(0.4...0.55), binY = binSide * r.uniform(0.26...0.34)
    objects.append(bin(binX, binY, yaw: r.uniform(-0.3...0.3)))
    placed.append((binX, binY, 0.16))
    for (i, name) in ["thing", "other1", "other2"].enumerated() {
      let (shape, height) = shape(&r, free: i > 0)
      guard let p = place(0.035, 0.36...0.62, -0.2...0.2) else { continue }
      objects.append(
        free(
          name, shape, mass: r.uniform(0.03...0.2), friction: r.uniform(0.5...1.1),
          at: Pose(
            Vector3(p.0, p.1, height / 2 + 0.0002), Quaternion(axis: .unitZ, angle: r.uniform(-3.1...3.1)))))
    }
    let expert = ExpertInstance(
      approachTilt: r.uniform(0...0.25), approachAzimuth: r.uniform(-3.1...3.1), gripForce: r.uniform(15...40),
      speed: r.uniform(0.8...1.25),
      graspOffset: Vector3(r.uniform(-0.004...0.004), r.uniform(-0.004...0.004), r.uniform(-0.004...0.004)),
      transportHeight: r.uniform(0.03...0.1))
    return instance(arm, objects, expert: expert, episode: Int(seed))
  }

  private static func shape(_ r: inout SplitMix, free: Bool) -> (ShapeInstance, Double) {
    switch r.next() % 4 {
    case 0:
      let edge = r.uniform(0.03...0.055)
      return (.box(size: Vector3(edge, edge, edge)), edge)
    case 1:
      let size = Vector3(r.uniform(0.025...0.05), r.uniform(0.04...0.09), r.uniform(0.025...0.06))
      return (.box(size: size), size.z)
    case 2:
      let length = r.uniform(0.03...0.09)
      return (.cylinder(radius: r.uniform(0.015...0.03), length: length), length)
    default:
      let radius = r.uniform(0.018...0.032)
      return (.sphere(radius: radius), 2 * radius)
    }
  }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * Double(next() >> 11) * 0x1p-53
  }
}
