import Glibc

/// A new file that is written from front to back, a megabyte at a time.
public struct WritableFile: ~Copyable, Sendable {
  private static let piece = 1 << 20

  public let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Bytes so far.
  public private(set) var size = 0

  /// Opens the file, replacing one that is there.
  public init(path: String) throws(FileFailure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    self.path = path
    guard descriptor >= 0 else { throw failure("created") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  public mutating func write(_ bytes: [UInt8]) throws(FileFailure) {
    buffer += bytes
    size += bytes.count
    if buffer.count >= Self.piece { try flush() }
  }

  /// Writes what is left, and brings all to the disk.
  public consuming func finish() throws(FileFailure) {
    try flush()
    guard fsync(descriptor) == 0 else { throw failure("written") }
  }

  private mutating func flush() throws(FileFailure) {
    var done = 0
    while done < buffer.count {
      let count = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure("written") }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure(_ what: String) -> FileFailure {
    FileFailure(path: path, reason: "cannot be \(what): \(String(cString: strerror(errno)))")
  }
}
