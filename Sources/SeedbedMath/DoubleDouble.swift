/// The unevaluated sum of two doubles, about 106 bits, made of IEEE operations only (Dekker 1971, Knuth).
///
/// `low` is at most half a unit in the last place of `high`. Factors lie within ±2^990.
struct DoubleDouble {
  var high: Double
  var low: Double

  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two doubles.
  static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
    let s = a + b
    let t = s - a
    return DoubleDouble(s, (a - (s - t)) + (b - t))
  }

  /// The exact product of two doubles.
  static func product(_ a: Double, _ b: Double) -> DoubleDouble {
    let p = a * b
    let x = halves(a), y = halves(b)
    return DoubleDouble(p, ((x.0 * y.0 - p) + x.0 * y.1 + x.1 * y.0) + x.1 * y.1)
  }

  /// Veltkamp's split into parts of 26 bits, whose products are exact.
  private static func halves(_ a: Double) -> (Double, Double) {
    let c = 134_217_729 * a
    let high = c - (c - a)
    return (high, a - high)
  }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let s = sum(a.high, b.high)
    return s.carrying(s.low + (a.low + b.low))
  }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let p = product(a.high, b.high)
    return p.carrying(p.low + (a.high * b.low + a.low * b.high))
  }

  static func * (a: DoubleDouble, b: Double) -> DoubleDouble {
    let p = product(a.high, b)
    return p.carrying(p.low + a.low * b)
  }

  /// a / b for a plain double above.
  static func quotient(_ a: Double, _ b: DoubleDouble) -> DoubleDouble {
    let q = a / b.high
    let p = product(q, b.high)
    return DoubleDouble(q).carrying((((a - p.high) - p.low) - q * b.low) / b.high)
  }

  /// `high` with another low part, so that the halves do not overlap.
  private func carrying(_ rest: Double) -> DoubleDouble {
    let s = high + rest
    return DoubleDouble(s, rest - (s - high))
  }
}
