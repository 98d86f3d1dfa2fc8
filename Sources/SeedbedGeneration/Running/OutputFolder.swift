import Glibc

/// The folder that a run creates or fills. Nothing that was there before is ever touched.
struct OutputFolder {
  let path: String
  /// Whether the folder itself was made by this run.
  private let created: Bool

  /// Throws (exit 73) where the path exists and is not an empty folder, or cannot be created.
  init(_ path: String) throws(GenerationError) {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    guard !trimmed.isEmpty else {
      throw GenerationError("the output folder has an empty name. Name a folder with --out.", kind: .usage)
    }
    var status = stat()
    if stat(trimmed, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw GenerationError("\(path) exists and is not a folder. Choose another --out.", kind: .cannotWrite)
      }
      guard access(trimmed + "/.seedbed", F_OK) != 0 else {
        throw GenerationError(
          "\(path) holds an unfinished run (it was killed, or still works). Remove it, or choose another --out.",
          kind: .cannotWrite)
      }
      guard try directoryEntries(trimmed).isEmpty else {
        throw GenerationError(
          "\(path) exists and is not empty. Choose another --out, or remove it first.", kind: .cannotWrite)
      }
      guard access(trimmed, W_OK) == 0 else { throw systemError("cannot write into \(path)") }
      created = false
    } else {
      guard lstat(trimmed, &status) != 0 else {
        throw GenerationError(
          "\(path) is a symbolic link to nothing. Remove it, or choose another --out.", kind: .cannotWrite)
      }
      try makeDirectories(trimmed)
      created = true
    }
    self.path = trimmed
  }

  /// Removes what the run wrote: the folder was empty or absent before, so all of it is ours.
  func discard() {
    removeTree(path, keepingRoot: !created)
  }
}

/// Removes a folder with everything in it; links are removed, not followed.
func removeTree(_ path: String, keepingRoot: Bool = false) {
  for name in (try? directoryEntries(path)) ?? [] {
    let child = path + "/" + name
    var status = stat()
    guard lstat(child, &status) == 0 else { continue }
    if status.st_mode & S_IFMT == S_IFDIR { removeTree(child) } else { unlink(child) }
  }
  if !keepingRoot { rmdir(path) }
}
