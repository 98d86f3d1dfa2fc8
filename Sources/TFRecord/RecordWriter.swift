import Checksum
import Files

/// Writes a TFRecord file, record by record; a record's bytes may come piece by piece.
public struct RecordWriter: ~Copyable, Sendable {
  private var file: WritableFile
  private var sum = CRC32(.castagnoli)
  private var left = 0

  public var path: String { file.path }
  /// Bytes so far.
  public var size: Int { file.size }

  public init(path: String) throws(TFRecordError) {
    file = try TFRecordError.telling { () throws(FileFailure) in try WritableFile(path: path) }
  }

  /// Begins a record of so many bytes; they follow in calls of `add`, then `end`.
  public mutating func begin(length: Int) throws(TFRecordError) {
    let head = withUnsafeBytes(of: UInt64(length).littleEndian) { Array($0) }
    var check = CRC32(.castagnoli)
    check.add(head)
    try write(head + RecordWriter.bytes(check.masked))
    sum = CRC32(.castagnoli)
    left = length
  }

  public mutating func add(_ bytes: [UInt8]) throws(TFRecordError) {
    sum.add(bytes)
    left -= bytes.count
    try write(bytes)
  }

  public mutating func end() throws(TFRecordError) {
    guard left == 0 else { throw TFRecordError(.io, path, "a record was announced \(left) bytes too long") }
    try write(RecordWriter.bytes(sum.masked))
  }

  /// Writes what is left, and to the disk.
  public consuming func finish() throws(TFRecordError) {
    do throws(FileFailure) { try file.finish() } catch { throw TFRecordError(error) }
  }

  private static func bytes(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

  private mutating func write(_ bytes: [UInt8]) throws(TFRecordError) {
    do throws(FileFailure) { try file.write(bytes) } catch { throw TFRecordError(error) }
  }
}

extension CRC32 {
  /// As it stands in files: turned by 15 bits, and a constant added, so that checksums of checksums stay sound.
  var masked: UInt32 { (value >> 15 | value << 17) &+ 0xA282_EAD8 }
}
