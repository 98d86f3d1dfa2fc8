/// Brings RGB pictures to another size: scaled as a whole into the middle, what stays free black. Each pixel is the mean of those
/// that it covers, weighed by a triangle (as PIL's antialiased bilinear filter).
package struct PictureScaler {
  private struct Taps {
    var first: Int
    var weights: [Float]
  }

  private let from: (width: Int, height: Int)
  private let to: (width: Int, height: Int)
  /// Where the scaled picture lies.
  private let inner: (x: Int, y: Int, width: Int, height: Int)
  private let columns: [Taps], rows: [Taps]

  package init(from: (width: Int, height: Int), to: (width: Int, height: Int)) {
    self.from = from
    self.to = to
    let scale = min(Double(to.width) / Double(from.width), Double(to.height) / Double(from.height))
    let width = min(to.width, max(1, Int((Double(from.width) * scale).rounded())))
    let height = min(to.height, max(1, Int((Double(from.height) * scale).rounded())))
    inner = ((to.width - width) / 2, (to.height - height) / 2, width, height)
    columns = Self.taps(from.width, width)
    rows = Self.taps(from.height, height)
  }

  private static func taps(_ from: Int, _ to: Int) -> [Taps] {
    let step = Double(from) / Double(to), reach = max(1, step)
    return (0..<to).map { i in
      let centre = (Double(i) + 0.5) * step
      let first = max(0, Int((centre - reach).rounded(.down))), end = min(from, Int((centre + reach).rounded(.up)))
      let weights = (first..<end).map { max(0, 1 - (Double($0) + 0.5 - centre).magnitude / reach) }
      let sum = weights.reduce(0, +)
      return Taps(first: first, weights: weights.map { Float($0 / sum) })
    }
  }

  /// - Parameter rgb: Height x width x 3 bytes.
  package func scale(_ rgb: [UInt8]) -> [UInt8] {
    var wide = [Float](repeating: 0, count: from.height * inner.width * 3)
    for y in 0..<from.height {
      for (x, taps) in columns.enumerated() {
        for c in 0..<3 {
          var sum: Float = 0
          for (i, weight) in taps.weights.enumerated() {
            sum += weight * Float(rgb[(y * from.width + taps.first + i) * 3 + c])
          }
          wide[(y * inner.width + x) * 3 + c] = sum
        }
      }
    }
    var result = [UInt8](repeating: 0, count: to.width * to.height * 3)
    let stride = inner.width * 3
    for (y, taps) in rows.enumerated() {
      for x in 0..<stride {
        var sum: Float = 0
        for (i, weight) in taps.weights.enumerated() { sum += weight * wide[(taps.first + i) * stride + x] }
        result[((y + inner.y) * to.width + inner.x) * 3 + x] = UInt8(max(0, min(255, sum.rounded())))
      }
    }
    return result
  }
}
