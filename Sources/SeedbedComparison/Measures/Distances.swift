/// Distances between two samples of one quantity. Equal samples give exactly 0.
package enum Distances {
  /// The Wasserstein-1 distance (earth mover's distance), in the samples' unit: the area between the two empirical
  /// distribution functions, ∫ |F - G| dx (Villani, Optimal Transport, 2009, chapter 6; on a line by Vallender, 1974).
  ///
  /// - Parameters: Rising.
  package static func wasserstein(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    walk(a, b) { f, g, from, to in sum += abs(f - g) * (to - from) }
    return sum
  }

  /// The Kolmogorov-Smirnov statistic, 0...1: the largest difference of the two empirical distribution functions.
  ///
  /// - Parameters: Rising.
  package static func kolmogorovSmirnov(_ a: [Double], _ b: [Double]) -> Double {
    var largest = 0.0
    walk(a, b) { f, g, _, _ in largest = max(largest, abs(f - g)) }
    return largest
  }

  /// Both distribution functions on each stretch between neighbouring values, and behind the last.
  private static func walk(_ a: [Double], _ b: [Double], _ step: (Double, Double, Double, Double) -> Void) {
    guard !a.isEmpty, !b.isEmpty else { return }
    var i = 0, j = 0
    while i < a.count || j < b.count {
      let x = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
      while i < a.count, a[i] == x { i += 1 }
      while j < b.count, b[j] == x { j += 1 }
      let next = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
      step(Double(i) / Double(a.count), Double(j) / Double(b.count), x, next.isFinite ? next : x)
    }
  }

  /// Half the sum of the differences of two shares of a whole, 0...1: total variation.
  package static func totalVariation(_ a: [Double], _ b: [Double]) -> Double {
    let m = a.reduce(0, +), n = b.reduce(0, +)
    guard m > 0, n > 0 else { return m == n ? 0 : 1 }
    return zip(a, b).reduce(0) { $0 + abs($1.0 / m - $1.1 / n) } / 2
  }

  /// The square root of the Jensen-Shannon divergence to base 2, 0...1, of two histograms (Endres and Schindelin, A new
  /// metric for probability distributions, 2003).
  package static func jensenShannon(_ a: [Double], _ b: [Double]) -> Double {
    let m = a.reduce(0, +), n = b.reduce(0, +)
    guard m > 0, n > 0 else { return m == n ? 0 : 1 }
    var sum = 0.0
    for (x, y) in zip(a, b) {
      let p = x / m, q = y / n
      guard p != q else { continue }
      let mean = (p + q) / 2
      if p > 0 { sum += p * binaryLogarithm(p / mean) / 2 }
      if q > 0 { sum += q * binaryLogarithm(q / mean) / 2 }
    }
    return min(1, max(0, sum).squareRoot())
  }

  /// What two histograms share, 0...1: the sum of the smaller of each bin's shares (overlap coefficient, Inman and
  /// Bradley, 1989). Exactly 1 for equal histograms.
  package static func overlap(_ a: [Double], _ b: [Double]) -> Double { 1 - totalVariation(a, b) }

  /// The Wasserstein-1 distance of two histograms with bins of width 1.
  package static func wasserstein(bins a: [Double], _ b: [Double]) -> Double {
    let m = a.reduce(0, +), n = b.reduce(0, +)
    guard m > 0, n > 0 else { return 0 }
    var f = 0.0, g = 0.0, sum = 0.0
    for (x, y) in zip(a, b) {
      f += x
      g += y
      sum += abs(f / m - g / n)
    }
    return sum
  }
}
