extension SourceFeature {
  /// An entry of `features`, as `meta/info.json` has it; nil where it makes no sense.
  package init?(entry: JSONValue.Member) {
    var findings = FindingList()
    self.init(entry, findings: &findings)
    if findings.errorCount > 0 { return nil }
  }

  /// The same feature under another name.
  package func renamed(_ name: String) -> SourceFeature {
    var copy = self
    copy.name = name
    return copy
  }

  /// As LeRobot's tables hold it: integers of 64 bits, and no floats of 16.
  package var writable: SourceFeature {
    guard kind == .numbers, !["float32", "float64", "int64", "bool"].contains(dataType) else { return self }
    let type = dataType == "float16" ? "float32" : "int64"
    let members = (json.members ?? []).map { $0.name == "dtype" ? JSONValue.Member("dtype", .string(type)) : $0 }
    return SourceFeature(entry: .init(name, .object(members))) ?? self
  }
}

extension JSONValue {
  /// On one line.
  package var line: String { String(decoding: compact(), as: UTF8.self) }
}

extension EpisodeCell {
  package var json: JSONValue {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .text(let value): .string(value)
    case .list(let cells): .array(cells.map(\.json))
    }
  }
}
