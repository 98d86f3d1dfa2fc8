import SeedbedEpisodes

/// Counts and statistics of what a `DatasetWriter` wrote.
struct WriterTotals {
  /// Those that have statistics: all but texts, the five standard ones behind the others.
  let features: [(name: String, isPicture: Bool)]
  private let schema: DatasetSchema
  private var totals: [StatisticsTotal]
  private(set) var episodes = 0
  private(set) var frames = 0

  init(_ schema: DatasetSchema) {
    self.schema = schema
    features =
      schema.features.filter { $0.kind != .texts }.map { ($0.name, $0.picture != nil) }
      + FeatureSchema.standard.map { ($0.name, false) }
    totals = .init(repeating: StatisticsTotal(), count: features.count)
  }

  /// An episode's statistics, one a feature: as they are given, or computed.
  func statistics(
    of episode: DatasetEpisode, standard: [Column], path: String
  ) throws(DatasetError) -> [FeatureStatistics] {
    var columns = episode.columns[...]
    var result: [FeatureStatistics] = []
    for feature in schema.features {
      let values = feature.kind == .video ? nil : columns.popFirst()
      if feature.kind == .texts { continue }
      let given = episode.statistics[feature.name].flatMap { FeatureStatistics($0, width: feature.statisticsWidth) }
      guard let statistics = given ?? values.flatMap({ FeatureStatistics($0, width: feature.width) }) else {
        throw DatasetError(
          .invalid, path: path, episode: episodes, "the pictures of '\(feature.name)' come without whole statistics")
      }
      result.append(statistics)
    }
    return result + standard.map { FeatureStatistics($0, width: 1) }
  }

  mutating func add(_ statistics: [FeatureStatistics], frames: Int) {
    for (i, feature) in statistics.enumerated() { totals[i].add(feature) }
    episodes += 1
    self.frames += frames
  }

  /// `meta/stats.json`.
  var statisticsJSON: JSONValue {
    .object(
      zip(features, totals).map { feature, total in
        .init(feature.name, total.statistics.json(isPicture: feature.isPicture))
      })
  }
}
