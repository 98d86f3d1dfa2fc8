import Glibc

/// A file open for reading at any place.
struct InputFile: ~Copyable, Sendable {
  let descriptor: Descriptor
  let size: Int

  init(path: String) throws(VideoError) {
    let descriptor = try Descriptor(path: path, flags: O_RDONLY | O_NONBLOCK, trouble: "cannot be opened")
    var status = stat()
    guard fstat(descriptor.number, &status) == 0 else { throw descriptor.failure("cannot be examined") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw VideoError(.damaged, path, "is not a regular file") }
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  var path: String { descriptor.path }

  /// Bytes at a place; the caller has checked that they lie within `size`.
  func read(_ count: Int, at offset: Int) throws(VideoError) -> [UInt8] { try descriptor.read(count, at: offset) }
}
