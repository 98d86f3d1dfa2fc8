import Glibc

/// A file that is written at any place.
struct OutputDescriptor: ~Copyable {
  private static let piece = 4 << 20

  private let descriptor: Int32
  private let path: String

  init(path: String) throws(VideoError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw VideoError(.file, path, "is no file name") }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be created") }
    self.descriptor = descriptor
    self.path = path
  }

  private static func failure(_ path: String, _ what: String) -> VideoError {
    VideoError(.file, path, "\(what): \(String(cString: strerror(errno)))")
  }

  func write(_ bytes: [UInt8], at offset: Int) throws(VideoError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(offset + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path, "cannot be written") }
      done += count
    }
  }

  /// A part of another file: inside the kernel, or in pieces through memory where it cannot do that.
  func copy(_ source: borrowing InputFile, _ range: Range<Int>, to place: Int) throws(VideoError) {
    var at = range.lowerBound
    while at < range.upperBound {
      let count = source.copy(at..<range.upperBound, to: descriptor, at: place + at - range.lowerBound)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      at += count
    }
    while at < range.upperBound {
      let bytes = try source.read(min(Self.piece, range.upperBound - at), at: at)
      try write(bytes, at: place + at - range.lowerBound)
      at += bytes.count
    }
  }

  func finish(isSynchronized: Bool) throws(VideoError) {
    if isSynchronized, fsync(descriptor) != 0 { throw Self.failure(path, "cannot be written to disk") }
  }

  deinit { close(descriptor) }
}
