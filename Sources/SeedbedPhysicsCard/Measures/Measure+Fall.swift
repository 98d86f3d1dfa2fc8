import Diagnostics
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene

extension Measure {
  /// A ball falls for `seconds`. The engine's integrator (semi-implicit Euler) is of first order: late by g h t / 2, and by
  /// nothing else; half the step, half the error.
  public static func freeFall(_ bench: Bench, seconds t: Double = 1) throws(MeasureError) -> Measurement {
    let g = bench.g, h = bench.rates.stepSeconds
    let fallen = try fall(bench.aside, seconds: t)
    var fine = bench.aside
    fine.rates = Rates(physics: 2 * bench.rates.physics, control: bench.rates.control)
    let error = fallen - 0.5 * g * t * t, half = try fall(fine, seconds: t) - 0.5 * g * t * t
    return Measurement([
      CardLine(
        "free fall, \(significant(t)) s", unit: "m", formula: "g t^2 / 2 + g h t / 2 (h: step)",
        expected: 0.5 * g * t * (t + h),
        measured: fallen, bound: .absolute(1e-6)),
      CardLine(
        "free fall, error at half the step", unit: "", formula: "1/2 (first order)", expected: 0.5,
        measured: half / error, bound: .absolute(1e-3)),
    ])
  }

  private static func fall(_ bench: Bench, seconds: Double) throws(MeasureError) -> Double {
    let start = Vector3(0, 0, 10)
    var world = try bench.world(
      bench.instance([
        BenchShape.thing("ball", .sphere(radius: 0.02), mass: 0.1, friction: 0.5, at: Pose(start))
      ]))
    for _ in 0..<bench.frames(seconds) { try world.advance(bench.stay) }
    return start.z - world.objectPose(0).position.z
  }

  /// A ball falls one metre onto a floor; both have the restitution `e`. The apex of the first bounce, and of the second.
  public static func bounce(_ bench: Bench, restitution e: Double) throws(MeasureError) -> Measurement {
    let bench = bench.aside.stepwise
    let radius = 0.05, height = 1.0
    var world = try bench.world(
      bench.instance([
        BenchShape.floor(friction: 0.5, restitution: e),
        BenchShape.thing(
          "ball", .sphere(radius: radius), mass: 0.2, friction: 0.5, restitution: e,
          at: Pose(Vector3(0, 0, height + radius))),
      ]))
    var trace = Trace("e = \(significant(e))")
    var apex = 0.0, last = height
    var bounces = 0
    var isFalling = true
    for k in 1...bench.frames(2.5) {
      try world.advance(bench.stay)
      let z = world.objectPose(1).position.z - radius
      if isFalling, z > last {
        isFalling = false
        bounces += 1
      } else if !isFalling, z < last {
        isFalling = true
      }
      if bounces == 1 { apex = max(apex, z) }
      last = z
      trace.add(Double(k) * bench.rates.stepSeconds, z)
    }
    return Measurement(
      [
        CardLine(
          "bounce from \(significant(height)) m, restitution \(significant(e))", unit: "m", formula: "e^2 h",
          expected: e * e * height,
          measured: apex, bound: .relative(0.05))
      ], traces: [trace])
  }
}
