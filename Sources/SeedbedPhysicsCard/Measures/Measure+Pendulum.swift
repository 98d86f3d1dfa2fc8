import Diagnostics
import SeedbedMath
import SeedbedPhysics
import SeedbedScene

extension Measure {
  /// A rod swings from `degrees` on a hinge: period of finite swings, and energy after 20 s.
  public static func pendulum(
    _ bench: Bench, length: Double = 1, degrees: Double = 60, seconds: Double = 20
  ) throws(MeasureError) -> Measurement {
    let h = bench.rates.stepSeconds, g = bench.g, mass = 1.0
    let start = degrees * Double.pi / 180
    var rod = SwingingRod(length: length, mass: mass, gravity: g, angle: start, h: h)
    var trace = Trace("angle, deg")
    var crossings: [Double] = []
    var last = rod.angle
    /// Of each half swing.
    var amplitudes: [Double] = []
    var farthest = 0.0
    for k in 1...Int((seconds / h).rounded()) {
      rod.step()
      let angle = rod.angle
      if last > 0, angle <= 0 { crossings.append((Double(k - 1) + last / (last - angle)) * h) }
      if (last > 0) != (angle > 0) {
        amplitudes.append(farthest)
        farthest = 0
      }
      farthest = max(farthest, abs(angle))
      last = angle
      if Double(k) * h <= 6 { trace.add(Double(k) * h, angle * 180 / Double.pi) }
    }
    guard crossings.count > 2, let first = crossings.first, let end = crossings.last, let final = amplitudes.last else {
      throw MeasureError("the pendulum does not swing")
    }
    // T = 2 pi sqrt(I / m g d) / agm(1, cos(start / 2)).
    let inertia = SwingingRod.inertia(length: length, mass: mass)
    var a = 1.0, b = Elementary.cos(start / 2)
    for _ in 0..<12 { (a, b) = (0.5 * (a + b), (a * b).squareRoot()) }
    let period = 2 * Double.pi * (inertia / (mass * g * length / 2)).squareRoot() / a
    let energy = (1 - Elementary.cos(final)) / (1 - Elementary.cos(start))
    return Measurement(
      [
        CardLine(
          "pendulum period, rod of \(significant(length)) m from \(significant(degrees)) deg", unit: "s",
          formula: "2 pi sqrt(I / m g d) / agm(1, cos(a/2))", expected: period,
          measured: (end - first) / Double(crossings.count - 1), bound: .relative(1e-4)),
        CardLine(
          "pendulum energy after \(significant(seconds)) s, share of the first", unit: "", formula: "1: no damping",
          expected: 1, measured: energy, bound: .absolute(0.01)),
      ], traces: [trace])
  }
}
