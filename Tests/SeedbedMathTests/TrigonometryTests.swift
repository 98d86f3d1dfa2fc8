import SeedbedMath
import Testing

@Suite struct TrigonometryTests {
  private let quarters = (-40...40).map { Double($0) * Double.pi / 4 }

  @Test func sineAndCosineAgreeWithTheReference() {
    for bound in [1.0, 10, 1000, 1e6] {
      let list = arguments(-bound...bound, near: quarters + [100_000, 314_159.265])
      expectClose("sin", list, within: 1, Elementary.sin, Libm.sin)
      expectClose("cos", list, within: 1, Elementary.cos, Libm.cos)
      expectClose("tan", list, within: 2.5, Elementary.tan, Libm.tan)
    }
  }

  /// Every multiple of pi/2 up to 1e6 rad: the places where the reduction cancels most.
  @Test func reductionHoldsAtMultiplesOfAQuarterTurn() {
    let list = stride(from: 1, to: 636_000, by: 7).map { Double($0) * (Double.pi / 2) }
    expectClose("sin", list, within: 1, Elementary.sin, Libm.sin)
    expectClose("cos", list, within: 1, Elementary.cos, Libm.cos)
  }

  @Test func largeAnglesStayBoundedAndPrecise() {
    for x in arguments(1e6...1e15) {
      let (s, c) = Elementary.sinCos(x)
      #expect(abs(s - Libm.sin(x)) < 4e-15 && abs(c - Libm.cos(x)) < 4e-15, "\(x)")
    }
    for x in [1e16, 1e17, 1e22, 1e100, 1e300, Double.greatestFiniteMagnitude, -1e300] {
      let (s, c) = Elementary.sinCos(x)
      #expect(abs(s) <= 1 && abs(c) <= 1 && abs(s * s + c * c - 1) < 1e-15)
    }
  }

  @Test func exactValues() {
    #expect(Elementary.sin(0) == 0 && Elementary.cos(0) == 1 && Elementary.tan(0) == 0)
    #expect(Elementary.sin(-0.0).sign == .minus)
    #expect(Elementary.sin(1e-300) == 1e-300)
    #expect(Elementary.sin(Double.pi) == 1.2246467991473532e-16)
    #expect(Elementary.sin(Double.pi / 2) == 1 && Elementary.cos(Double.pi) == -1)
    for x in [Double.nan, .infinity, -.infinity] {
      #expect(Elementary.sin(x).isNaN && Elementary.cos(x).isNaN && Elementary.tan(x).isNaN)
    }
  }

  @Test func sineIsOddAndCosineEven() {
    for x in arguments(0...1e6, count: 5000) {
      #expect(Elementary.sin(-x) == -Elementary.sin(x) && Elementary.cos(-x) == Elementary.cos(x))
    }
  }
}

@Suite struct InverseTrigonometryTests {
  @Test func arcFunctionsAgreeWithTheReference() {
    let knots = [0.4375, 0.6875, 1, 1.1875, 2.4375, 1e17]
    let list = arguments(-3...3, near: knots) + arguments(-1e9...1e9)
    expectClose("atan", list, within: 1, Elementary.atan, Libm.atan)
    let unit = arguments(-1...1, near: [-1, -0.5, 0, 0.5, 1])
    expectClose("asin", unit, within: 2.5, Elementary.asin, Libm.asin)
    expectClose("acos", unit, within: 2.5, Elementary.acos, Libm.acos)
  }

  @Test func arcTangentOfPointsAgreesWithTheReference() {
    let xs = arguments(-10...10, count: 3000), ys = arguments(-2...2, count: 3000)
    for (x, y) in zip(xs, ys.reversed()) {
      #expect(ulps(Elementary.atan2(y, x), from: Libm.atan2(y, x)) <= 2, "atan2(\(y), \(x))")
    }
  }

  @Test func specialPointsFollowIEEE() {
    let special = [0, -0.0, 1, -1, 1e300, -1e300, 1e-300, .infinity, -.infinity, .nan]
    for y in special {
      for x in special {
        let value = Elementary.atan2(y, x), reference = Libm.atan2(y, x)
        #expect(ulps(value, from: reference) <= 1, "atan2(\(y), \(x)) = \(value)")
        if !reference.isNaN { #expect(value.sign == reference.sign, "atan2(\(y), \(x)) = \(value)") }
      }
      #expect(ulps(Elementary.atan(y), from: Libm.atan(y)) <= 1)
    }
    #expect(Elementary.acos(1.5) == 0 && Elementary.acos(-2) == Double.pi)
    #expect(Elementary.asin(7) == Double.pi / 2 && Elementary.asin(-7) == -Double.pi / 2)
    #expect(Elementary.acos(.nan).isNaN && Elementary.asin(.nan).isNaN && Elementary.atan(.nan).isNaN)
  }

  @Test func anglesComeBack() {
    for angle in arguments(-3.14...3.14, count: 5000) {
      let (s, c) = Elementary.sinCos(angle)
      #expect(abs(Elementary.atan2(s, c) - angle) < 5e-16)
    }
  }
}
