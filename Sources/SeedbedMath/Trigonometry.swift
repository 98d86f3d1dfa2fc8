/// Elementary functions made of plain IEEE operations only, so that every CPU returns the same bits.
///
/// glibc picks its sin, cos, exp, … by CPU feature, so nothing upstream of a recorded byte may call them. Polynomials:
/// the widely published minimax coefficients of fdlibm (Sun Microsystems 1993). Errors stay below 1 ulp for the
/// arguments that occur here (|x| < 1e5); angles beyond 1e5 rad lose accuracy but stay deterministic.
public enum Elementary {
  /// Sine of an angle in radians.
  public static func sin(_ x: Double) -> Double { sinCos(x).sin }

  /// Cosine of an angle in radians.
  public static func cos(_ x: Double) -> Double { sinCos(x).cos }

  /// Tangent of an angle in radians.
  public static func tan(_ x: Double) -> Double {
    let (s, c) = sinCos(x)
    return s / c
  }

  /// Sine and cosine of an angle in radians.
  public static func sinCos(_ x: Double) -> (sin: Double, cos: Double) {
    guard x.isFinite else { return (.nan, .nan) }
    // Cody-Waite: pi/2 in three parts of 33 bits.
    let k = (x * 0.63661977236758134308).rounded(.toNearestOrEven)
    let r0 = x - k * 1.57079632673412561417e+00
    let w = k * 6.07710050630396597660e-11
    let r1 = r0 - w
    let tail = k * 2.02226624879595063154e-21 - ((r0 - r1) - w)
    let r = r1 - tail
    let rest = (r1 - r) - tail
    let s = sineKernel(r, rest), c = cosineKernel(r, rest)
    let quadrant = Int(k.truncatingRemainder(dividingBy: 4))
    switch (quadrant + 4) % 4 {
    case 0: return (s, c)
    case 1: return (c, -s)
    case 2: return (-s, -c)
    default: return (-c, s)
    }
  }

  private static func sineKernel(_ x: Double, _ y: Double) -> Double {
    let z = x * x
    let v = z * x
    let r =
      8.33333333332248946124e-03 + z
      * (-1.98412698298579493134e-04 + z
        * (2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)))
    return x - ((z * (0.5 * y - v * r) - y) - v * -1.66666666666666324348e-01)
  }

  private static func cosineKernel(_ x: Double, _ y: Double) -> Double {
    let z = x * x
    let r =
      z
      * (4.16666666666666019037e-02 + z
        * (-1.38888888888741095749e-03 + z
          * (2.48015872894767294178e-05 + z
            * (-2.75573143513906633035e-07 + z
              * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))))
    let half = 0.5 * z
    let w = 1 - half
    return w + (((1 - w) - half) + (z * r - x * y))
  }

  /// Arc tangent, in (-pi/2, pi/2).
  public static func atan(_ value: Double) -> Double {
    guard !value.isNaN else { return .nan }
    let x = abs(value)
    if x > 1e17 { return value < 0 ? -1.5707963267948966 : 1.5707963267948966 }
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

  /// The angle of the point (x, y), in [-pi, pi].
  public static func atan2(_ y: Double, _ x: Double) -> Double {
    if x.isNaN || y.isNaN { return .nan }
    if x > 0 { return atan(y / x) }
    if x < 0 { return y < 0 ? atan(y / x) - Double.pi : atan(y / x) + Double.pi }
    return y > 0 ? 1.5707963267948966 : y < 0 ? -1.5707963267948966 : 0
  }

  /// Arc cosine in [0, pi]; arguments outside [-1, 1] are clamped.
  public static func acos(_ x: Double) -> Double {
    if x >= 1 { return 0 }
    if x <= -1 { return Double.pi }
    return atan2(((1 - x) * (1 + x)).squareRoot(), x)
  }

  /// Arc sine in [-pi/2, pi/2]; arguments outside [-1, 1] are clamped.
  public static func asin(_ x: Double) -> Double {
    if x >= 1 { return 1.5707963267948966 }
    if x <= -1 { return -1.5707963267948966 }
    return atan2(x, ((1 - x) * (1 + x)).squareRoot())
  }
}
