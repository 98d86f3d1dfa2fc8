import SeedbedEpisodes

extension DatasetSummary {
  /// Out of the rows of a finished dataset: each is added as it was when it was written.
  init(replaying previous: PackedDataset, axes: [String]) throws(DatasetError) {
    self.init(schema: previous.reader.schema, axes: axes)
    let widths =
      schema.measured.map(\.width) + schema.cameras.map { _ in 3 } + FeatureSchema.standard.map { _ in 1 }
    let names = schema.measuredNames.map(StatisticsColumns.init)
    for k in 0..<previous.episodes {
      let metadata = try previous.reader.episodeMetadata(k)
      let row = try previous.reader.episodes.row(k)
      guard let provenance = metadata.provenance, metadata.firstFrame == frames else {
        throw DatasetError(.damaged, path: row.path, episode: k, "it has no origin, or does not follow the one before")
      }
      var statistics: [FeatureStatistics] = []
      statistics.reserveCapacity(names.count)
      for (columns, width) in zip(names, widths) { statistics.append(try columns.read(row, width: width)) }
      add(length: metadata.length, provenance, statistics)
    }
  }
}

/// The names of a feature's statistics in `meta/episodes`.
struct StatisticsColumns {
  let minimum: String, maximum: String, mean: String, deviation: String, count: String
  let quantiles: [String]

  init(_ feature: String) {
    let prefix = "stats/\(feature)/"
    (minimum, maximum, mean, deviation) = (prefix + "min", prefix + "max", prefix + "mean", prefix + "std")
    count = prefix + "count"
    quantiles = FeatureStatistics.quantileNames.map { prefix + $0 }
  }

  func read(_ row: EpisodeIndex.Row, width: Int) throws(DatasetError) -> FeatureStatistics {
    var statistics = FeatureStatistics()
    statistics.minimum = try row.doubles(minimum, width: width)
    statistics.maximum = try row.doubles(maximum, width: width)
    statistics.mean = try row.doubles(mean, width: width)
    statistics.deviation = try row.doubles(deviation, width: width)
    for (i, name) in quantiles.enumerated() { statistics.quantiles[i] = try row.doubles(name, width: width) }
    statistics.count = try row.single(count)
    guard (1...1 << 48).contains(statistics.count) else {
      throw DatasetError(.damaged, path: row.path, episode: row.episode, "'\(count)' makes no sense")
    }
    return statistics
  }
}
