/// Reads what a dataset says of its episodes' values, one episode after another, some rows in memory at a time.
public struct EpisodeClaims: ~Copyable {
  private static let batch = 128

  private let features: [String]
  private var tables: [StatisticsTable] = []
  private var lines: StatisticsLines?
  private var waiting: [[SourceStatistics]] = []
  private var at = 0
  /// The episode that comes next.
  private var next = 0
  private let count: Int

  init(_ source: DatasetSource, features: [String]) throws(DatasetError) {
    self.features = features
    count = source.episodes.count
    if source.info.version == .v30 {
      let files = EpisodeTableFiles(source.folder)
      tables = features.map { StatisticsTable(files, feature: $0) }
    } else if source.folder.exists(StatisticsLines.path) {
      lines = try StatisticsLines(source.folder, episodes: count)
    }
  }

  /// The statistics of an episode by their features; those that it has none of are left out. Episodes are asked for in
  /// rising order.
  public mutating func read(_ k: Int) throws(DatasetError) -> [String: SourceStatistics] {
    if let lines { return try lines.statistics(k).filter { features.contains($0.key) } }
    while next <= k, !tables.isEmpty {
      if at == (waiting.first?.count ?? 0) {
        let rows = min(EpisodeClaims.batch, count - next)
        for i in tables.indices {
          let column = try tables[i].next(rows: rows)
          if i < waiting.count { waiting[i] = column } else { waiting.append(column) }
        }
        at = 0
      }
      at += 1
      next += 1
    }
    guard at > 0, next == k + 1 else { return [:] }
    var result: [String: SourceStatistics] = [:]
    for (name, column) in zip(features, waiting) where !column[at - 1].isEmpty { result[name] = column[at - 1] }
    return result
  }
}

extension DatasetSource {
  /// Reads episodes' statistics of some features.
  public func claims(of features: [String]) throws(DatasetError) -> EpisodeClaims {
    try EpisodeClaims(self, features: features)
  }
}
