/// Reads JSON (RFC 8259), strictly; a member that stands twice is an error. Python's `NaN` and `Infinity` are no JSON, but
/// stand in files of other programs: they are read where the caller wants to judge them himself.
package struct JSONParser {
  /// What is wrong and where, counted from 1.
  package struct Failure: Error { package var line: Int, reason: String }

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0
  private let takesNonFinite: Bool

  package static func parse(_ bytes: [UInt8], takesNonFinite: Bool = false) throws(Failure) -> JSONValue {
    var parser = JSONParser(bytes, takesNonFinite)
    let value = try parser.value()
    parser.skipSpace()
    guard parser.at == bytes.count else { throw parser.failure("something stands behind the end") }
    return value
  }

  private init(_ bytes: [UInt8], _ takesNonFinite: Bool) {
    self.bytes = bytes
    self.takesNonFinite = takesNonFinite
  }

  private func failure(_ reason: String) -> Failure {
    Failure(line: 1 + bytes[..<min(at, bytes.count)].count { $0 == 10 }, reason: reason)
  }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 32 || bytes[at] == 10 || bytes[at] == 13 || bytes[at] == 9 { at += 1 }
  }

  private var next: UInt8 { at < bytes.count ? bytes[at] : 0 }

  private mutating func take(_ text: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes[at...].starts(with: wanted) else { return false }
    at += wanted.count
    return true
  }

  private mutating func value() throws(Failure) -> JSONValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 128 else { throw failure("it is nested too deeply") }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t") where take("true"): return .bool(true)
    case UInt8(ascii: "f") where take("false"): return .bool(false)
    case UInt8(ascii: "n") where take("null"): return .null
    case UInt8(ascii: "N") where takesNonFinite && take("NaN"): return .number(.nan)
    case UInt8(ascii: "I") where takesNonFinite && take("Infinity"): return .number(.infinity)
    case UInt8(ascii: "-") where takesNonFinite && take("-Infinity"): return .number(-.infinity)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure(at < bytes.count ? "no value where one belongs" : "it ends too early")
    }
  }

  private mutating func array() throws(Failure) -> [JSONValue] {
    at += 1
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return values }
    while true {
      values.append(try value())
      skipSpace()
      if take("]") { return values }
      guard take(",") else { throw failure("a list lacks ',' or ']'") }
    }
  }

  private mutating func object() throws(Failure) -> [JSONValue.Member] {
    at += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return members }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw failure("a member without a name") }
      let name = try string()
      guard names.insert(name).inserted else { throw failure("'\(name)' stands twice in one object") }
      skipSpace()
      guard take(":") else { throw failure("no ':' behind '\(name)'") }
      members.append(.init(name, try value()))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw failure("an object lacks ',' or '}'") }
    }
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = at
    scan: while at < bytes.count {
      switch bytes[at] {
      case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: at += 1  // digits, + - . E e
      default: break scan
      }
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw failure("'\(text)' is no number") }
    return .number(value)
  }

  private mutating func string() throws(Failure) -> String {
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let result = String(validating: text, as: UTF8.self) else { throw failure("a text is not UTF-8") }
        return result
      case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
      case 0..<32: throw failure("a control character stands in a text")
      default: text.append(byte)
      }
    }
    throw failure("a text does not end")
  }

  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    let kind = next
    at += 1
    switch kind {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
    case UInt8(ascii: "u"):
      let first = try hexadecimal()
      if let scalar = Unicode.Scalar(first) { return scalar }
      guard (0xD800..<0xDC00).contains(first), take("\\u") else { throw failure("half a surrogate pair") }
      let second = try hexadecimal()
      guard (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      else { throw failure("half a surrogate pair") }
      return scalar
    default: throw failure("an unknown escape in a text")
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    guard at + 4 <= bytes.count, let value = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw failure("'\\u' without four hexadecimal digits") }
    at += 4
    return value
  }
}

extension JSONValue {
  /// nil where the bytes are no JSON.
  package init?(parsing bytes: [UInt8]) {
    guard let value = try? JSONParser.parse(bytes) else { return nil }
    self = value
  }
}
