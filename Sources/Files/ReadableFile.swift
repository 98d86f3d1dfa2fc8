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
      let trouble = errno
      throw FileFailure(
        path: path, reason: "cannot be opened: \(String(cString: strerror(trouble)))",
        isOfTheFile: OpenFile.isMissing(trouble))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileFailure(path: path, reason: "is no file", isOfTheFile: true)
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Bytes at a place; the caller has checked that they lie within `size`.
  public func read(_ range: Range<Int>) throws(FileFailure) -> [UInt8] {
    let (bytes, trouble) = OpenFile.read(descriptor, range)
    if trouble != 0 { throw FileFailure(path: path, reason: "cannot be read: \(String(cString: strerror(trouble)))") }
    guard bytes.count == range.count else {
      throw FileFailure(path: path, reason: "became shorter while it was read", isOfTheFile: true)
    }
    return bytes
  }
}
