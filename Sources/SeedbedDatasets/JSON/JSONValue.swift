/// A JSON value whose objects keep their order, so that equal values are equal bytes.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Sendable, Equatable {
    package var name: String
    package var value: JSONValue
    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  package static func integer(_ value: Int) -> JSONValue { .integer(Int64(value)) }
  package static func numbers(_ values: [Double]) -> JSONValue { .array(values.map(JSONValue.number)) }
  package static func strings(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
  package static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }

  /// A member of an object; nil for everything else.
  package subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  package var string: String? {
    if case .string(let value) = self { value } else { nil }
  }
  package var integer: Int? {
    switch self {
    case .integer(let value): Int(value)
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
  package var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }
  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}

extension JSONValue {
  /// One value a line, indented by four spaces, with a line feed at the end.
  package func indented() -> [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: 0)
    return bytes + [10]
  }

  /// On one line, without a line feed.
  package func compact() -> [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: nil)
    return bytes
  }

  private func write(to bytes: inout [UInt8], indent: Int?) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): bytes.append(contentsOf: "\(value)".utf8)
    // No JSON has infinities; what is finite prints as the shortest text that reads back equal.
    case .number(let value): bytes.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
    case .string(let value): JSONValue.write(value, to: &bytes)
    case .array(let values):
      JSONValue.write(values, in: "[", "]", to: &bytes, indent) { $0.write(to: &$1, indent: $2) }
    case .object(let members):
      JSONValue.write(members, in: "{", "}", to: &bytes, indent) { member, bytes, indent in
        JSONValue.write(member.name, to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        member.value.write(to: &bytes, indent: indent)
      }
    }
  }

  private static func write<T>(
    _ items: [T], in open: Character, _ close: Character, to bytes: inout [UInt8], _ indent: Int?,
    _ item: (T, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(contentsOf: open.utf8)
    for (i, value) in items.enumerated() {
      if i > 0 { bytes.append(contentsOf: (indent == nil ? ", " : ",").utf8) }
      if let indent { bytes += [10] + [UInt8](repeating: 32, count: 4 * (indent + 1)) }
      item(value, &bytes, indent.map { $0 + 1 })
    }
    if let indent, !items.isEmpty { bytes += [10] + [UInt8](repeating: 32, count: 4 * indent) }
    bytes.append(contentsOf: close.utf8)
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x00..<0x20, 0x7F:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
