/// The Thrift compact protocol, as far as Parquet's headers and footer use it.
struct ThriftWriter {
  enum Element: UInt8 { case int32 = 5, binary = 8, structure = 12 }

  private(set) var bytes: [UInt8] = []
  /// Of every open structure: the number of its last field.
  private var lastFields = [0]

  mutating func int16(_ field: Int, _ value: Int) { number(field, 4, value) }
  mutating func int32(_ field: Int, _ value: Int) { number(field, 5, value) }
  mutating func int64(_ field: Int, _ value: Int) { number(field, 6, value) }

  mutating func binary(_ field: Int, _ value: [UInt8]) {
    head(field, 8)
    element(value)
  }

  mutating func string(_ field: Int, _ value: String) { binary(field, Array(value.utf8)) }

  mutating func list(_ field: Int, of type: Element, count: Int) {
    head(field, 9)
    if count < 15 {
      bytes.append(UInt8(count << 4) | type.rawValue)
    } else {
      bytes.append(0xF0 | type.rawValue)
      varint(UInt64(count))
    }
  }

  /// An integer in a list.
  mutating func element(_ value: Int) { zigzag(Int64(value)) }
  /// A text or binary in a list.
  mutating func element(_ value: [UInt8]) {
    varint(UInt64(value.count))
    bytes += value
  }
  /// Elements that were coded before.
  mutating func elements(_ coded: [UInt8]) { bytes += coded }

  /// A structure in a list, up to `close`.
  mutating func open() { lastFields.append(0) }
  /// A structure in a field, up to `close`.
  mutating func open(_ field: Int) {
    head(field, 12)
    lastFields.append(0)
  }
  mutating func close() {
    bytes.append(0)
    lastFields.removeLast()
  }
  /// Ends the outermost structure.
  mutating func stop() { bytes.append(0) }

  private mutating func number(_ field: Int, _ type: UInt8, _ value: Int) {
    head(field, type)
    zigzag(Int64(value))
  }

  private mutating func head(_ field: Int, _ type: UInt8) {
    let last = lastFields.indices.last ?? 0
    let delta = field - lastFields[last]
    if delta > 0 && delta < 16 {
      bytes.append(UInt8(delta << 4) | type)
    } else {
      bytes.append(type)
      zigzag(Int64(field))
    }
    lastFields[last] = field
  }

  private mutating func zigzag(_ value: Int64) { varint(UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

  private mutating func varint(_ value: UInt64) { bytes.appendVarint(value) }
}

extension [UInt8] {
  /// Seven bits a byte, lowest first (LEB128).
  mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest > 127 {
      append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  mutating func appendLittleEndian<T: FixedWidthInteger>(_ value: T) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
