extension Elementary {
  private static let ln2 = DoubleDouble(6.93147180559945286e-01, 2.31904681384629956e-17)
  private static let inverseLn2 = DoubleDouble(1.44269504088896339e+00, 2.03552737409310331e-17)
  private static let third = DoubleDouble(3.33333333333333315e-01, 1.85037170770859413e-17)

  /// x to the power y, within 1.5 ulp; special values as C99 has them (NaN for a negative x unless y is whole).
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let isWhole = y.isFinite && y == y.rounded(.towardZero)
    let isNegative = x.sign == .minus && isWhole && y.truncatingRemainder(dividingBy: 2) != 0
    if x < 0 && x.isFinite && y.isFinite && !isWhole { return .nan }
    let size = magnitudePower(abs(x), y, isWhole: isWhole)
    return isNegative ? -size : size
  }

  private static func magnitudePower(_ x: Double, _ y: Double, isWhole: Bool) -> Double {
    if x == 1 { return 1 }
    if x == 0 || x == .infinity || y.isInfinite {
      return (x > 1) == (y > 0) ? .infinity : 0
    }
    if isWhole && abs(y) <= 64 { return wholePower(x, Int(y)) }
    let (k, rest) = naturalLogarithm(x)
    let logarithm = ln2 * k + rest
    let estimate = logarithm.high * y
    if abs(estimate) > 800 { return estimate > 0 ? .infinity : 0 }
    if abs(estimate) < 0x1p-60 { return 1 + estimate }
    return exponential(logarithm * y)
  }

  /// By squaring, so that what can be represented comes out exactly.
  private static func wholePower(_ x: Double, _ n: Int) -> Double {
    var square = DoubleDouble(x.significand), power = DoubleDouble(1)
    var left = abs(n)
    while left > 0 {
      if left & 1 == 1 { power = power * square }
      square = square * square
      left >>= 1
    }
    if n < 0 { power = DoubleDouble.quotient(1, power) }
    return scaled(power.high, by: Int(x.exponent) * n)
  }

  /// 2 to the power x, within 1 ulp; exact where x is whole.
  public static func exp2(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if x >= 1024 { return .infinity }
    if x < -1080 { return 0 }
    let k = x.rounded(.toNearestOrEven)
    let power = ln2 * (x - k)
    let y = exp(power.high)
    return scaled(y + y * power.low, by: Int(k))
  }

  /// Logarithm to base 2, within 1 ulp; exact for powers of 2. NaN below 0, -infinity at 0.
  public static func log2(_ x: Double) -> Double {
    if x.isNaN || x < 0 { return .nan }
    if x == 0 { return -.infinity }
    if x == .infinity { return .infinity }
    let (k, rest) = naturalLogarithm(x)
    return (DoubleDouble(k) + rest * inverseLn2).high
  }

  /// x = 2^exponent e^rest for a finite x > 0; the rest is right to 2^-64 of itself.
  ///
  /// log m = 2 artanh f with f = (m - 1) / (m + 1), |f| < 0.172; the first two terms of the series in twice the precision.
  private static func naturalLogarithm(_ x: Double) -> (exponent: Double, rest: DoubleDouble) {
    var k = Double(x.exponent)
    var m = x.significand
    if m > 1.4142135623730951 {
      m /= 2
      k += 1
    }
    if m == 1 { return (k, DoubleDouble(0)) }
    let f = DoubleDouble.quotient(m - 1, .sum(m, 1))
    let z = f * f
    var tail = 0.0
    for odd in stride(from: 29.0, through: 5.0, by: -2) { tail = 1 / odd + z.high * tail }
    let series = third + .product(z.high, tail)
    return (k, (f + f * (z * series)) * 2)
  }

  /// e to the power p, |p| < 801.
  private static func exponential(_ p: DoubleDouble) -> Double {
    let k = (p.high * inverseLn2.high).rounded(.toNearestOrEven)
    let r = p + ln2 * -k
    let y = exp(r.high)
    return scaled(y + y * r.low, by: Int(k))
  }
}
