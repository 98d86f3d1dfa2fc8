import Parquet
import SeedbedDatasets

extension EpisodeCatalog {
  /// The columns of the table `meta/episodes` (v3.0); of several files all columns of the first, as LeRobot has it.
  static func tableColumns(_ folder: DatasetFolder) throws(DatasetError) -> [(name: String, kind: ValueKind)] {
    let files = EpisodeTableFiles(folder)
    guard !files.files.isEmpty else {
      throw DatasetError(.damaged, path: folder("meta/episodes"), "there is no file chunk-NNN/file-NNN.parquet in it")
    }
    var columns: [(name: String, kind: ValueKind)] = []
    for file in files.files.indices {
      let reader = try files.reader(file)
      if file == 0 {
        columns = reader.fields.map { ($0.name, kind(reader, $0.name)) }
      } else {
        for i in columns.indices where reader.leaf(columns[i].name) != nil {
          columns[i].kind = columns[i].kind.joined(with: kind(reader, columns[i].name)) ?? .other
        }
      }
    }
    return columns
  }

  private static func kind(_ reader: ParquetReader, _ name: String) -> ValueKind {
    guard let leaf = reader.leaf(name).map({ reader.leaves[$0] }) else { return .other }
    let kind: ValueKind =
      switch leaf.kind {
      case .bool: .truth
      case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .date, .time, .timestamp: .integer
      // Beyond int64 there are only doubles.
      case .uint64, .float16, .float, .double: .number
      case .string, .binary: .text
      case .null: .null
      case .fixedBinary, .decimal, .int96: .other
      }
    return leaf.listDepth > 0 ? .list(kind) : kind
  }

  /// The members of the lines of `meta/episodes.jsonl` (v2.1), in the order in which they first appear.
  static func lineColumns(_ folder: DatasetFolder) throws(DatasetError) -> [(name: String, kind: ValueKind)] {
    var columns: [(name: String, kind: ValueKind)] = []
    var places: [String: Int] = [:]
    var lines = try JSONLines(folder, EpisodeList.linesPath)
    while let line = try lines.next() {
      for member in line.json.members ?? [] {
        let kind = ValueKind(member.value)
        if let place = places[member.name] {
          if columns[place].kind != kind { columns[place].kind = columns[place].kind.joined(with: kind) ?? .other }
        } else {
          places[member.name] = columns.count
          columns.append((member.name, kind))
        }
      }
    }
    return columns
  }
}

extension ValueKind {
  init(_ json: JSONValue) {
    switch json {
    case .null: self = .null
    case .bool: self = .truth
    case .integer: self = .integer
    case .number: self = .number
    case .string: self = .text
    case .array(let values):
      var kind = ValueKind.null
      for value in values {
        let next = ValueKind(value)
        let inner = if case .list(let element) = next { element } else { next }
        kind = kind.joined(with: inner) ?? .other
      }
      self = .list(kind)
    case .object: self = .other
    }
  }
}
