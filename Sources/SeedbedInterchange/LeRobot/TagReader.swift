import Parquet
import SeedbedDatasets

/// Reads what a LeRobot dataset says of its episodes beyond LeRobot's own columns, in rising order of episodes.
struct TagReader: ~Copyable {
  private static let own: Set<String> = ["episode_index", "tasks", "length", "dataset_from_index", "dataset_to_index"]

  private let source: DatasetSource
  let fields: [Field]
  private let columns: [String]
  private var cells: EpisodeCells
  private var next = 0

  init(_ source: DatasetSource, _ remarks: inout Remarks) throws(DatasetError) {
    let columns = try source.episodeColumns().filter { name in
      !TagReader.own.contains(name)
        && !["stats/", "data/", "videos/", "meta/episodes/"].contains { name.hasPrefix($0) }
    }
    var types = TagTypes()
    var scan = try source.episodeCells(columns)
    while let row = try scan.next() {
      for (name, cell) in zip(columns, row) { types.add(name, cell) }
    }
    if !types.empty.isEmpty {
      remarks.note("tags that are null in all episodes: " + types.empty.joined(separator: ", "))
    }
    let cells = try source.episodeCells(columns)
    self.source = source
    self.columns = columns
    self.cells = cells
    fields = types.fields
  }

  mutating func read(_ k: Int) throws(DatasetError) -> [EpisodeCell] {
    if k < next {
      cells = try source.episodeCells(columns)
      next = 0
    }
    var row: [EpisodeCell]?
    while next <= k {
      row = try cells.next()
      next += 1
    }
    guard let row else { throw DatasetError(.damaged, path: source.path, episode: k, "it has no row") }
    return zip(row, fields).map { $0.converted(to: $1.type) }
  }
}

extension EpisodeCell {
  /// The same value as another type, as far as that takes it.
  func converted(to type: ColumnType) -> EpisodeCell {
    switch (self, type) {
    case (.null, _), (.bool, .bool), (.integer, .int64), (.number, .double), (.text, .string): self
    case (.integer(let value), .double): .number(Double(value))
    case (_, .string): .text(text)
    default: .null
    }
  }

  /// A text of the value; of lists their JSON.
  var text: String {
    switch self {
    case .text(let value): value
    default: json.line
    }
  }

  /// A value as JSON has it; lists and objects become texts.
  init(scalar json: JSONValue) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .text(value)
    case .array, .object: self = .text(json.line)
    }
  }
}
