package import SeedbedEpisodes

/// LeRobot's statistics of a feature over an episode or a dataset: one number of each kind a dimension.
package struct FeatureStatistics: Sendable, Equatable {
  static let quantileNames = ["q01", "q10", "q50", "q90", "q99"]

  package var minimum: [Double] = []
  package var maximum: [Double] = []
  package var mean: [Double] = []
  /// Of the population, not of a sample.
  package var deviation: [Double] = []
  /// Five lists: q01, q10, q50, q90, q99.
  package var quantiles = [[Double]](repeating: [], count: 5)
  /// Frames, or sampled pictures.
  package var count = 0

  /// Of a column of some frames; truth values count as 0 and 1.
  package init(_ column: Column, width: Int) {
    guard width > 0, column.count >= width else { return }
    count = column.count / width
    switch column {
    case .float32(let values): add(values, width) { $0 }
    case .float64(let values): add(values, width) { $0 }
    case .int64(let values): add(values, width) { Double($0) }
    case .text: return
    case .bool(let values): add(values, width) { $0 ? Float(1) : 0 }
    }
  }

  /// Of values of some frames; nil for texts and pictures.
  init?(_ values: FrameValues, width: Int) {
    guard width > 0, values.count >= width else { return nil }
    count = values.count / width
    switch values {
    case .float32(let v): add(v, width) { $0 }
    case .float64(let v): add(v, width) { $0 }
    case .integer(let v): add(v, width) { Double($0) }
    case .bool(let v): add(v, width) { $0 ? Float(1) : 0 }
    case .text, .pictures: return nil
    }
  }

  /// What another dataset says; nil where anything is missing, not finite, or of another width.
  package init?(_ claim: SourceStatistics, width: Int) {
    guard let low = claim.minimum, let high = claim.maximum, let average = claim.mean, let spread = claim.deviation,
      let frames = claim.count?.first.flatMap({ Int(exactly: $0) }), frames > 0
    else { return nil }
    (minimum, maximum, mean, deviation, count) = (low, high, average, spread, frames)
    quantiles = Self.quantileNames.map { claim.quantiles[$0] ?? [] }
    guard named.allSatisfy({ $0.values.count == width && $0.values.allSatisfy(\.isFinite) }) else { return nil }
  }

  /// Of a camera's sampled pictures, a dimension a channel.
  init(_ pictures: ImageStatistics) {
    minimum = pictures.min
    maximum = pictures.max
    mean = pictures.mean
    deviation = pictures.std
    quantiles = [pictures.q01, pictures.q10, pictures.q50, pictures.q90, pictures.q99]
    count = pictures.count
  }

  package init() {}

  /// Of the numbers of an episode: one a feature of the schema that is no text, in its order.
  package static func numbers(of episode: Episode, schema: FeatureSchema) -> [FeatureStatistics] {
    zip(schema.features, episode.columns).filter { $0.0.dataType != .string }
      .map { FeatureStatistics($1, width: $0.width) }
  }

  private mutating func add<T, V: BinaryFloatingPoint>(_ values: [T], _ width: Int, _ number: (T) -> V) {
    for dimension in 0..<width {
      var ordered = (0..<count).map { number(values[$0 * width + dimension]) }
      let average = ordered.reduce(0.0) { $0 + Double($1) } / Double(count)
      let squares = ordered.reduce(0.0) { $0 + (Double($1) - average) * (Double($1) - average) }
      ordered.sort()
      minimum.append(Double(ordered[0]))
      maximum.append(Double(ordered[count - 1]))
      // Rounding must not push the mean of equal values out of their range.
      mean.append(min(max(average, Double(ordered[0])), Double(ordered[count - 1])))
      deviation.append(ordered[0] == ordered[count - 1] ? 0 : (squares / Double(count)).squareRoot())
      for (i, value) in HistogramQuantiles(sorted: ordered).all().enumerated() { quantiles[i].append(value) }
    }
  }

  /// The kinds in LeRobot's order.
  var named: [(name: String, values: [Double])] {
    [("min", minimum), ("max", maximum), ("mean", mean), ("std", deviation)]
      + zip(Self.quantileNames, quantiles).map { ($0, $1) }
  }
}

extension FeatureStatistics {
  /// A feature's entry of `meta/stats.json`.
  package func json(isPicture: Bool) -> JSONValue {
    var members = named.map { kind, values in
      JSONValue.Member(
        kind, isPicture ? .array(values.map { .array([.array([.number($0)])]) }) : JSONValue.numbers(values))
    }
    members.insert(.init("count", .array([.integer(count)])), at: 4)
    return .object(members)
  }
}

/// Statistics of a whole dataset, gathered episode by episode as LeRobot does: extremes of extremes, weighted means,
/// parallel variance, and quantiles as weighted means of the episodes' quantiles.
package struct StatisticsTotal: Sendable {
  package var statistics = FeatureStatistics()
  /// Sum of squared distances from the mean.
  var squares: [Double] = []

  package init() {}

  package mutating func add(_ other: FeatureStatistics) {
    let before = Double(statistics.count), added = Double(other.count)
    if statistics.count == 0 {
      statistics = other
      squares = other.deviation.map { $0 * $0 * added }
      return
    }
    guard other.mean.count == statistics.mean.count, other.count > 0 else { return }
    let total = before + added
    for d in statistics.mean.indices {
      statistics.minimum[d] = min(statistics.minimum[d], other.minimum[d])
      statistics.maximum[d] = max(statistics.maximum[d], other.maximum[d])
      let distance = other.mean[d] - statistics.mean[d]
      statistics.mean[d] += distance * added / total
      squares[d] += other.deviation[d] * other.deviation[d] * added + distance * distance * before * added / total
      statistics.deviation[d] = (squares[d] / total).squareRoot()
      for q in statistics.quantiles.indices {
        statistics.quantiles[q][d] += (other.quantiles[q][d] - statistics.quantiles[q][d]) * added / total
      }
    }
    statistics.count += other.count
  }
}
