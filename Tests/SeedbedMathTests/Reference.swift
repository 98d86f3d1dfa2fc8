import SeedbedMath
import SeedbedTestSupport
import Testing

/// How far a result lies from the reference, in units of the reference's last place.
func ulps(_ value: Double, from reference: Double) -> Double {
  if value == reference || (value.isNaN && reference.isNaN) { return 0 }
  return abs(value - reference) / max(reference.ulp, .leastNonzeroMagnitude)
}

/// Checks a function against a reference that is itself within 0.6 ulp: the largest distance over the arguments.
func expectClose(
  _ name: String, _ arguments: some Sequence<Double>, within limit: Double, _ function: (Double) -> Double,
  _ reference: (Double) -> Double, _ location: SourceLocation = #_sourceLocation
) {
  var worst = (ulps: 0.0, at: 0.0)
  for x in arguments {
    let distance = ulps(function(x), from: reference(x))
    if !(distance <= worst.ulps) { worst = (distance, x) }
  }
  #expect(worst.ulps <= limit, "\(name)(\(worst.at)) is off by \(worst.ulps) ulp", sourceLocation: location)
}

/// Arguments spread evenly, evenly in magnitude, and packed around special points.
func arguments(_ range: ClosedRange<Double>, near special: [Double] = [], count: Int = 40000) -> [Double] {
  var random = TestRandom(seed: 11)
  var list = (0..<count).map { _ in Double.random(in: range, using: &random) }
  for _ in 0..<count {
    let magnitude = Double(
      sign: .plus, exponent: Int.random(in: -40...40, using: &random),
      significand: Double.random(in: 1..<2, using: &random))
    for x in [magnitude, -magnitude] where range.contains(x) { list.append(x) }
  }
  for point in special {
    for _ in 0..<200 {
      let offset = Double(
        sign: .plus, exponent: Int.random(in: -60 ... -3, using: &random),
        significand: Double.random(in: 1..<2, using: &random))
      for x in [point, point.nextUp, point.nextDown, point + offset, point - offset] where range.contains(x) {
        list.append(x)
      }
    }
  }
  return list
}
