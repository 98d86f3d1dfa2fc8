import FoundationEssentials

extension RunReportDocument {
  /// As a file: keys sorted, the shortest digits that read back as the same number, a line feed at the end.
  public func json() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { preconditionFailure("a report holds finite numbers only") }
    return Array(data) + [10]
  }

  /// Reads what `json()` wrote; nil where it is something else.
  public init?(json bytes: [UInt8]) {
    guard let document = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
    self = document
  }
}
