import Parquet

/// The statistics of one feature in the table `meta/episodes` (v3.0), episode by episode, read some rows at a time.
struct StatisticsTable: Sendable {
  private var columns: [(kind: String, column: EpisodeTableColumn)]

  init(_ table: EpisodeTableFiles, feature: String) {
    columns = (SourceStatistics.kinds + FeatureStatistics.quantileNames).map {
      ($0, EpisodeTableColumn(table, "stats/\(feature)/\($0)"))
    }
  }

  /// The next episodes' statistics.
  mutating func next(rows: Int) throws(DatasetError) -> [SourceStatistics] {
    var result = [SourceStatistics](repeating: SourceStatistics(), count: rows)
    for i in columns.indices {
      let kind = columns[i].kind
      var at = 0
      for piece in try columns[i].column.next(rows: rows) {
        guard let data = piece.data, let numbers = data.numberRows(rows: piece.rows) else {
          at += piece.rows
          continue
        }
        for row in numbers {
          result[at][kind] = row.values.isEmpty ? nil : row.values
          if kind == "mean" { result[at].shape = row.shape }
          at += 1
        }
      }
      columns[i].column.rest()
    }
    return result
  }
}

/// The lines of `meta/episodes_stats.jsonl` (v2.1), found by their episode.
struct StatisticsLines: Sendable {
  static let path = "meta/episodes_stats.jsonl"

  private let folder: DatasetFolder
  /// Of each episode: its line's beginning in the file and its length; -1 where there is none.
  private var places: [(start: Int, length: Int)]
  /// Lines of episodes that there are not, or that are there twice.
  private(set) var strangers: [Int] = []

  init(_ folder: DatasetFolder, episodes: Int) throws(DatasetError) {
    self.folder = folder
    places = .init(repeating: (-1, 0), count: episodes)
    var lines = try LineReader(path: folder(StatisticsLines.path), takesUnendedLine: true)
    var number = 0
    while true {
      let start = lines.offset
      guard let bytes = try lines.next() else { break }
      number += 1
      if bytes.allSatisfy({ [32, 9, 13].contains($0) }) { continue }
      let k: Int
      if let quick = StatisticsLines.leadingEpisode(bytes) {
        k = quick
      } else {
        let json = try JSONLines.object(bytes, path: folder(StatisticsLines.path), line: number)
        k = json["episode_index"]?.integer ?? -1
      }
      if places.indices.contains(k) && places[k].start < 0 {
        places[k] = (start, bytes.count)
      } else {
        strangers.append(k)
      }
    }
  }

  /// The number in a line that begins `{"episode_index": 12`, as every writer of them does; the whole line is parsed later.
  private static func leadingEpisode(_ bytes: [UInt8]) -> Int? {
    let lead = Array("{\"episode_index\":".utf8)
    guard bytes.starts(with: lead) else { return nil }
    let digits = bytes[lead.count...].drop { $0 == 32 }.prefix { (48...57).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  var missing: [Int] { places.indices.filter { places[$0].start < 0 } }

  /// The statistics of all features of an episode; empty where it has no line.
  func statistics(_ k: Int) throws(DatasetError) -> [String: SourceStatistics] {
    let place = places[k]
    guard place.start >= 0 else { return [:] }
    let bytes = try folder.read(StatisticsLines.path, place.start..<place.start + place.length)
    let json: JSONValue
    do throws(JSONParser.Failure) {
      json = try JSONParser.parse(bytes, takesNonFinite: true)
    } catch {
      throw DatasetError(.damaged, path: folder(StatisticsLines.path), episode: k, error.reason)
    }
    guard let members = json["stats"]?.members else {
      throw DatasetError(.damaged, path: folder(StatisticsLines.path), episode: k, "its line has no 'stats'")
    }
    return Dictionary(members.map { ($0.name, SourceStatistics(json: $0.value)) }) { first, _ in first }
  }
}

extension ColumnData {
  /// The numbers of each row of a column of lists, however deep, and their extents; nil for other columns.
  fileprivate func numberRows(rows: Int) -> [(values: [Double], shape: [Int])]? {
    guard !counts.isEmpty, counts[0].count == rows, present == nil, let numbers = values.doubles else {
      guard let single = doubles(rows: rows) else { return nil }
      return single.map { ([$0], []) }
    }
    var result: [(values: [Double], shape: [Int])] = []
    result.reserveCapacity(rows)
    var at = [Int](repeating: 0, count: counts.count)
    var value = 0
    for row in 0..<rows {
      var width = 1
      var shape: [Int] = []
      var lists = 1
      at[0] = row
      for depth in counts.indices {
        let lengths = counts[depth][at[depth]..<at[depth] + lists]
        shape.append(lengths.first ?? 0)
        width = lengths.reduce(0, +)
        at[depth] += lists
        lists = width
      }
      result.append((Array(numbers[value..<value + width]), shape))
      value += width
    }
    return result
  }
}
