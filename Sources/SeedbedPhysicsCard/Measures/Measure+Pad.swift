import Diagnostics
import SeedbedPhysics
import SeedbedScene

extension Measure {
  /// How deep a gripper's soft pads are pressed in by the grip force.
  ///
  /// - Parameter stiffness: of a pad, N/m.
  public static func padIndentation(
    _ bench: Bench, stiffness: Double = 2e4, force: Double = 20
  ) throws(MeasureError) -> Measurement {
    var bench = bench
    bench.robot.gripper.pad = PadInstance(stiffness: stiffness, damping: 2e-3 * stiffness)
    let told = Grasp.force(bench, force)
    let width = try bench.width(near: bench.width(nil), give: 2 * told / stiffness)
    var grasp = try Grasp.taking(bench, width: width, mass: Grasp.mass(bench, 0.1, held: told), gripForce: told)
    try grasp.advance(0.5)
    try grasp.mustHold()
    let depths = grasp.world.contacts.filter { $0.second == .object(0) }.map(\.depth)
    guard let deepest = depths.max(), depths.count == 2 else {
      throw MeasureError("\(depths.count) shapes of the fingers press the thing, the formula is for two")
    }
    // Every contact rests this deep; four points share what a bare contact gives.
    let layer = 0.2e-3, points = 4.0, bare = 1e6
    return Measurement([
      CardLine(
        "indentation of a pad of \(significant(stiffness)) N/m by \(significant(told)) N", unit: "m",
        formula: "F / K + F / (4 * 1e6 N/m), less the resting depth",
        expected: told / stiffness + told / (points * bare), measured: deepest - layer,
        bound: .relative(0.01))
    ])
  }
}
