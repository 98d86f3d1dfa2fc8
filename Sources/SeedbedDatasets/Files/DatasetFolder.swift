import Files
import Glibc

/// A dataset's folder: the only place where its writers write.
package struct DatasetFolder: Sendable {
  package let path: String
  /// What is written waits for the disk. Whoever copies may leave that to the system, as `cp` does.
  package var isSynchronized = true

  /// The folder has to exist.
  package init(existing path: String) throws(DatasetError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let isMissing = OpenFile.isMissing(errno)
      var error = DatasetFolder.failure(path, "cannot be opened")
      if isMissing { error.kind = .damaged }
      throw error
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw DatasetError(.damaged, path: path, "is no folder") }
    self.path = path
  }

  package func callAsFunction(_ relative: String) -> String { path + "/" + relative }

  package static func failure(_ path: String, _ what: String) -> DatasetError {
    DatasetError(.io, path: path, "\(what): \(String(cString: strerror(errno)))")
  }

  /// Of a file that was to be read, after `errno` was set. Where there is none the system is not to blame.
  package static func unreadable(_ path: String) -> DatasetError {
    let trouble = errno
    let reason = "cannot be read: \(String(cString: strerror(trouble)))"
    return OpenFile.isMissing(trouble)
      ? DatasetError(.damaged, path: path, reason + ". Restore it") : DatasetError(.io, path: path, reason)
  }

  package func exists(_ relative: String) -> Bool { access(self(relative), F_OK) == 0 }

  /// Makes a folder below this one, with all above it.
  package func makeFolder(_ relative: String) throws(DatasetError) {
    var at = path
    for part in relative.split(separator: "/") {
      at += "/" + part
      if mkdir(at, 0o755) != 0 && errno != EEXIST { throw DatasetFolder.failure(at, "cannot be made") }
    }
  }

  /// Makes the folder that a file is to stand in, and gives the file's path.
  package func place(_ relative: String) throws(DatasetError) -> String {
    if let slash = relative.lastIndex(of: "/") { try makeFolder(String(relative[..<slash])) }
    return self(relative)
  }

  /// Writes a file under a temporary name and renames it: it is there whole or not at all.
  package func write(_ bytes: [UInt8], to relative: String) throws(DatasetError) {
    let path = try place(relative)
    let temporary = path + ".part"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw DatasetFolder.failure(path, "cannot be created") }
    var done = 0
    var ok = true
    while ok && done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + done }, $0.count - done) }
      if count < 0 && errno != EINTR { ok = false }
      done += max(count, 0)
    }
    ok = ok && (!isSynchronized || fsync(file) == 0)
    let problem = DatasetFolder.failure(path, "cannot be written")
    guard close(file) == 0, ok, rename(temporary, path) == 0 else {
      unlink(temporary)
      throw problem
    }
  }

  /// A whole file of at most `limit` bytes.
  package func read(_ relative: String, limit: Int = 1 << 30) throws(DatasetError) -> [UInt8] {
    let path = self(relative)
    // A pipe in a file's place must not be waited for.
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw DatasetFolder.unreadable(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw DatasetError(.damaged, path: path, "is no file")
    }
    let size = Int(status.st_size)
    guard size <= limit else { throw DatasetError(.damaged, path: path, "has \(size) bytes; \(limit) are the most") }
    return try DatasetFolder.read(file, path, 0..<size)
  }

  private static func read(_ file: Int32, _ path: String, _ range: Range<Int>) throws(DatasetError) -> [UInt8] {
    let (bytes, trouble) = OpenFile.read(file, range)
    if trouble != 0 {
      throw DatasetError(.io, path: path, "cannot be read: \(String(cString: strerror(trouble)))")
    }
    guard bytes.count == range.count else {
      throw DatasetError(.damaged, path: path, "became shorter while it was read")
    }
    return bytes
  }

  package func readJSON(_ relative: String, takesNonFinite: Bool = false) throws(DatasetError) -> JSONValue {
    // A document of a hundred cameras has a hundredth of that.
    let bytes = try read(relative, limit: 1 << 26)
    do {
      return try JSONParser.parse(bytes, takesNonFinite: takesNonFinite)
    } catch {
      throw DatasetError(.damaged, path: self(relative), "line \(error.line): \(error.reason)")
    }
  }

  /// Gives a file another name.
  package func move(_ old: String, to new: String) throws(DatasetError) {
    guard rename(self(old), self(new)) == 0 else { throw DatasetFolder.failure(self(new), "cannot be made") }
  }

  /// A piece of a file.
  package func read(_ relative: String, _ range: Range<Int>) throws(DatasetError) -> [UInt8] {
    let path = self(relative)
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw DatasetFolder.unreadable(path) }
    defer { close(file) }
    return try DatasetFolder.read(file, path, range)
  }

  /// The names in a folder, sorted; empty where there is none.
  package func entries(_ relative: String) -> [String] {
    guard let folder = opendir(self(relative)) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let capacity = MemoryLayout.size(ofValue: entry.pointee.d_name)
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: capacity) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
