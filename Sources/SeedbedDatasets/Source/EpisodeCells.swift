import Parquet

/// A value of an episode's row: of the table `meta/episodes`, or of a line of `meta/episodes.jsonl`.
public enum EpisodeCell: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([EpisodeCell])
}

/// Reads columns of the episodes' metadata, all episodes in order, one row at a time: origin, outcome, draws and whatever
/// else a dataset says of its episodes.
public struct EpisodeCells: ~Copyable {
  /// Rows read at a time.
  private static let batch = 1024

  /// The columns, as asked for.
  public let columns: [String]
  private var table: [EpisodeTableColumn] = []
  private var waiting: [[EpisodeCell]] = []
  private var lines: JSONLines?
  private var at = 0
  private var left: Int

  init(_ source: DatasetSource, columns: [String]) throws(DatasetError) {
    self.columns = columns
    left = source.episodes.count
    if source.info.version == .v30 {
      let files = EpisodeTableFiles(source.folder)
      table = columns.map { EpisodeTableColumn(files, $0) }
    } else {
      lines = try JSONLines(source.folder, EpisodeList.linesPath)
    }
  }

  /// The next episode's values, one a column; null for a column that it lacks. nil behind the last episode.
  public mutating func next() throws(DatasetError) -> [EpisodeCell]? {
    guard left > 0 else { return nil }
    left -= 1
    if lines != nil {
      guard let json = try lines?.next()?.json else { return nil }
      return columns.map { EpisodeCell(json[$0] ?? .null) }
    }
    if at == (waiting.first?.count ?? 0) {
      waiting = []
      at = 0
      for i in table.indices {
        waiting.append(
          try table[i].next(rows: min(EpisodeCells.batch, left + 1)).flatMap { $0.data.cells(rows: $0.rows) })
      }
    }
    defer { at += 1 }
    return waiting.map { at < $0.count ? $0[at] : .null }
  }
}

extension DatasetSource {
  /// The names of the columns that episodes' rows have beyond statistics: LeRobot's own, and all that were added.
  public func episodeColumns() throws(DatasetError) -> [String] {
    if info.version == .v30 {
      let reader = try EpisodeTableFiles(folder).reader(0)
      return reader.fields.map(\.name).filter { !$0.hasPrefix("stats/") }
    }
    var lines = try JSONLines(folder, EpisodeList.linesPath)
    var names: [String] = []
    var known: Set<String> = []
    while let line = try lines.next() {
      for member in line.json.members ?? [] where known.insert(member.name).inserted { names.append(member.name) }
    }
    return names
  }

  /// Reads columns of the episodes' metadata; names that do not exist read as null.
  public func episodeCells(_ columns: [String]) throws(DatasetError) -> EpisodeCells {
    try EpisodeCells(self, columns: columns)
  }
}

extension EpisodeCell {
  package init(_ json: JSONValue) {
    switch json {
    case .null, .object: self = .null
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .text(value)
    case .array(let values): self = .list(values.map(EpisodeCell.init))
    }
  }
}

extension Optional<ColumnData> {
  /// A cell for each row; nulls where there is no column.
  package func cells(rows: Int) -> [EpisodeCell] {
    guard let data = self else { return .init(repeating: .null, count: rows) }
    var rest = data.values.cells[...]
    var cells = data.present?.map { $0 ? rest.popFirst() ?? .null : .null } ?? Array(rest)
    for lengths in data.counts.reversed() {
      var at = 0
      cells = lengths.map { length in
        defer { at += length }
        return .list(Array(cells[min(at, cells.count)..<min(at + length, cells.count)]))
      }
    }
    return cells
  }
}

extension Values {
  fileprivate var cells: [EpisodeCell] {
    switch self {
    case .int64(let v): v.map(EpisodeCell.integer)
    case .float(let v): v.map { .number(Double($0)) }
    case .double(let v): v.map(EpisodeCell.number)
    case .bool(let v): v.map(EpisodeCell.bool)
    case .bytes(let v): v.map { .text(String(decoding: $0, as: UTF8.self)) }
    }
  }
}
