import SeedbedDatasets

/// Holds what a dataset says of an episode's numbers against the numbers, as far as one quick look tells: what passes is copied
/// instead of computed.
enum ClaimTest {
  static func holds(_ claim: SourceStatistics, _ values: FrameValues, width: Int, frames: Int) -> Bool {
    guard claim.count?.first == Double(frames), let low = claim.minimum, let high = claim.maximum,
      let mean = claim.mean, low.count == width, high.count == width, mean.count == width,
      claim.quantiles.count == 5
    else { return false }
    switch values {
    case .float32(let v): return holds(v, low, high, mean, width) { Double($0) }
    case .float64(let v): return holds(v, low, high, mean, width) { $0 }
    case .integer(let v): return holds(v, low, high, mean, width) { Double($0) }
    case .bool(let v): return holds(v, low, high, mean, width) { $0 ? 1 : 0 }
    case .text, .pictures: return false
    }
  }

  @inline(__always)
  private static func holds<T>(
    _ values: [T], _ low: [Double], _ high: [Double], _ mean: [Double], _ width: Int, _ number: (T) -> Double
  ) -> Bool {
    let frames = values.count / max(width, 1)
    guard frames > 0 else { return false }
    return values.withUnsafeBufferPointer { values in
      var least = [Double](repeating: .infinity, count: width), most = [Double](repeating: -.infinity, count: width)
      var sum = [Double](repeating: 0, count: width)
      for frame in 0..<frames {
        for d in 0..<width {
          let value = number(values[frame * width + d])
          least[d] = value < least[d] ? value : least[d]
          most[d] = value > most[d] ? value : most[d]
          sum[d] += value
        }
      }
      for d in 0..<width {
        let span = most[d] - least[d]
        let slack = 1e-6 * max(span, least[d].magnitude, most[d].magnitude, 1e-9)
        guard (least[d] - low[d]).magnitude <= slack, (most[d] - high[d]).magnitude <= slack,
          (sum[d] / Double(frames) - mean[d]).magnitude <= 1e-4 * span + slack
        else { return false }
      }
      return true
    }
  }
}
