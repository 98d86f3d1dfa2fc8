/// How a number may vary.
public enum NumberDistribution: Sendable, Equatable {
  case uniform(lower: Double, upper: Double)
  /// Even in the logarithm; lower > 0.
  case logUniform(lower: Double, upper: Double)
  /// Cut off at lower and upper.
  case normal(mean: Double, standardDeviation: Double, lower: Double, upper: Double)
  /// Whole numbers lower...upper, then times `scale`.
  case integer(lower: Int64, upper: Int64, scale: Double)
  /// Each of `strata` equal parts of the range once in as many episodes; uniform within the part.
  case stratified(lower: Double, upper: Double, strata: Int)
  /// A low-discrepancy sequence over the run's episodes.
  case lowDiscrepancy(lower: Double, upper: Double)

  /// The smallest and the largest value that can come out.
  public var bounds: ClosedRange<Double> {
    switch self {
    case .uniform(let a, let b), .logUniform(let a, let b), .normal(_, _, let a, let b), .stratified(let a, let b, _),
      .lowDiscrepancy(let a, let b):
      min(a, b)...max(a, b)
    case .integer(let a, let b, let scale):
      min(Double(a) * scale, Double(b) * scale)...max(Double(a) * scale, Double(b) * scale)
    }
  }

  /// The distribution of `factor` times the number; factor > 0.
  public func scaled(by factor: Double) -> NumberDistribution {
    switch self {
    case .uniform(let a, let b): .uniform(lower: a * factor, upper: b * factor)
    case .logUniform(let a, let b): .logUniform(lower: a * factor, upper: b * factor)
    case .normal(let mean, let deviation, let a, let b):
      .normal(mean: mean * factor, standardDeviation: deviation * factor, lower: a * factor, upper: b * factor)
    case .integer(let a, let b, let scale): .integer(lower: a, upper: b, scale: scale * factor)
    case .stratified(let a, let b, let n): .stratified(lower: a * factor, upper: b * factor, strata: n)
    case .lowDiscrepancy(let a, let b): .lowDiscrepancy(lower: a * factor, upper: b * factor)
    }
  }

  /// The value for an axis in an episode. In a repeated attempt, sequences over the episodes give way to plain random
  /// values (within the same stratum where there are strata).
  public func draw(seed: UInt64, episode: Int, axis: Axis, attempt: Int) -> Double {
    var stream = RandomStream(seed: seed, episode: episode, axis: axis, attempt: attempt)
    switch self {
    case .uniform(let a, let b): return stream.uniform(a, b)
    case .logUniform(let a, let b): return stream.logUniform(a, b)
    case .normal(let mean, let deviation, let a, let b):
      return stream.normal(mean: mean, standardDeviation: deviation, lower: a, upper: b)
    case .integer(let a, let b, let scale): return Double(stream.integer(a, b)) * scale
    case .stratified(let a, let b, let n):
      let stratum = EpisodeSequences.permuted(count: n, seed: seed, episode: episode, axis: axis)
      return spread((Double(stratum) + stream.unit()) / Double(n), a, b)
    case .lowDiscrepancy(let a, let b):
      if attempt > 0 { return stream.uniform(a, b) }
      return spread(EpisodeSequences.lowDiscrepancy(seed: seed, episode: episode, axis: axis), a, b)
    }
  }
}
