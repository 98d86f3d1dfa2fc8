import Glibc

/// A file open for reading at any place. Reads copy, so that a file that shrinks meanwhile is an error and no signal.
final class InputFile: Sendable {
  let path: String
  let size: Int
  private let descriptor: Int32

  init(path: String) throws(ParquetError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    var status = stat()
    if descriptor < 0 || fstat(descriptor, &status) != 0 {
      throw ParquetError(.io, file: path, "cannot be read: \(String(cString: strerror(errno)))")
    }
    size = Int(status.st_size)
    guard status.st_mode & S_IFMT == S_IFREG else { throw ParquetError(.io, file: path, "is no file") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func read(_ range: Range<Int>) throws(ParquetError) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= size else {
      throw ParquetError(.damaged, file: path, "it has \(size) bytes; \(range.upperBound) are needed")
    }
    var failed: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, range.count - count, range.lowerBound + count)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 {
          failed = got == 0 ? EIO : errno
          return
        }
        count += got
      }
    }
    guard failed == 0 else {
      throw ParquetError(.io, file: path, "cannot be read: \(String(cString: strerror(failed)))")
    }
    return bytes
  }
}
