import Digest
import Glibc

/// The error of the last system call, in words.
public func systemError(_ what: String, kind: GenerationError.Kind = .cannotWrite) -> GenerationError {
  let code = errno
  return GenerationError("\(what): \(String(cString: strerror(code)))", kind: kind)
}

func makeDirectory(_ path: String) throws(GenerationError) {
  if mkdir(path, 0o777) != 0 && errno != EEXIST { throw systemError("cannot create the folder \(path)") }
}

/// Creates the folder with all missing parents.
func makeDirectories(_ path: String) throws(GenerationError) {
  var at = path.startIndex
  while let slash = path[at...].dropFirst().firstIndex(of: "/") {
    if slash > path.startIndex { try makeDirectory(String(path[..<slash])) }
    at = slash
  }
  try makeDirectory(path)
}

/// Sorted names without `.` and `..`.
func directoryEntries(_ path: String) throws(GenerationError) -> [String] {
  guard let directory = opendir(path) else { throw systemError("cannot read the folder \(path)", kind: .input) }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name != "." && name != ".." { names.append(name) }
  }
  return names.sorted()
}

func readFile(_ path: String) throws(GenerationError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw systemError("cannot open \(path)", kind: .input) }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { throw systemError("cannot read \(path)", kind: .input) }
  let size = Int(status.st_size)
  var bytes = [UInt8](repeating: 0, count: size)
  var at = 0
  while at < size {
    let n = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + at }, size - at) }
    if n < 0 && errno == EINTR { continue }
    guard n > 0 else { throw systemError("cannot read \(path)", kind: .input) }
    at += n
  }
  return bytes
}

/// Writes a whole file anew; `synced`: it is on the disk when this returns.
func writeFile(_ path: String, _ bytes: [UInt8], synced: Bool = false) throws(GenerationError) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw systemError("cannot create \(path)") }
  var failed = !writeAll(descriptor, bytes)
  if synced && !failed { failed = fsync(descriptor) != 0 }
  let code = errno
  if close(descriptor) != 0 || failed {
    errno = failed ? code : errno
    throw systemError("cannot write \(bytes.count) bytes to \(path)")
  }
}

/// SHA-256 of a file, read in pieces.
func fileHash(_ path: String) throws(GenerationError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw systemError("cannot open \(path)", kind: .input) }
  defer { close(descriptor) }
  var hash = IncrementalSHA256()
  var buffer = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let n = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if n < 0 && errno == EINTR { continue }
    guard n >= 0 else { throw systemError("cannot read \(path)", kind: .input) }
    if n == 0 { return hash.finish() }
    buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<n])) }
  }
}

/// Paths of all files below a folder, relative to it.
func treeFiles(_ root: String) throws(GenerationError) -> [String] {
  var files: [String] = []
  var folders = [""]
  while let folder = folders.popLast() {
    for name in try directoryEntries(root + "/" + folder) {
      let path = folder.isEmpty ? name : folder + "/" + name
      var status = stat()
      guard lstat(root + "/" + path, &status) == 0 else { throw systemError("cannot read \(root)/\(path)") }
      if status.st_mode & S_IFMT == S_IFDIR { folders.append(path) } else { files.append(path) }
    }
  }
  return files
}
