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
    var bench = bench.lossless
    for (i, joint) in bench.robot.arm.enumerated() where pose > 0 {
      guard let limits = bench.assets.robot.joints.first(where: { $0.name == joint.joint }) else { continue }
      let step = limits.kind == .prismatic ? 0.03 : 0.3
      let value = joint.home + step * Elementary.sin(Double(3 * pose + 2 * i))
      bench.robot.arm[i].home = min(max(value, (limits.lower ?? -10) + 0.01), (limits.upper ?? 10) - 0.01)
    }
    let told = Grasp.force(bench, 40)
    let mass = try bearable(bench, mass, held: told, share: 0.9)
    var grasp = try Grasp.taking(bench, mass: mass, gripForce: told)
    try grasp.advance(3)
    try grasp.mustHold()
    let poses = grasp.world.linkPoses
    let expected = InverseDynamics(bench.assets.robot, grasp.bench.robot).efforts(
      before: poses, now: poses, after: poses, h: 1, gravity: grasp.approach * bench.g,
      payload: .init(mass: mass, at: grasp.world.objectPose(0)))
    let worst = zip(grasp.world.armEfforts, expected).map { abs($0 - $1) }.max() ?? 0
    let largest = expected.map(abs).max() ?? 0
    return Measurement([
      CardLine(
        "joint efforts with \(significant(mass)) kg in the hand, pose \(pose)", unit: "Nm",
        formula: "max |tau - inverse dynamics| = 0", expected: 0, measured: worst, bound: .atMost(1e-3),
        note: "largest effort \(significant(largest)) Nm")
    ])
  }
}
