import Files
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
    guard number < 0 else { return }
    let reason = errno
    var error = failure(trouble, reason)
    if flags & O_ACCMODE == O_RDONLY, OpenFile.isMissing(reason) { error.kind = .damaged }
    throw error
  }

  func failure(_ what: String, _ trouble: Int32 = errno) -> VideoError {
    VideoError(.file, path, "\(what): \(String(cString: strerror(trouble)))")
  }

  /// Bytes at a place, which has to be within the file.
  func read(_ count: Int, at offset: Int) throws(VideoError) -> [UInt8] {
    let (bytes, trouble) = OpenFile.read(number, offset..<offset + count)
    if trouble != 0 { throw failure("cannot be read", trouble) }
    guard bytes.count == count else { throw VideoError(.damaged, path, "became shorter while it was read") }
    return bytes
  }

  func write(_ bytes: [UInt8], at offset: Int) throws(VideoError) {
    let trouble = OpenFile.write(number, bytes, at: offset)
    if trouble != 0 { throw failure("cannot be written", trouble) }
  }

  deinit {
    if number >= 0 { close(number) }
  }
}
