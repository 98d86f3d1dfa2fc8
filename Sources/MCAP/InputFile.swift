import Glibc

/// A file open for reading at any place.
struct InputFile: ~Copyable, Sendable {
  let path: String
  let size: Int
  private let descriptor: Int32

  init(path: String) throws(MCAPError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw MCAPError(.io, path, "cannot be opened: \(String(cString: strerror(errno)))") }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw MCAPError(.io, path, "is no file")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Bytes at a place; the caller has checked that they lie within `size`.
  func read(_ range: Range<Int>) throws(MCAPError) -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, range.count - count, range.lowerBound + count)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { return }
        count += got
      }
    }
    guard bytes.count == range.count else { throw MCAPError(.io, path, "became shorter while it was read") }
    return bytes
  }
}
