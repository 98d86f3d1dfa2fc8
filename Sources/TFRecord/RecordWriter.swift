import Checksum
import Glibc

/// Writes a TFRecord file, record by record; a record's bytes may come piece by piece.
public struct RecordWriter: ~Copyable, Sendable {
  public let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var sum = CRC32(.castagnoli)
  private var left = 0
  /// Bytes so far.
  public private(set) var size = 0

  public init(path: String) throws(TFRecordError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    self.path = path
    guard descriptor >= 0 else {
      throw TFRecordError(.io, path, "cannot be created: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

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
    try flush()
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  private static func bytes(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

  private mutating func write(_ bytes: [UInt8]) throws(TFRecordError) {
    buffer += bytes
    size += bytes.count
    if buffer.count >= 1 << 20 { try flush() }
  }

  private mutating func flush() throws(TFRecordError) {
    var done = 0
    while done < buffer.count {
      let count = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure() -> TFRecordError {
    TFRecordError(.io, path, "cannot be written: \(String(cString: strerror(errno)))")
  }
}

extension CRC32 {
  /// As it stands in files: turned by 15 bits, and a constant added, so that checksums of checksums stay sound.
  var masked: UInt32 { (value >> 15 | value << 17) &+ 0xA282_EAD8 }
}
