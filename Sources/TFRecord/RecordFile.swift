import Checksum
import Files

/// A TFRecord file open for reading: the places of its records, with all checksums proved.
public struct RecordFile: ~Copyable, Sendable {
  private let file: ReadableFile

  public var path: String { file.path }
  public var size: Int { file.size }

  public init(path: String) throws(TFRecordError) {
    file = try TFRecordError.telling { () throws(FileFailure) in try ReadableFile(path: path) }
  }

  /// The data of the record that begins at a place; nil at the file's end.
  ///
  /// - Parameter isProved: Are the data read and held against their checksum?
  public func record(at start: Int, isProved: Bool = true) throws(TFRecordError) -> Range<Int>? {
    if start == size { return nil }
    guard size - start >= 16 else { throw damaged(start, "is cut off") }
    let head = try read(start..<start + 12)
    let length = head.littleEndian(0, UInt64.self)
    var sum = CRC32(.castagnoli)
    sum.add(Array(head[..<8]))
    guard head.littleEndian(8, UInt32.self) == sum.masked else {
      throw damaged(start, "has a wrong checksum of its length")
    }
    guard length <= UInt64(size - start - 16) else { throw damaged(start, "claims \(length) bytes and is cut off") }
    let data = start + 12..<start + 12 + Int(length)
    if isProved {
      var sum = CRC32(.castagnoli)
      var at = data.lowerBound
      while at < data.upperBound {
        let piece = at..<min(at + 1 << 20, data.upperBound)
        sum.add(try read(piece))
        at = piece.upperBound
      }
      let tail = try read(data.upperBound..<data.upperBound + 4)
      guard tail.littleEndian(0, UInt32.self) == sum.masked else { throw damaged(start, "has a wrong checksum") }
    }
    return data
  }

  /// Where the record behind one begins.
  public static func end(of data: Range<Int>) -> Int { data.upperBound + 4 }

  private func damaged(_ start: Int, _ reason: String) -> TFRecordError {
    TFRecordError(.damaged, path, "the record at byte \(start) \(reason)")
  }

  /// Bytes of the file.
  public func read(_ range: Range<Int>) throws(TFRecordError) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= size else {
      throw TFRecordError(.damaged, path, "bytes \(range) asked for, there are \(size)")
    }
    return try TFRecordError.telling { () throws(FileFailure) in try file.read(range) }
  }
}

extension [UInt8] {
  func littleEndian<T: FixedWidthInteger>(_ at: Int, _: T.Type) -> T {
    (0..<MemoryLayout<T>.size).reduce(0) { $0 | T(truncatingIfNeeded: self[at + $1]) << T(8 * $1) }
  }
}
