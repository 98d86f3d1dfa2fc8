import SeedbedMath

extension RandomStream {
  /// A multiple of 2^-53 in 0..<1.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Evenly over lower...upper.
  public mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
    spread(unit(), lower, upper)
  }

  /// Evenly in the logarithm; both limits above 0.
  public mutating func logUniform(_ lower: Double, _ upper: Double) -> Double {
    let exponent = spread(unit(), Elementary.log(lower), Elementary.log(upper))
    return min(max(Elementary.exp(exponent), lower), upper)
  }

  /// One of lower...upper, each equally likely (Lemire's multiplication with rejection: no bias).
  public mutating func integer(_ lower: Int64, _ upper: Int64) -> Int64 {
    guard lower < upper else { return lower }
    let span = UInt64(bitPattern: upper &- lower) &+ 1
    if span == 0 { return Int64(bitPattern: next()) }
    let threshold = (0 &- span) % span
    while true {
      let product = next().multipliedFullWidth(by: span)
      if product.low >= threshold { return lower &+ Int64(bitPattern: product.high) }
    }
  }

  /// An index into the weights, with probability in proportion to its weight. Weights are not negative, their sum is
  /// positive.
  public mutating func index(weights: [Double]) -> Int {
    var rest = unit() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      if rest < weight { return index }
      rest -= weight
    }
    return weights.lastIndex { $0 > 0 } ?? 0
  }

  /// Normal with mean 0 and standard deviation 1 (Box and Muller's transform, the cosine half).
  public mutating func standardNormal() -> Double {
    let radius = (-2 * Elementary.log(1 - unit())).squareRoot()
    return radius * Elementary.cos(2 * Double.pi * unit())
  }

  /// A normal distribution cut off at `lower` and `upper` (what lies outside is drawn again, not moved to the edge).
  ///
  /// By rejection from the normal itself, or from the uniform distribution where the cut is narrow or lies to one side.
  /// After 1000 refusals (an interval some 30 standard deviations away) the edge next to the mean is taken.
  public mutating func normal(mean: Double, standardDeviation: Double, lower: Double, upper: Double) -> Double {
    guard standardDeviation > 0 else { return min(max(mean, lower), upper) }
    let peak = min(max(mean, lower), upper)
    let fromUniform = peak != mean || upper - lower < 2.5 * standardDeviation
    let peakSquare = square((peak - mean) / standardDeviation)
    for _ in 0..<1000 {
      if fromUniform {
        let x = uniform(lower, upper)
        let exponent = (peakSquare - square((x - mean) / standardDeviation)) / 2
        if unit() < Elementary.exp(exponent) { return x }
      } else {
        let x = mean + standardDeviation * standardNormal()
        if x >= lower, x <= upper { return x }
      }
    }
    return peak
  }

  private func square(_ x: Double) -> Double { x * x }
}

/// The point at the fraction u of lower...upper, never outside.
func spread(_ u: Double, _ lower: Double, _ upper: Double) -> Double {
  min(max(lower + (upper - lower) * u, lower), upper)
}
