import CLinux
import Glibc

/// A file open for reading at any place.
struct InputFile: ~Copyable, Sendable {
  private let descriptor: Int32
  let path: String
  let size: Int

  init(path: String) throws(VideoError) {
    guard !path.utf8.contains(0) else { throw VideoError(.file, path, "is no file name") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened") }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = Self.failure(path, "cannot be examined")
      close(descriptor)
      throw error
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw VideoError(.file, path, "is not a regular file")
    }
    self.descriptor = descriptor
    self.path = path
    size = Int(status.st_size)
  }

  /// Bytes at a place; the caller has checked that they lie within `size`.
  func read(_ count: Int, at offset: Int) throws(VideoError) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        if got <= 0 {
          failed = got < 0
          return
        }
        filled += got
      }
    }
    if failed { throw Self.failure(path, "cannot be read") }
    guard bytes.count == count else { throw VideoError(.damaged, path, "became shorter while it was read") }
    return bytes
  }

  /// Copies bytes to another file inside the kernel: how many, or -1 with `errno`.
  func copy(_ range: Range<Int>, to output: Int32, at place: Int) -> Int {
    var from = range.lowerBound, to = place
    return copy_file_range(descriptor, &from, output, &to, UInt(range.count), 0)
  }

  private static func failure(_ path: String, _ what: String) -> VideoError {
    VideoError(.file, path, "\(what): \(String(cString: strerror(errno)))")
  }

  deinit { close(descriptor) }
}
