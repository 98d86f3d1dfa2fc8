import Glibc
import SeedbedDatasets

/// An episode's coded pictures on the disk: a record's head needs the sizes of all of them before the first is written.
final class PictureSpill {
  private let descriptor: Int32
  private let path: String
  private var size = 0

  /// - Parameter folder: For a file that loses its name at once.
  init(folder: String) throws(DatasetError) {
    path = folder + "/.pictures"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0, unlink(path) == 0 else { throw PictureSpill.failure(path) }
  }

  deinit { close(descriptor) }

  private static func failure(_ path: String) -> DatasetError {
    DatasetError(.io, path: path, "a temporary file cannot be used: \(String(cString: strerror(errno)))")
  }

  /// Forgets all.
  func clear() throws(DatasetError) {
    guard ftruncate(descriptor, 0) == 0 else { throw PictureSpill.failure(path) }
    size = 0
  }

  /// Keeps bytes, and says where.
  func add(_ bytes: [UInt8]) throws(DatasetError) -> Range<Int> {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(size + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw PictureSpill.failure(path) }
      done += count
    }
    defer { size += bytes.count }
    return size..<size + bytes.count
  }

  /// Bytes at a place; fewer where they cannot be read.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, range.count - count, range.lowerBound + count)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { return }
        count += got
      }
    }
  }
}
