/// LeRobot's quantiles: those of a histogram of 5,000 bins between minimum and maximum, interpolated inside a bin.
///
/// The bins' edges are computed in the values' own precision, as NumPy's linspace does, so that a value on an edge falls
/// into the same bin. Only bins that hold a wanted value are looked at; there is no histogram in memory.
struct HistogramQuantiles<Value: BinaryFloatingPoint> {
  static var fractions: [Double] { [0.01, 0.10, 0.50, 0.90, 0.99] }
  private static var bins: Int { 5000 }

  private let sorted: [Value]
  private let low: Value
  private let high: Value
  private let step: Value

  /// - Parameter sorted: In ascending order, finite, not empty.
  init(sorted: [Value]) {
    self.sorted = sorted
    low = (sorted.first ?? 0) - 1e-10
    high = (sorted.last ?? 0) + 1e-10
    step = (high - low) / Value(Self.bins)
  }

  private func edge(_ i: Int) -> Value { i >= Self.bins ? high : Value(i) * step + low }

  /// The last bin whose lower edge is not above the value.
  private func bin(of value: Value) -> Int {
    var below = 0, above = Self.bins
    while above - below > 1 {
      let middle = (below + above) / 2
      if edge(middle) <= value { below = middle } else { above = middle }
    }
    return below
  }

  /// The value that a share `fraction` of all values does not exceed. Kept between minimum and maximum (LeRobot's may
  /// lie 1e-10 outside).
  func quantile(_ fraction: Double) -> Double {
    guard let first = sorted.first, let last = sorted.last else { return 0 }
    if sorted.count == 1 || first == last { return Double(first) }
    let target = fraction * Double(sorted.count)
    let rank = min(max(Int(target.rounded(.up)), 1), sorted.count)
    let bin = self.bin(of: sorted[rank - 1])
    if bin == 0 { return Double(first) }
    // The edges never fall, so that a value's bin is at least this one just where its lower edge is not above the value.
    let lower = edge(bin), upper = edge(bin + 1)
    let before = sorted.partitioningIndex { lower <= $0 }
    let behind = bin + 1 < Self.bins ? sorted.partitioningIndex { upper <= $0 } : sorted.count
    let share = (target - Double(before)) / Double(behind - before)
    let value = Double(lower) + share * Double(upper - lower)
    return min(max(value, Double(first)), Double(last))
  }

  func all() -> [Double] { Self.fractions.map(quantile) }
}

extension Array {
  /// The first place where a condition holds that, once true, stays true.
  fileprivate func partitioningIndex(_ condition: (Element) -> Bool) -> Int {
    var low = 0, high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
