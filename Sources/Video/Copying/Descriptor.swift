import Glibc

/// An open file, closed when its last user goes.
final class Descriptor: Sendable {
  let number: Int32
  let path: String

  /// - Parameter trouble: What is said where it cannot be opened.
  init(path: String, flags: Int32, trouble: String) throws(VideoError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw VideoError(.file, path, "is no file name") }
    number = open(path, flags | O_CLOEXEC, 0o644)
    self.path = path
    guard number >= 0 else { throw failure(trouble) }
  }

  func failure(_ what: String) -> VideoError {
    VideoError(.file, path, "\(what): \(String(cString: strerror(errno)))")
  }

  /// Bytes at a place, which has to be within the file.
  func read(_ count: Int, at offset: Int) throws(VideoError) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(number, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        if got <= 0 {
          failed = got < 0
          return
        }
        filled += got
      }
    }
    if failed { throw failure("cannot be read") }
    guard bytes.count == count else { throw VideoError(.damaged, path, "became shorter while it was read") }
    return bytes
  }

  func write(_ bytes: [UInt8], at offset: Int) throws(VideoError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(number, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(offset + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure("cannot be written") }
      done += count
    }
  }

  deinit {
    if number >= 0 { close(number) }
  }
}
