/// Divides a whole into whole parts.
package enum Apportionment {
  /// The largest-remainder method: every part its share rounded down, what is left to the largest remainders, of equal ones to
  /// the first.
  ///
  /// - Parameters:
  ///   - total: The sum of the result, where `limits` allow it.
  ///   - weights: Not negative, not all 0.
  ///   - limits: The most that each part may be; what a part cannot take goes to the others.
  package static func largestRemainder(_ total: Int, weights: [Double], limits: [Int]? = nil) -> [Int] {
    let sum = weights.reduce(0, +)
    guard sum > 0, total > 0 else { return weights.map { _ in 0 } }
    let exact = weights.map { Double(total) * $0 / sum }
    // A product that should be whole must not fall below it by rounding.
    var parts = exact.map { Int(($0 + 1e-9).rounded(.down)) }
    let order = exact.indices.sorted {
      let a = exact[$0] - Double(parts[$0]), b = exact[$1] - Double(parts[$1])
      return a > b + 1e-9 || ((a - b).magnitude <= 1e-9 && $0 < $1)
    }
    var left = total - parts.reduce(0, +)
    for i in order where left > 0 && weights[i] > 0 {
      parts[i] += 1
      left -= 1
    }
    guard let limits else { return parts }
    for i in parts.indices where parts[i] > limits[i] {
      left += parts[i] - limits[i]
      parts[i] = limits[i]
    }
    while left > 0, let i = order.first(where: { parts[$0] < limits[$0] }) {
      let more = min(left, limits[i] - parts[i])
      parts[i] += more
      left -= more
    }
    return parts
  }
}
