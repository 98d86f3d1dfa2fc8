import Parquet
import SeedbedDatasets

/// Finds the types of tags from their values, episode by episode.
struct TagTypes {
  private var names: [String] = []
  private var types: [String: ColumnType?] = [:]

  init(_ fields: [Field] = []) {
    names = fields.map(\.name)
    for field in fields { types[field.name] = field.type }
  }

  /// Takes a value in; lists become texts of JSON.
  mutating func add(_ name: String, _ cell: EpisodeCell) {
    if types[name] == nil {
      names.append(name)
      types[name] = .some(nil)
    }
    let own: ColumnType
    switch cell {
    case .null: return
    case .bool: own = .bool
    case .integer: own = .int64
    case .number: own = .double
    case .text, .list: own = .string
    }
    guard let known = types[name] ?? nil, known != own else {
      types[name] = own
      return
    }
    types[name] = [known, own].allSatisfy { $0 == .int64 || $0 == .double } ? .double : .string
  }

  /// In the order in which they came; what was null everywhere is a text.
  var fields: [Field] { names.map { Field($0, (types[$0] ?? nil) ?? .string) } }
  /// Those that were null everywhere.
  var empty: [String] { names.filter { (types[$0] ?? nil) == nil } }
}
