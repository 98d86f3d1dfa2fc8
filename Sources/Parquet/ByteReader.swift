/// Reads a part of some bytes, never beyond its end.
struct ByteReader {
  let bytes: [UInt8]
  private(set) var at: Int
  let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  init(_ bytes: [UInt8]) { self.init(bytes, 0..<bytes.count) }

  var rest: Range<Int> { at..<end }
  var remaining: Int { end - at }

  mutating func byte() throws(FormatError) -> UInt8 {
    guard at < end else { throw .damaged("it ends too early") }
    at += 1
    return bytes[at - 1]
  }

  /// The place of the next `count` bytes, which are then behind.
  mutating func take(_ count: Int) throws(FormatError) -> Range<Int> {
    guard count >= 0, count <= end - at else {
      throw .damaged("\(count) bytes are announced where \(end - at) are left")
    }
    at += count
    return (at - count)..<at
  }

  mutating func varint() throws(FormatError) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let next = try byte()
      result |= UInt64(next & 127) << shift
      if next < 128 { return result }
      shift += 7
    }
    throw .damaged("a number is longer than 64 bits")
  }

  mutating func zigzag() throws(FormatError) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A count or length: not negative, and at most `limit`.
  mutating func size(atMost limit: Int) throws(FormatError) -> Int {
    let value = try varint()
    guard value <= UInt64(limit) else { throw .damaged("a length of \(value) where \(limit) is the most") }
    return Int(value)
  }

  mutating func littleEndian32() throws(FormatError) -> Int {
    let place = try take(4)
    return (0..<4).reduce(0) { $0 | Int(bytes[place.lowerBound + $1]) << (8 * $1) }
  }

  /// `count` values as they lie in memory (little endian).
  mutating func values<T: BitwiseCopyable>(_ count: Int, of type: T.Type) throws(FormatError) -> [T] {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<T>.size)
    guard !overflow else { throw .damaged("too many values") }
    let place = try take(size)
    return [T](unsafeUninitializedCapacity: count) { output, filled in
      bytes.withUnsafeBytes { all in
        UnsafeMutableRawBufferPointer(output).copyMemory(from: UnsafeRawBufferPointer(rebasing: all[place]))
      }
      filled = count
    }
  }
}
