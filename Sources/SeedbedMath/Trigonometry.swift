/// Elementary functions made of plain IEEE operations only, so that every CPU returns the same bits.
///
/// glibc picks its sin, cos, exp, … by CPU feature, so nothing upstream of a recorded byte may call them. Polynomials:
/// the widely published minimax coefficients of fdlibm (Sun Microsystems 1993). What comes out lies within 1 ulp of the
/// true value (2 ulp for tangents, arc sines and arc cosines, 1.5 for powers); the tests hold it to that.
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

  /// Sine and cosine of an angle in radians. Beyond 1e6 rad the error is about 1e-15, beyond 1e16 rad only the bounds
  /// -1...1 are kept (neighbouring numbers are more than a turn apart there).
  public static func sinCos(_ angle: Double) -> (sin: Double, cos: Double) {
    guard angle.isFinite else { return (.nan, .nan) }
    if abs(angle) < 0x1p-27 { return (angle, 1) }
    let x = abs(angle) > 1e6 ? withinTwoTurns(angle) : angle
    // Cody-Waite: pi/2 in parts of 33, 33 and 53 bits, so that the products with k < 2^20 are exact.
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

  /// The angle less whole turns, for angles of more than 1e6 rad.
  private static func withinTwoTurns(_ x: Double) -> Double {
    let turn = 2 * Double.pi
    // The remainder is exact; the turn is too short by 2.4e-16, which adds up with the number of turns.
    let rest = x.truncatingRemainder(dividingBy: turn)
    let turns = (x - rest) / turn
    return abs(turns) < 0x1p53 ? rest - turns * 2.449293598294706414e-16 : rest
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
}
