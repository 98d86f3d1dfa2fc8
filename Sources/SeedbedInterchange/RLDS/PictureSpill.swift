import Files
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

  private static func failure(_ path: String, _ trouble: Int32 = errno) -> DatasetError {
    DatasetError(.io, path: path, "a temporary file cannot be used: \(String(cString: strerror(trouble)))")
  }

  /// Forgets all.
  func clear() throws(DatasetError) {
    guard ftruncate(descriptor, 0) == 0 else { throw PictureSpill.failure(path) }
    size = 0
  }

  /// Keeps bytes, and says where.
  func add(_ bytes: [UInt8]) throws(DatasetError) -> Range<Int> {
    let trouble = OpenFile.write(descriptor, bytes, at: size)
    guard trouble == 0 else { throw PictureSpill.failure(path, trouble) }
    defer { size += bytes.count }
    return size..<size + bytes.count
  }

  /// Bytes at a place; fewer where they cannot be read.
  func bytes(_ range: Range<Int>) -> [UInt8] { OpenFile.read(descriptor, range).bytes }
}
