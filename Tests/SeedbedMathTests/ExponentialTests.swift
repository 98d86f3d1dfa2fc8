import Glibc
import SeedbedMath
import Testing

@Suite struct ExponentialTests {
  @Test func exponentialAgreesWithTheReference() {
    let halves = (-20...20).map { Double($0) * 0.34657359027997264 }
    expectClose("exp", arguments(-1...1, near: halves), within: 1, Elementary.exp, Glibc.exp)
    expectClose("exp", arguments(-708...709.78, near: halves), within: 1, Elementary.exp, Glibc.exp)
    expectClose("exp", arguments(-745.2 ... -708), within: 1, Elementary.exp, Glibc.exp)
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
    expectClose("log", arguments(1e-12...100, near: knots), within: 1, Elementary.log, Glibc.log)
    let scales = (-1074...1023).map { Double(sign: .plus, exponent: $0, significand: 1) }
    expectClose("log", scales.flatMap { [$0, $0 * 1.3, $0 * 1.9] }, within: 1, Elementary.log, Glibc.log)
  }

  @Test func logarithmAtItsLimits() {
    #expect(Elementary.log(1) == 0 && Elementary.log(0) == -.infinity && Elementary.log(-0.0) == -.infinity)
    #expect(Elementary.log(.infinity) == .infinity)
    #expect(Elementary.log(-1).isNaN && Elementary.log(-.infinity).isNaN && Elementary.log(.nan).isNaN)
  }

  @Test func powersAgreeWithTheReference() {
    for x in arguments(1e-6...50, count: 3000) {
      for y in [-3, -0.5, 1 / 2.4, 0.5, 1, 2, 2.2, 7.3] {
        let reference = Glibc.pow(x, y)
        #expect(abs(Elementary.pow(x, y) - reference) <= 2e-14 * reference, "pow(\(x), \(y))")
      }
    }
    #expect(Elementary.pow(0, 2) == 0 && Elementary.pow(0, -1) == .infinity && Elementary.pow(0, 0) == 1)
    #expect(Elementary.pow(1, .infinity) == 1 && Elementary.pow(-2, 2).isNaN && Elementary.pow(0, .nan).isNaN)
  }
}
