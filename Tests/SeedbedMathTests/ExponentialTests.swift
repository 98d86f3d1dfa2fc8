import SeedbedMath
import Testing

@Suite struct ExponentialTests {
  @Test func exponentialAgreesWithTheReference() {
    let halves = (-20...20).map { Double($0) * 0.34657359027997264 }
    expectClose("exp", arguments(-1...1, near: halves), within: 1, Elementary.exp, Libm.exp)
    expectClose("exp", arguments(-708...709.78, near: halves), within: 1, Elementary.exp, Libm.exp)
    expectClose("exp", arguments(-745.2 ... -708), within: 1, Elementary.exp, Libm.exp)
  }

  @Test func exponentialAtItsLimits() {
    let largest = 709.782712893383973096
    #expect(Elementary.exp(largest).isFinite && Elementary.exp(largest.nextUp) == .infinity)
    let smallest = -745.13321910194110842
    #expect(Elementary.exp(smallest) == .leastNonzeroMagnitude && Elementary.exp(smallest.nextDown) == 0)
    #expect(Elementary.exp(0) == 1 && Elementary.exp(-0.0) == 1 && Elementary.exp(1e-20) == 1)
    #expect(Elementary.exp(.infinity) == .infinity && Elementary.exp(-.infinity) == 0)
    #expect(Elementary.exp(1e300) == .infinity && Elementary.exp(-1e300) == 0 && Elementary.exp(.nan).isNaN)
  }

  @Test func logarithmAgreesWithTheReference() {
    let knots = [1, 0.7071067811865476, 1.4142135623730951, 2, 4, 0.5]
    expectClose("log", arguments(1e-12...100, near: knots), within: 1, Elementary.log, Libm.log)
    let scales = (-1074...1023).map { Double(sign: .plus, exponent: $0, significand: 1) }
    expectClose("log", scales.flatMap { [$0, $0 * 1.3, $0 * 1.9] }, within: 1, Elementary.log, Libm.log)
  }

  @Test func logarithmAtItsLimits() {
    #expect(Elementary.log(1) == 0 && Elementary.log(0) == -.infinity && Elementary.log(-0.0) == -.infinity)
    #expect(Elementary.log(.infinity) == .infinity)
    #expect(Elementary.log(-1).isNaN && Elementary.log(-.infinity).isNaN && Elementary.log(.nan).isNaN)
  }

  @Test func powersAgreeWithTheReference() {
    for x in arguments(1e-6...50, count: 3000) + arguments(1e-300...1e300, count: 2000) {
      for y in [-3, -0.5, 1 / 2.4, 0.5, 1, 2, 2.2, 7.3, -31, 63, 65, 100.25, -200.5] {
        let distance = ulps(Elementary.pow(x, y), from: Libm.pow(x, y))
        #expect(distance <= 1.5, "pow(\(x), \(y)) is off by \(distance) ulp")
      }
    }
  }

  @Test func powersOfSpecialValuesFollowC99() {
    let special = [
      0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, -2.5, 1e-300, 1e300, -1e300, 9007199254740993, .infinity,
      -.infinity, .nan,
    ]
    for x in special {
      for y in special {
        let value = Elementary.pow(x, y), reference = Libm.pow(x, y)
        #expect(ulps(value, from: reference) <= 1, "pow(\(x), \(y)) = \(value)")
        if !reference.isNaN { #expect(value.sign == reference.sign, "pow(\(x), \(y)) = \(value)") }
      }
    }
    for n in 0...22 { #expect(Elementary.pow(10, Double(n)) == Double("1e\(n)")) }
  }

  @Test func binaryLogarithmAndPowerAgreeWithTheReference() {
    let list = arguments(-1074...1024, near: [0, 1, -1, -1022])
    expectClose("exp2", list, within: 1, Elementary.exp2, Libm.exp2)
    expectClose("log2", arguments(1e-12...100, near: [1, 0.5, 2]), within: 1, Elementary.log2, Libm.log2)
    for k in -1074...1023 {
      let power = Double(sign: .plus, exponent: k, significand: 1)
      #expect(Elementary.exp2(Double(k)) == power && Elementary.log2(power) == Double(k))
    }
    #expect(Elementary.exp2(1024) == .infinity && Elementary.exp2(-1075) == 0 && Elementary.exp2(.nan).isNaN)
    #expect(Elementary.exp2(.infinity) == .infinity && Elementary.exp2(-.infinity) == 0)
    #expect(Elementary.log2(0) == -.infinity && Elementary.log2(-1).isNaN && Elementary.log2(.infinity) == .infinity)
  }
}
