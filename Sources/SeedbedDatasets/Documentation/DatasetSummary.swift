import SeedbedEpisodes

/// What a dataset's statistics and documentation say about all its episodes together.
struct DatasetSummary: Sendable {
  /// What an axis drew.
  struct AxisRange: Sendable {
    var path: String
    /// Episodes that drew it.
    var count = 0
    var minimum = Double.infinity
    var maximum = -Double.infinity
  }

  let schema: FeatureSchema
  var episodes = 0
  var frames = 0
  var shortest = Int.max
  var longest = 0
  var successes = 0
  /// Episodes by cause of failure.
  var causes: [String: Int] = [:]
  var axes: [AxisRange]
  /// Sorted.
  var generators: [String] = []
  var scenes: [String] = []
  var seeds: [UInt64] = []
  /// In the order of `schema.measuredNames`.
  var totals: [StatisticsTotal]

  init(schema: FeatureSchema, axes: [String]) {
    self.schema = schema
    self.axes = axes.map { AxisRange(path: $0) }
    totals = .init(repeating: StatisticsTotal(), count: schema.measuredNames.count)
  }

  mutating func add(length: Int, _ provenance: Provenance, _ statistics: [FeatureStatistics]) {
    episodes += 1
    frames += length
    shortest = min(shortest, length)
    longest = max(longest, length)
    if provenance.success { successes += 1 } else { causes[provenance.failureCause, default: 0] += 1 }
    DatasetSummary.insert(provenance.generator, &generators)
    DatasetSummary.insert(provenance.sceneSHA256, &scenes)
    DatasetSummary.insert(provenance.seed, &seeds)
    var draws = provenance.draws[...]
    for i in axes.indices where draws.first?.path == axes[i].path {
      guard let draw = draws.popFirst() else { break }
      axes[i].count += 1
      axes[i].minimum = min(axes[i].minimum, draw.value)
      axes[i].maximum = max(axes[i].maximum, draw.value)
    }
    for (i, feature) in statistics.enumerated() { totals[i].add(feature) }
  }

  private static func insert<T: Comparable>(_ value: T, _ sorted: inout [T]) {
    guard !sorted.contains(value) else { return }
    sorted.append(value)
    sorted.sort()
  }

  /// `meta/stats.json`.
  var statisticsJSON: JSONValue {
    let cameras = Set(schema.cameras.map(\.key))
    return .object(
      zip(schema.measuredNames, totals).map { name, total in
        JSONValue.Member(name, total.statistics.json(isPicture: cameras.contains(name)))
      })
  }
}
