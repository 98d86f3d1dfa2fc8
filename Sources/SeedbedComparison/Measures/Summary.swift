/// What a sample of one quantity looks like.
struct Summary: Sendable, Equatable {
  /// Finite values.
  var count = 0
  var mean = 0.0
  /// Of the population.
  var deviation = 0.0
  var least = 0.0, median = 0.0, most = 0.0
  /// The 1 % and 99 % quantiles.
  var low = 0.0, high = 0.0

  /// - Parameter sorted: Rising and finite.
  init(sorted: [Double]) {
    guard let first = sorted.first, let last = sorted.last else { return }
    count = sorted.count
    mean = sorted.reduce(0, +) / Double(count)
    let middle = mean
    deviation = (sorted.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(count)).squareRoot()
    least = first
    most = last
    // Rounding must not make a constant look spread.
    if first == last { (mean, deviation) = (first, 0) }
    func quantile(_ q: Double) -> Double { sorted[min(count - 1, Int(q * Double(count)))] }
    median = quantile(0.5)
    low = quantile(0.01)
    high = quantile(0.99)
  }
}

/// A distance x of 0 and more as a gap of 0 to 1: x / (1 + x), a half where x is 1.
func bounded(_ x: Double) -> Double { x.isFinite ? x / (1 + x) : 1 }

/// How many doublings lie between two amounts; infinite where only one is 0.
func doublings(_ a: Double, _ b: Double) -> Double {
  if a == b { return 0 }
  guard a > 0, b > 0 else { return .infinity }
  return abs(binaryLogarithm(b / a))
}
