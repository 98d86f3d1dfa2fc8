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
