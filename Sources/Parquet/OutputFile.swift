import Glibc

/// A file that grows under a temporary name and gets its own when it is complete.
struct OutputFile: ~Copyable {
  let path: String
  private var descriptor: Int32
  private(set) var size = 0

  private var temporaryPath: String { path + ".part" }

  init(path: String) throws(ParquetError) {
    self.path = path
    descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw OutputFile.failure(path, "cannot be created") }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      unlink(path + ".part")
    }
  }

  mutating func write(_ bytes: [UInt8]) throws(ParquetError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count < 0 {
        if errno == EINTR { continue }
        throw OutputFile.failure(path, "cannot be written")
      }
      done += count
    }
    size += bytes.count
  }

  /// Appends a part of another file.
  mutating func copy(_ source: InputFile, _ range: Range<Int>) throws(ParquetError) {
    var at = range.lowerBound
    while at < range.upperBound {
      let end = min(range.upperBound, at + 1 << 20)
      try write(try source.read(at..<end))
      at = end
    }
  }

  /// Gives the file its name.
  ///
  /// - Parameter isSynchronized: Brings the bytes to the disk first.
  mutating func finish(isSynchronized: Bool) throws(ParquetError) {
    guard !isSynchronized || fsync(descriptor) == 0 else { throw OutputFile.failure(path, "cannot be written to disk") }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0, rename(temporaryPath, path) == 0 else { throw OutputFile.failure(path, "cannot be finished") }
  }

  private static func failure(_ path: String, _ what: String) -> ParquetError {
    ParquetError(.io, file: path, "\(what): \(String(cString: strerror(errno)))")
  }
}
