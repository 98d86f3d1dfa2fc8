import Diagnostics
import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import URDF

extension Measure {
  /// The arm stands with a thing in its hand: reported joint efforts against inverse dynamics of arm and thing.
  ///
  /// - Parameter pose: which of endlessly many: 0 is the robot's home, others have each joint up to 0.3 rad (or m/10) off.
  public static func payloadTorque(_ bench: Bench, mass: Double, pose: Int = 0) throws(MeasureError) -> Measurement {
    var bench = bench
    for (i, joint) in bench.robot.arm.enumerated() where pose > 0 {
      guard let limits = bench.assets.robot.joints.first(where: { $0.name == joint.joint }) else { continue }
      let step = limits.kind == .prismatic ? 0.03 : 0.3
      let value = joint.home + step * Elementary.sin(Double(3 * pose + 2 * i))
      bench.robot.arm[i].home = min(max(value, (limits.lower ?? -10) + 0.01), (limits.upper ?? 10) - 0.01)
    }
    let told = Grasp.force(bench, 40)
    let mass = min(mass, told / bench.g)
    var grasp = try Grasp.taking(bench, mass: mass, gripForce: told)
    try grasp.advance(3)
    let poses = grasp.world.linkPoses
    let expected = InverseDynamics(bench.assets.robot, grasp.bench.robot).efforts(
      before: poses, now: poses, after: poses, h: 1, gravity: grasp.approach * bench.g,
      payload: .init(mass: mass, place: grasp.world.objectPose(0).position))
    let worst = zip(grasp.world.armEfforts, expected).map { abs($0 - $1) }.max() ?? 0
    let largest = expected.map(abs).max() ?? 0
    return Measurement([
      CardLine(
        "joint efforts with \(significant(mass)) kg in the hand, pose \(pose)", unit: "Nm",
        formula: "max |tau - inverse dynamics| = 0", expected: 0, measured: worst, bound: .atMost(1e-3),
        note: "largest effort \(significant(largest)) Nm")
    ])
  }

  /// All joints swing: applied efforts against inverse dynamics, RMS over the motion; the worst joint.
  public static func motionTorque(_ bench: Bench, seconds: Double = 4) throws(MeasureError) -> Measurement {
    let bench = bench.stepwise
    let h = bench.rates.stepSeconds
    var world = try bench.world(bench.instance([]))
    let dynamics = InverseDynamics(bench.assets.robot, bench.robot)
    let gravity = Vector3(0, 0, -bench.g)
    var command = bench.stay
    var poses = [world.linkPoses, world.linkPoses]
    var errors = [Double](repeating: 0, count: bench.robot.arm.count), sums = errors
    for k in 1...bench.frames(seconds) {
      let t = Double(k) * h
      for (i, joint) in bench.robot.arm.enumerated() {
        let reach = reach(joint, bench)
        // From rest: 1 - cos, a little faster from joint to joint.
        let rate = 2 * Double.pi * (0.4 + 0.05 * Double(i))
        command.arm[i] = Float(joint.home + 0.5 * reach * (1 - Elementary.cos(rate * t)))
      }
      try world.advance(command)
      let now = world.linkPoses
      if t > 0.5 {
        let expected = dynamics.efforts(before: poses[0], now: poses[1], after: now, h: h, gravity: gravity)
        for (i, effort) in world.armEfforts.enumerated() {
          errors[i] += (effort - expected[i]) * (effort - expected[i])
          sums[i] += expected[i] * expected[i]
        }
      }
      poses = [poses[1], now]
    }
    let shares = zip(errors, sums).map { ($0 / max($1, 1e-12)).squareRoot() }
    let worst = shares.indices.max { shares[$0] < shares[$1] } ?? 0
    return Measurement([
      CardLine(
        "joint efforts over a motion, the worst joint", unit: "",
        formula: "rms(tau - inverse dynamics) / rms(tau) = 0", expected: 0, measured: shares[worst],
        bound: .atMost(0.03), note: "joint \(bench.robot.arm[worst].joint)")
    ])
  }

  /// How far a joint may swing from home, rad or m, towards the farther of its limits.
  private static func reach(_ joint: ArmJointInstance, _ bench: Bench) -> Double {
    guard let limits = bench.assets.robot.joints.first(where: { $0.name == joint.joint }) else { return 0 }
    let most = limits.kind == .prismatic ? 0.05 : 0.5
    let up = (limits.upper ?? 10) - joint.home, down = joint.home - (limits.lower ?? -10)
    return up >= down ? min(most, 0.9 * up) : -min(most, 0.9 * down)
  }
}
