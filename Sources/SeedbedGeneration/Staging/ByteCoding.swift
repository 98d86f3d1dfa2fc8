/// Writes numbers and lists little-endian, one after another.
package struct ByteWriter {
  package init() {}

  package private(set) var bytes: [UInt8] = []

  package mutating func integer(_ value: Int) { raw(UInt64(bitPattern: Int64(value))) }
  package mutating func double(_ value: Double) { raw(value.bitPattern) }
  package mutating func blob(_ value: [UInt8]) {
    integer(value.count)
    bytes += value
  }
  package mutating func text(_ value: String) { blob(Array(value.utf8)) }

  package mutating func array<T: BitwiseCopyable>(_ values: [T]) {
    integer(values.count)
    values.withUnsafeBytes { bytes += $0 }
  }

  private mutating func raw(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
}

/// Reads what `ByteWriter` wrote; every count is checked against the bytes that are there.
package struct ByteReader {
  private let bytes: [UInt8]
  private var at = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { at == bytes.count }

  package mutating func integer() throws(StagingError) -> Int {
    Int(Int64(bitPattern: try raw()))
  }

  package mutating func double() throws(StagingError) -> Double { Double(bitPattern: try raw()) }

  package mutating func blob() throws(StagingError) -> [UInt8] {
    let count = try integer()
    return Array(try take(count))
  }

  package mutating func text() throws(StagingError) -> String { String(decoding: try blob(), as: UTF8.self) }

  /// A list length that cannot exceed the remaining bytes divided by the least size of an entry.
  package mutating func count(leastBytesEach: Int) throws(StagingError) -> Int {
    let n = try integer()
    guard n >= 0, n <= (bytes.count - at) / max(1, leastBytesEach) else {
      throw StagingError("a count is out of range")
    }
    return n
  }

  package mutating func array<T: BitwiseCopyable>(of zero: T) throws(StagingError) -> [T] {
    let count = try count(leastBytesEach: MemoryLayout<T>.stride)
    let slice = try take(count * MemoryLayout<T>.stride)
    var values = [T](repeating: zero, count: count)
    values.withUnsafeMutableBytes { $0.copyBytes(from: slice) }
    return values
  }

  private mutating func take(_ count: Int) throws(StagingError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - at else { throw StagingError("it ends too early") }
    defer { at += count }
    return bytes[at..<(at + count)]
  }

  private mutating func raw() throws(StagingError) -> UInt64 {
    let slice = try take(8)
    var value: UInt64 = 0
    for (i, byte) in slice.enumerated() { value |= UInt64(byte) << UInt64(8 * i) }
    return value
  }
}

/// A staged episode that cannot be read back.
package struct StagingError: Error, CustomStringConvertible {
  package var description: String
  package init(_ description: String) { self.description = description }
}
