/// Writes a message in the wire format of Protocol Buffers, field by field. (The few messages of robots' recordings need
/// forty lines; a code generator and its run-time library would be a hundred thousand.)
public struct MessageWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  private mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 128 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 128)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  private mutating func tag(_ field: Int, _ kind: UInt64) { varint(UInt64(field) << 3 | kind) }

  /// An integer, truth value or enumeration.
  public mutating func integer(_ field: Int, _ value: Int64) {
    tag(field, 0)
    varint(UInt64(bitPattern: value))
  }

  public mutating func double(_ field: Int, _ value: Double) {
    tag(field, 1)
    bytes.append(contentsOf: littleEndian(value.bitPattern))
  }

  public mutating func text(_ field: Int, _ value: String) { self.bytes(field, value.utf8) }

  public mutating func bytes(_ field: Int, _ value: some Collection<UInt8>) {
    tag(field, 2)
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  public mutating func message(_ field: Int, _ body: (inout MessageWriter) -> Void) {
    var inner = MessageWriter()
    body(&inner)
    bytes(field, inner.bytes)
  }

  /// Integers behind one another, without a tag for each.
  public mutating func packed(_ field: Int, integers: some Collection<Int64>) {
    var inner = MessageWriter()
    for value in integers { inner.varint(UInt64(bitPattern: value)) }
    bytes(field, inner.bytes)
  }

  public mutating func packed(_ field: Int, floats: some Collection<Float>) {
    var inner: [UInt8] = []
    inner.reserveCapacity(4 * floats.count)
    for value in floats { inner.append(contentsOf: littleEndian(value.bitPattern)) }
    bytes(field, inner)
  }

  public mutating func packed(_ field: Int, doubles: some Collection<Double>) {
    var inner: [UInt8] = []
    inner.reserveCapacity(8 * doubles.count)
    for value in doubles { inner.append(contentsOf: littleEndian(value.bitPattern)) }
    bytes(field, inner)
  }

  /// The head of a field of bytes that the caller writes behind it.
  public static func head(_ field: Int, length: Int) -> [UInt8] {
    var writer = MessageWriter()
    writer.tag(field, 2)
    writer.varint(UInt64(length))
    return writer.bytes
  }
}

private func littleEndian<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
