import Glibc

/// A text file that grows line by line under a temporary name.
package struct LineLog: ~Copyable {
  private let path: String
  private var file: UnsafeMutablePointer<FILE>?
  /// Those of the file that it goes on with, and its own.
  package private(set) var lines = 0

  /// Opened at the first line.
  package init(path: String) { self.path = path }

  /// Begins with all lines of another file, where there is one.
  static func continuing(_ source: String?, path: String) throws(DatasetError) -> LineLog {
    var log = LineLog(path: path)
    guard let source else { return log }
    guard let input = fopen(source, "re") else { throw DatasetFolder.unreadable(source) }
    defer { fclose(input) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var last: UInt8 = 10
    while true {
      let count = fread(&buffer, 1, buffer.count, input)
      if count == 0 { break }
      log.lines += buffer[..<count].count { $0 == 10 }
      last = buffer[count - 1]
      try log.write(buffer, count)
    }
    guard ferror(input) == 0 else { throw DatasetFolder.failure(source, "cannot be read") }
    guard last == 10 else { throw DatasetError(.damaged, path: source, "its last line does not end") }
    return log
  }

  deinit {
    if let file {
      fclose(file)
      unlink(path + ".part")
    }
  }

  package mutating func append(_ line: [UInt8]) throws(DatasetError) {
    try write(line + [10], line.count + 1)
    lines += 1
  }

  private mutating func write(_ bytes: [UInt8], _ count: Int) throws(DatasetError) {
    if file == nil { file = fopen(path + ".part", "we") }
    guard let file else { throw DatasetFolder.failure(path, "cannot be created") }
    guard fwrite(bytes, 1, count, file) == count else { throw DatasetFolder.failure(path, "cannot be written") }
  }

  /// Gives the file its name, where a line was written.
  ///
  /// - Parameter isSynchronized: Brings it to the disk first.
  package mutating func finish(isSynchronized: Bool = true) throws(DatasetError) {
    guard let open = file else { return }
    let written = fflush(open) == 0 && (!isSynchronized || fsync(fileno(open)) == 0)
    file = nil
    guard fclose(open) == 0, written, rename(path + ".part", path) == 0 else {
      throw DatasetFolder.failure(path, "cannot be finished")
    }
  }
}
