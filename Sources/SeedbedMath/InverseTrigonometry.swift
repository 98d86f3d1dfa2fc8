extension Elementary {
  private static let halfPi = 1.57079632679489661923

  /// Arc tangent, in (-pi/2, pi/2).
  public static func atan(_ value: Double) -> Double {
    guard !value.isNaN else { return .nan }
    let x = abs(value)
    if x < 0x1p-27 { return value }
    if x > 1e17 { return value < 0 ? -halfPi : halfPi }
    let reduced: Double, high: Double, low: Double
    if x < 0.4375 {
      (reduced, high, low) = (x, 0, 0)
    } else if x < 0.6875 {
      (reduced, high, low) = ((2 * x - 1) / (2 + x), 4.63647609000806093515e-01, 2.26987774529616870924e-17)
    } else if x < 1.1875 {
      (reduced, high, low) = ((x - 1) / (x + 1), 7.85398163397448278999e-01, 3.06161699786838301793e-17)
    } else if x < 2.4375 {
      (reduced, high, low) = ((x - 1.5) / (1 + 1.5 * x), 9.82793723247329054082e-01, 1.39033110312309984516e-17)
    } else {
      (reduced, high, low) = (-1 / x, 1.57079632679489655800e+00, 6.12323399573676603587e-17)
    }
    let z = reduced * reduced, w = z * z
    let odd =
      3.33333333333329318027e-01 + w
      * (1.42857142725034663711e-01 + w
        * (9.09088713343650656196e-02 + w
          * (6.66107313738753120669e-02 + w * (4.97687799461593236017e-02 + w * 1.62858201153657823623e-02))))
    let even =
      -1.99999999998764832476e-01 + w
      * (-1.11111104054623557880e-01 + w
        * (-7.69187620504482999495e-02 + w * (-5.83357013379057348645e-02 + w * -3.65315727442169155270e-02)))
    let correction = reduced * (z * odd + w * even)
    let result = high - ((correction - low) - reduced)
    return value < 0 ? -result : result
  }

  /// The angle of the point (x, y), in [-pi, pi], with the signs of zeros as in IEEE 754.
  public static func atan2(_ y: Double, _ x: Double) -> Double {
    if x.isNaN || y.isNaN { return .nan }
    let angle: Double
    if y == 0 {
      angle = x.sign == .minus ? Double.pi : 0
    } else if x == 0 {
      angle = halfPi
    } else if x.isInfinite {
      angle = y.isInfinite ? (x > 0 ? halfPi / 2 : 1.5 * halfPi) : (x > 0 ? 0 : Double.pi)
    } else {
      let first = atan(abs(y / x))
      // pi less the double that stands for it.
      angle = x > 0 ? first : Double.pi - (first - 1.2246467991473531772e-16)
    }
    return y.sign == .minus ? -angle : angle
  }

  /// Arc cosine in [0, pi]; arguments outside [-1, 1] are clamped.
  public static func acos(_ x: Double) -> Double {
    if x >= 1 { return 0 }
    if x <= -1 { return Double.pi }
    return atan2(((1 - x) * (1 + x)).squareRoot(), x)
  }

  /// Arc sine in [-pi/2, pi/2]; arguments outside [-1, 1] are clamped.
  public static func asin(_ x: Double) -> Double {
    if x >= 1 { return halfPi }
    if x <= -1 { return -halfPi }
    return atan2(x, ((1 - x) * (1 + x)).squareRoot())
  }
}
