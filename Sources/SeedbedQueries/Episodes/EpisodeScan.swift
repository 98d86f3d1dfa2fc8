import Parquet
import SeedbedDatasets

/// Reads some columns of all episodes, in order, some thousand rows at a time.
struct EpisodeScan: ~Copyable {
  private static let batch = 1 << 14

  private let catalog: EpisodeCatalog
  private let names: [String]
  /// The columns that are read, each once.
  private let stored: [String]
  private var table: [EpisodeTableColumn] = []
  private var lines: JSONLines?
  /// The episode that comes next.
  private var row = 0

  init(_ catalog: EpisodeCatalog, _ names: [String]) throws(DatasetError) {
    self.catalog = catalog
    self.names = names
    var stored: [String] = []
    for name in names.filter({ catalog.supplied[$0] == nil }).map({ catalog.source(of: $0) })
    where !stored.contains(name) { stored.append(name) }
    // A condition without columns still has as many rows as there are episodes.
    if stored.isEmpty { stored = [catalog.columns.first { catalog.supplied[$0.name] == nil }?.name ?? ""] }
    self.stored = stored
    if catalog.version == .v30 {
      let files = EpisodeTableFiles(catalog.folder)
      table = stored.map { EpisodeTableColumn(files, $0) }
    } else {
      lines = try JSONLines(catalog.folder, EpisodeList.linesPath)
    }
  }

  /// The columns' next rows; nil behind the last episode.
  mutating func next() throws(DatasetError) -> Evaluator? {
    let columns = lines == nil ? try nextOfTable() : try nextOfLines()
    guard let count = columns.first?.count, count > 0 else { return nil }
    let rows = row..<row + count
    row += count
    let vectors = names.map { name in
      if let texts = catalog.supplied[name] {
        return Vector.texts(rows.map { $0 < texts.count ? texts[$0] : [] }, present: nil)
      }
      let vector = columns[stored.firstIndex(of: catalog.source(of: name)) ?? 0]
      guard catalog.derived.contains(name) else { return vector }
      let rows = Evaluator(columns: [vector], count: count)
      return name == EpisodeCatalog.task
        ? rows.element(vector, 0)
        : rows.value(.arithmetic(.divided, .column(0), .number(catalog.framesPerSecond)))
    }
    return Evaluator(columns: vectors, count: count)
  }

  private mutating func nextOfTable() throws(DatasetError) -> [Vector] {
    var columns: [Vector] = []
    for i in table.indices {
      let kind = catalog.kind(stored[i])
      var column: Vector?
      for piece in try table[i].next(rows: EpisodeScan.batch) {
        let vector = Vector(piece.data, kind, rows: piece.rows)
        if column == nil { column = vector } else { column?.append(vector) }
      }
      columns.append(column ?? .nulls(0))
    }
    return columns
  }

  private mutating func nextOfLines() throws(DatasetError) -> [Vector] {
    var cells = [[JSONValue]](repeating: [], count: stored.count)
    var count = 0
    while count < EpisodeScan.batch, let line = try lines?.next()?.json {
      count += 1
      for i in stored.indices { cells[i].append(line[stored[i]] ?? .null) }
    }
    return stored.indices.map { Vector(cells[$0], catalog.kind(stored[$0])) }
  }
}

extension EpisodeCatalog {
  /// The stored column that a column comes from.
  func source(of name: String) -> String {
    guard derived.contains(name) else { return name }
    return name == EpisodeCatalog.task ? "tasks" : "length"
  }
}
