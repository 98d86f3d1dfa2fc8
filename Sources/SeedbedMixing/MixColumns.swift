import Parquet
import SeedbedDatasets

/// The episode columns that a mix has beyond LeRobot's own: what any source says of its episodes, and where each is from.
struct MixColumns {
  /// "real", "sim" or what the user says.
  static let origin = "origin"
  /// The source's name; of a mix of mixes both names.
  static let source = "mix.source"
  /// The episode's number in its source.
  static let episode = "mix.episode"
  /// How often the episode stands in the mix before this one.
  static let repetition = "mix.repetition"
  /// The frame feature that says it too: 0 real, 1 simulated, 2 anything else.
  static let frameOrigin = "sim.origin"

  /// The name and type of each column.
  let fields: [Field]
  /// The places in `fields` of those that sources have, by their names.
  let inherited: [String]
  /// Columns whose types differ, for people.
  let notes: [String]

  /// - Throws: Where a source's columns cannot be read.
  init(_ sources: [MixSource], hasRepetitions: Bool) throws(DatasetError) {
    var types: [(name: String, type: ColumnType)] = []
    var origins: [String: [(source: String, type: ColumnType)]] = [:]
    for source in sources {
      for (name, type) in try Self.columns(of: source) {
        origins[name, default: []].append((source.name, type))
        if let at = types.firstIndex(where: { $0.name == name }) {
          types[at].type = Self.common(types[at].type, type, name)
        } else {
          types.append((name, type))
        }
      }
    }
    notes = types.compactMap { name, type in
      let given = origins[name] ?? []
      guard type == .string, given.contains(where: { $0.type != .string }) else { return nil }
      return "the episodes' column '\(name)' is stored as text: it is "
        + given.map { "\(Self.title($0.type)) in '\($0.source)'" }.joined(separator: ", ")
    }
    types.removeAll { [Self.origin, Self.source, Self.episode, Self.repetition].contains($0.name) }
    inherited = types.map(\.name)
    fields =
      [Field(Self.origin, .string), Field(Self.source, .string), Field(Self.episode, .int64)]
      + (hasRepetitions ? [Field(Self.repetition, .int64)] : []) + types.map { Field($0.name, $0.type) }
  }

  /// LeRobot's own columns, and those of files.
  private static let own: Set<String> = [
    "episode_index", "tasks", "length", "data/chunk_index", "data/file_index", "dataset_from_index",
    "dataset_to_index", "meta/episodes/chunk_index", "meta/episodes/file_index",
  ]

  private static func columns(of source: MixSource) throws(DatasetError) -> [(String, ColumnType)] {
    let names = try source.data.episodeColumns().filter {
      !own.contains($0) && !$0.hasPrefix("videos/") && !$0.hasPrefix("stats/")
    }
    if names.isEmpty { return [] }
    // Types are those of the values: lines of JSON declare none, and tools change those of tables.
    var types = [ColumnType?](repeating: nil, count: names.count)
    var cells = try source.data.episodeCells(names)
    while let row = try cells.next() {
      for (i, cell) in row.enumerated() {
        guard let type = type(of: cell) else { continue }
        types[i] = types[i].map { common($0, type, names[i]) } ?? type
      }
    }
    // A column of nulls alone says nothing.
    return zip(names, types).compactMap { name, type in type.map { (name, $0) } }
  }

  private static func title(_ type: ColumnType) -> String {
    switch type {
    case .bool: "true or false"
    case .string: "text"
    case .list: "a list"
    default: "a number"
    }
  }

  static func type(of cell: EpisodeCell) -> ColumnType? {
    switch cell {
    case .null: nil
    case .bool: .bool
    case .integer: .int64
    case .number: .double
    case .text: .string
    case .list(let cells):
      cells.reduce(ColumnType?.none) { known, cell in
        guard let type = type(of: cell) else { return known }
        return known.map { common($0, type, "") } ?? type
      }.map { .list($0) }
    }
  }

  static func common(_ a: ColumnType, _ b: ColumnType, _ name: String) -> ColumnType {
    if a == b { return a }
    switch (a, b) {
    // LeRobot's merge turns whole numbers into doubles where other rows have none.
    case (.int64, .double), (.double, .int64): return wholeNumbers.contains(name) ? .int64 : .double
    case (.list(let x), .list(let y)): return .list(common(x, y, name))
    default: return .string
    }
  }

  private static let wholeNumbers: Set<String> = ["sim.seed", "sim.episode", "failure.frame"]

  /// A row's cells of the inherited columns.
  func cells(_ row: [EpisodeCell]) -> [ColumnData] {
    zip(fields.suffix(inherited.count), row).map { MixColumns.data($1, $0.type) }
  }

  static func data(_ cell: EpisodeCell, _ type: ColumnType) -> ColumnData {
    switch type {
    case .int64: return .nullable([cell.whole])
    case .double: return .nullable([cell.double])
    case .bool: return .nullable([cell.truth])
    case .string: return .nullable([cell.string])
    case .list(let element):
      guard case .list(let cells) = cell else { return ColumnData(empty(element), counts: [[0]]) }
      let parts = cells.map { data($0, element) }
      guard var all = parts.first else { return ColumnData(empty(element), counts: [[0]]) }
      for part in parts.dropFirst() { all.append(part) }
      all.counts.insert([cells.count], at: 0)
      return all
    default: return .nullable([String?.none])
    }
  }

  private static func empty(_ type: ColumnType) -> Values {
    switch type {
    case .int64: .int64([])
    case .double: .double([])
    case .bool: .bool([])
    default: .bytes([])
    }
  }
}

extension EpisodeCell {
  var whole: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }

  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  var truth: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// Any single value as a text.
  var string: String? {
    switch self {
    case .null, .list: nil
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): value
    }
  }
}

extension JSONValue {
  /// The value of a single row's cell; nil for lists of lists.
  init?(_ cell: ColumnData) {
    guard cell.counts.count < 2 else { return nil }
    let values: [JSONValue] =
      switch cell.values {
      case .int64(let v): v.map { .integer($0) }
      case .float(let v): v.map { .number(Double($0)) }
      case .double(let v): v.map { .number($0) }
      case .bool(let v): v.map { .bool($0) }
      case .bytes(let v): v.map { .string(String(decoding: $0, as: UTF8.self)) }
      }
    self = cell.counts.isEmpty ? values.first ?? .null : .array(values)
  }
}
