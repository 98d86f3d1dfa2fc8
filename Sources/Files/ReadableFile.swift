import Glibc

/// A file open for reading at any place. Reads copy, so that a file that shrinks meanwhile is an error and no signal.
public struct ReadableFile: ~Copyable, Sendable {
  public let path: String
  /// Bytes when it was opened.
  public let size: Int
  private let descriptor: Int32

  /// - Throws: Where it cannot be opened, or is no regular file.
  public init(path: String) throws(FileFailure) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileFailure(path: path, reason: "cannot be opened: \(String(cString: strerror(errno)))")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileFailure(path: path, reason: "is no file")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Bytes at a place; the caller has checked that they lie within `size`.
  public func read(_ range: Range<Int>) throws(FileFailure) -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, range.count - count, range.lowerBound + count)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { return }
        count += got
      }
    }
    guard bytes.count == range.count else { throw FileFailure(path: path, reason: "became shorter while it was read") }
    return bytes
  }
}
