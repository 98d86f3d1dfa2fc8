import Diagnostics
import Testing

@Suite struct NumberTests {
  @Test(arguments: [
    (0.0, "0"), (1.0, "1"), (-1.5, "-1.5"), (0.0123456, "0.01235"), (99.996, "100"), (123456, "123500"),
    (1e7, "1e+07"), (-1.2346e-9, "-1.235e-09"), (0.00001, "0.00001"), (.infinity, "inf"), (.nan, "nan"),
    (5e-324, "4.941e-324"), (1.7976931348623157e308, "1.798e+308"),
  ])
  func significantDigits(_ value: Double, _ text: String) { #expect(significant(value) == text) }

  @Test func shares() {
    #expect(percent(0.5) == "50 %")
    #expect(percent(1, of: 3) == "33.33 %")
    #expect(percent(0, of: 0) == "-")
  }
}
