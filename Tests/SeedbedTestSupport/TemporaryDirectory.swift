import Glibc

/// A fresh folder under TMPDIR (or /tmp) that is removed with its contents when the value goes away.
public struct TemporaryDirectory: ~Copyable {
  public let path: String

  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// - Parameter inMemory: On the file system that lives in memory, where there is one: for what writes and syncs a
  ///   thousand files.
  public init(inMemory: Bool = false) throws {
    let given = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let base = inMemory && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : given
    var template = Array((base + "/seedbed-test-XXXXXX").utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Failure(description: "no temporary folder in \(base): \(String(cString: strerror(errno)))")
    }
    path = String(cString: made)
  }

  /// The path of an entry of the folder; nothing is created.
  public func file(_ name: String) -> String { path + "/" + name }

  deinit { removeTree(path) }
}

/// Removes a file, or a folder with everything in it; symbolic links are not followed.
public func removeTree(_ path: String) {
  guard let folder = opendir(path) else {
    unlink(path)
    return
  }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  closedir(folder)
  for name in names {
    let child = path + "/" + name
    var status = stat()
    if lstat(child, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR { removeTree(child) } else { unlink(child) }
  }
  rmdir(path)
}

/// A file's bytes.
public func readFile(_ path: String) throws -> [UInt8] {
  guard let file = fopen(path, "rb") else {
    throw TemporaryDirectory.Failure(description: "\(path): \(String(cString: strerror(errno)))")
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return bytes }
    bytes.append(contentsOf: chunk[..<count])
  }
}

/// Writes a file, replacing one that is there.
public func writeFile(_ path: String, _ bytes: some Sequence<UInt8>) throws {
  guard let file = fopen(path, "wb") else {
    throw TemporaryDirectory.Failure(description: "\(path): \(String(cString: strerror(errno)))")
  }
  let array = Array(bytes)
  let written = fwrite(array, 1, array.count, file)
  guard fclose(file) == 0, written == array.count else {
    throw TemporaryDirectory.Failure(description: "\(path): short write")
  }
}

/// The names in a folder, sorted.
public func folderNames(_ path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// All files below a folder with their bytes, by their paths in it.
public func fileTree(_ path: String) throws -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  for name in folderNames(path) {
    var status = stat()
    guard lstat(path + "/" + name, &status) == 0 else { continue }
    if status.st_mode & S_IFMT == S_IFDIR {
      for (inner, bytes) in try fileTree(path + "/" + name) { files[name + "/" + inner] = bytes }
    } else {
      files[name] = try readFile(path + "/" + name)
    }
  }
  return files
}

/// Makes a folder, where there is none.
public func makeFolder(_ path: String) throws {
  guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
    throw TemporaryDirectory.Failure(description: "\(path): \(String(cString: strerror(errno)))")
  }
}
