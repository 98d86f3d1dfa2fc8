/// Reads a record's content: little-endian numbers, texts and maps behind their lengths.
struct ContentReader: Sendable {
  struct Failure: Error { var reason: String }

  private let bytes: [UInt8]
  private var at: Int
  private let end: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    at = 0
    end = bytes.count
  }

  private init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { at == end }
  /// What has not been read.
  var rest: [UInt8] { Array(bytes[at..<end]) }

  mutating func number<T: FixedWidthInteger>(_: T.Type) throws(Failure) -> T {
    let width = MemoryLayout<T>.size
    guard end - at >= width else { throw Failure(reason: "ends within a number") }
    defer { at += width }
    return (0..<width).reduce(0) { $0 | T(truncatingIfNeeded: bytes[at + $1]) << T(8 * $1) }
  }

  /// A part behind its length, a number of a type.
  mutating func part<T: FixedWidthInteger & UnsignedInteger>(_ type: T.Type) throws(Failure) -> ContentReader {
    let length = UInt64(try number(type))
    guard length <= UInt64(end - at) else { throw Failure(reason: "claims \(length) bytes where \(end - at) are left") }
    defer { at += Int(length) }
    return ContentReader(bytes, at..<at + Int(length))
  }

  mutating func text() throws(Failure) -> String { String(decoding: try part(UInt32.self).rest, as: UTF8.self) }

  mutating func map() throws(Failure) -> [String: String] {
    var inner = try part(UInt32.self)
    var values: [String: String] = [:]
    while !inner.isAtEnd {
      let key = try inner.text()
      values[key] = try inner.text()
    }
    return values
  }
}
