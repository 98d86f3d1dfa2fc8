import Glibc

/// A kernel lock on a dataset's folder itself: it ends with its holder and leaves nothing behind.
struct FolderLock: ~Copyable {
  private let descriptor: Int32
  /// Whether the folder was made for this lock.
  let created: Bool

  /// Creates the folder where it is missing, and locks it.
  ///
  /// Throws at once, naming the holder, where another process has the lock.
  init(_ path: String, creating: Bool = true) throws(GenerationError) {
    while true {
      var status = stat()
      var made = false
      if lstat(path, &status) != 0 {
        guard creating, errno == ENOENT else { throw systemError("cannot open the folder \(path)") }
        try makeParents(path)
        made = mkdir(path, 0o777) == 0
        if !made && errno != EEXIST { throw systemError("cannot create the folder \(path)") }
      }
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else {
        if errno == ENOTDIR {
          throw GenerationError("\(path) exists and is not a folder. Choose another --out.", kind: .cannotWrite)
        }
        if errno == ENOENT && S_IFMT & status.st_mode == S_IFLNK {
          throw GenerationError(
            "\(path) is a symbolic link to nothing. Remove it, or choose another --out.", kind: .cannotWrite)
        }
        throw systemError("cannot open the folder \(path)")
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        let holder = FolderLock.holder(of: descriptor)
        close(descriptor)
        guard code == EWOULDBLOCK else {
          errno = code
          throw systemError("cannot lock the folder \(path)")
        }
        throw GenerationError(
          "\(path) is being written by \(holder). Wait for it to end" + (creating ? ", or choose another --out." : "."),
          kind: .cannotWrite)
      }
      // Between opening and locking, a holder that failed may have removed the folder.
      var held = stat()
      if fstat(descriptor, &held) == 0, stat(path, &status) == 0, held.st_ino == status.st_ino,
        held.st_dev == status.st_dev
      {
        self.descriptor = descriptor
        created = made
        return
      }
      close(descriptor)
    }
  }

  deinit { close(descriptor) }

  /// Who holds the lock, by the kernel's own table.
  private static func holder(of descriptor: Int32) -> String {
    var status = stat()
    guard fstat(descriptor, &status) == 0, let bytes = try? readWholeStream("/proc/locks") else {
      return "another process"
    }
    let suffix = ":\(status.st_ino)"
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.count >= 6, words[1] == "FLOCK", words[5].hasSuffix(suffix), let pid = Int(words[4]), pid > 0 else {
        continue
      }
      let command = (try? readWholeStream("/proc/\(pid)/comm")).map { String(decoding: $0.dropLast(), as: UTF8.self) }
      return "process \(pid)" + (command.map { " (\($0))" } ?? "")
    }
    return "another process"
  }
}

/// Creates all missing folders above `path`.
func makeParents(_ path: String) throws(GenerationError) {
  var trimmed = path[...]
  while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
  guard let slash = trimmed.lastIndex(of: "/"), slash > trimmed.startIndex else { return }
  try makeDirectories(String(trimmed[..<slash]))
}

/// A file whose size is not known beforehand, such as those below /proc; at most 16 MB.
func readWholeStream(_ path: String) throws(GenerationError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw systemError("cannot open \(path)", kind: .input) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while bytes.count < 1 << 24 {
    let n = read(descriptor, &buffer, buffer.count)
    if n < 0 && errno == EINTR { continue }
    guard n >= 0 else { throw systemError("cannot read \(path)", kind: .input) }
    if n == 0 { return bytes }
    bytes += buffer[..<n]
  }
  return bytes
}
