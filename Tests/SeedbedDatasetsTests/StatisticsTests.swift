import Parquet
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing

@Suite struct StatisticsTests {
  private func table(_ folder: borrowing TemporaryDirectory) throws -> ParquetReader {
    try ParquetReader(path: folder.file("meta/episodes/chunk-000/file-000.parquet"))
  }

  private func doubles(_ reader: ParquetReader, _ column: String) throws -> [Double] {
    guard case .double(let values) = try reader.read(column).values else { return [] }
    return values
  }

  @Test func closedForms() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    var episode = try samples.episode(0, length: 101)
    episode.columns[2] = .float32((0...100).map { Float($0) })
    episode.columns[5] = .int64([Int64](repeating: 7, count: 101))
    try samples.write([episode], to: folder.path)
    let reader = try table(folder)
    #expect(try doubles(reader, "stats/next.reward/min") == [0])
    #expect(try doubles(reader, "stats/next.reward/max") == [100])
    #expect(try doubles(reader, "stats/next.reward/mean") == [50])
    // Of 0...n: sqrt(n (n + 2) / 12).
    #expect(abs(try doubles(reader, "stats/next.reward/std")[0] - (100.0 * 102 / 12).squareRoot()) < 1e-9)
    for (name, value) in [("q01", 1.0), ("q10", 10), ("q50", 50), ("q90", 90), ("q99", 99)] {
      #expect(abs(try doubles(reader, "stats/next.reward/\(name)")[0] - value) <= 1.02)
    }
    for kind in ["min", "max", "mean", "q01", "q50", "q99"] {
      #expect(try doubles(reader, "stats/privileged.phase/\(kind)") == [7])
    }
    #expect(try doubles(reader, "stats/privileged.phase/std") == [0])
    #expect(try reader.read("stats/next.reward/count") == ColumnData(.int64([101]), counts: [[1]]))
  }

  /// Numbers of LeRobot 0.6.1's own code for the same values.
  @Test func quantilesAreLeRobots() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    var episode = try samples.episode(0, length: 23)
    var value: Float = 0.3
    episode.columns[2] = .float32(
      (0..<23).map { _ in
        value = 3.9 * value * (1 - value)
        return value
      })
    try samples.write([episode], to: folder.path)
    let reader = try table(folder)
    for (name, expected) in LeRobotReference.quantiles {
      let found = try doubles(reader, "stats/next.reward/\(name)")[0]
      #expect(abs(found - expected) < 2e-7, "\(name): \(found), not \(expected)")
    }
  }

  @Test func aggregatesAreThoseOfAllFramesTogether() throws {
    let parts = try TemporaryDirectory()
    let whole = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    let episodes = try (0..<5).map { try samples.episode($0, length: 3 + 11 * $0) }
    try samples.write(episodes, to: parts.path)
    var all = episodes[0]
    all.length = episodes.reduce(0) { $0 + $1.length }
    all.provenance.failureFrame = -1
    for i in all.columns.indices {
      all.columns[i] = episodes.dropFirst().reduce(all.columns[i]) { joined, episode in
        switch (joined, episode.columns[i]) {
        case (.float32(let a), .float32(let b)): .float32(a + b)
        case (.int64(let a), .int64(let b)): .int64(a + b)
        case (.bool(let a), .bool(let b)): .bool(a + b)
        default: joined
        }
      }
    }
    try samples.write([all], to: whole.path)
    let a = try numbers(parts.file("meta/stats.json")), b = try numbers(whole.file("meta/stats.json"))
    for (key, values) in b where key.hasPrefix("observation.state") || key.hasPrefix("next.done") {
      if key.contains("/q") { continue }
      for (x, y) in zip(try #require(a[key]), values) { #expect(abs(x - y) < 1e-12, "\(key): \(x), \(y)") }
    }
  }

  /// The numbers of stats.json by feature and kind, read line by line.
  private func numbers(_ path: String) throws -> [String: [Double]] {
    var result: [String: [Double]] = [:]
    var feature = "", kind = ""
    for line in String(decoding: try readFile(path), as: UTF8.self).split(separator: "\n") {
      let indent = line.prefix { $0 == " " }.count
      let text = line.dropFirst(indent)
      if text.hasPrefix("\"") {
        let name = String(text.dropFirst().prefix { $0 != "\"" })
        if indent == 4 { feature = name } else { kind = name }
      } else if let value = Double(text.filter { $0 != "," }) {
        result[feature + "/" + kind, default: []].append(value)
      }
    }
    return result
  }
}

/// What `get_feature_stats` of LeRobot 0.6.1 gives for 23 steps of the logistic map 3.9 x (1 - x) from 0.3 in float32.
private enum LeRobotReference {
  static let quantiles = [
    ("q01", 0.18106026947498322), ("q10", 0.1831088185310364), ("q50", 0.611640989780426),
    ("q90", 0.9506837606430054), ("q99", 0.9511743688583374),
  ]
}
