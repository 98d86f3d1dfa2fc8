/// Reads a message in the wire format of Protocol Buffers, field by field; groups are refused.
public struct MessageReader: Sendable {
  /// Bytes that are no message.
  public struct Failure: Error, Sendable, Equatable {
    public var reason: String

    public init(reason: String) { self.reason = reason }
  }

  public enum Value: Sendable, Equatable {
    case integer(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    /// The place of bytes, a text, a message or packed numbers.
    case bytes(Range<Int>)
  }

  public let bytes: [UInt8]
  private var at: Int
  private let end: Int

  /// - Parameter range: Where in `bytes` the message stands; nil for all of them.
  public init(_ bytes: [UInt8], _ range: Range<Int>? = nil) {
    let whole = bytes.startIndex..<bytes.endIndex
    self.bytes = bytes
    let range = (range ?? whole).clamped(to: whole)
    at = range.lowerBound
    end = range.upperBound
  }

  /// The next field; nil behind the last.
  public mutating func next() throws(Failure) -> (field: Int, value: Value)? {
    guard at < end else { return nil }
    let tag = try varint()
    let field = Int(truncatingIfNeeded: tag >> 3)
    guard field > 0, field < 1 << 29 else { throw Failure(reason: "a field of the number \(tag >> 3)") }
    switch tag & 7 {
    case 0: return (field, .integer(try varint()))
    case 1: return (field, .fixed64(try fixed(8)))
    case 5: return (field, .fixed32(UInt32(try fixed(4))))
    case 2:
      let length = try varint()
      guard length <= UInt64(end - at) else {
        throw Failure(reason: "field \(field) claims \(length) bytes where \(end - at) are left")
      }
      defer { at += Int(length) }
      return (field, .bytes(at..<at + Int(length)))
    default: throw Failure(reason: "field \(field) is of the unknown kind \(tag & 7)")
    }
  }

  private mutating func varint() throws(Failure) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard at < end else { throw Failure(reason: "ends within a number") }
      let byte = bytes[at]
      at += 1
      value |= UInt64(byte & 127) << shift
      if byte < 128 { return value }
    }
    throw Failure(reason: "has a number of more than ten bytes")
  }

  private mutating func fixed(_ count: Int) throws(Failure) -> UInt64 {
    guard end - at >= count else { throw Failure(reason: "ends within a number") }
    defer { at += count }
    return (0..<count).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
  }

  public func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Packed doubles, or the single one of an unpacked field.
  public func doubles(_ value: Value) throws(Failure) -> [Double] {
    switch value {
    case .fixed64(let bits): return [Double(bitPattern: bits)]
    case .bytes(let range):
      guard range.count % 8 == 0 else { throw Failure(reason: "has packed numbers of \(range.count) bytes") }
      var inner = MessageReader(bytes, range)
      var numbers: [Double] = []
      numbers.reserveCapacity(range.count / 8)
      while inner.at < inner.end { numbers.append(Double(bitPattern: try inner.fixed(8))) }
      return numbers
    default: throw Failure(reason: "has something else where doubles belong")
    }
  }

  /// Packed floats, or the single one of an unpacked field.
  public func floats(_ value: Value) throws(Failure) -> [Float] {
    switch value {
    case .fixed32(let bits): return [Float(bitPattern: bits)]
    case .bytes(let range):
      guard range.count % 4 == 0 else { throw Failure(reason: "has packed numbers of \(range.count) bytes") }
      var inner = MessageReader(bytes, range)
      var numbers: [Float] = []
      numbers.reserveCapacity(range.count / 4)
      while inner.at < inner.end { numbers.append(Float(bitPattern: UInt32(try inner.fixed(4)))) }
      return numbers
    default: throw Failure(reason: "has something else where floats belong")
    }
  }

  /// Packed integers, or the single one of an unpacked field.
  public func integers(_ value: Value) throws(Failure) -> [Int64] {
    switch value {
    case .integer(let number): return [Int64(bitPattern: number)]
    case .bytes(let range):
      var inner = MessageReader(bytes, range)
      var numbers: [Int64] = []
      while inner.at < inner.end { numbers.append(Int64(bitPattern: try inner.varint())) }
      return numbers
    default: throw Failure(reason: "has something else where integers belong")
    }
  }
}
