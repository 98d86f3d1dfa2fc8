import Glibc

/// A text file that grows line by line under a temporary name.
struct LineLog: ~Copyable {
  private let path: String
  private var file: UnsafeMutablePointer<FILE>?

  /// Opened at the first line.
  init(path: String) { self.path = path }

  deinit {
    if let file {
      fclose(file)
      unlink(path + ".part")
    }
  }

  mutating func append(_ line: [UInt8]) throws(DatasetError) {
    if file == nil { file = fopen(path + ".part", "we") }
    guard let file else { throw DatasetFolder.failure(path, "cannot be created") }
    let bytes = line + [10]
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw DatasetFolder.failure(path, "cannot be written")
    }
  }

  /// Gives the file its name, where a line was written.
  mutating func finish() throws(DatasetError) {
    guard let open = file else { return }
    let written = fflush(open) == 0 && fsync(fileno(open)) == 0
    file = nil
    guard fclose(open) == 0, written, rename(path + ".part", path) == 0 else {
      throw DatasetFolder.failure(path, "cannot be finished")
    }
  }
}
