/// A number with so many significant digits, the same text everywhere: `0.0123`, `1.5`, `12300`, `1.2e-09`.
package func significant(_ value: Double, _ digits: Int = 4) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  guard value != 0 else { return "0" }
  var exponent = 0
  var mantissa = abs(value)
  // The power of ten is corrected one step at a time: no logarithm, and no overflow at the ends of the range.
  while mantissa >= 10 {
    mantissa /= 10
    exponent += 1
  }
  while mantissa < 1 {
    mantissa *= 10
    exponent -= 1
  }
  var scale = 1.0
  for _ in 1..<max(1, digits) { scale *= 10 }
  var whole = Int64((mantissa * scale).rounded())
  if Double(whole) >= scale * 10 {
    whole /= 10
    exponent += 1
  }
  let sign = value < 0 ? "-" : ""
  var text = String(whole)
  if (-5..<7).contains(exponent) {
    let point = exponent + 1
    if point <= 0 {
      text = "0." + String(repeating: "0", count: -point) + text
    } else if point >= text.count {
      text += String(repeating: "0", count: point - text.count)
    } else {
      text = text.prefix(point) + "." + text.dropFirst(point)
    }
    return sign + withoutTrailingZeros(text)
  }
  let fraction = withoutTrailingZeros(text.prefix(1) + "." + text.dropFirst())
  let power = String(abs(exponent))
  return sign + fraction + (exponent < 0 ? "e-" : "e+") + (power.count < 2 ? "0" + power : power)
}

private func withoutTrailingZeros(_ text: String) -> String {
  guard text.contains(".") else { return text }
  var text = text[...]
  while text.last == "0" { text = text.dropLast() }
  return String(text.last == "." ? text.dropLast() : text)
}

/// `12.3 %`.
package func percent(_ share: Double) -> String { significant(100 * share) + " %" }

/// `12.3 %` of a count; `-` of nothing.
package func percent(_ part: Int, of whole: Int) -> String {
  whole > 0 ? percent(Double(part) / Double(whole)) : "-"
}
