import Glibc

/// A folder that a command creates or fills, for as long as its lock is held. Nothing that was there before is touched.
struct OutputFolder: ~Copyable {
  let folder: RunFolder
  let lock: FolderLock
  var path: String { folder.path }

  /// Throws (exit 73) where the path is no folder, cannot be created, or is being written by another process.
  init(_ path: String) throws(GenerationError) {
    guard !path.isEmpty else {
      throw GenerationError("the output folder has an empty name. Name a folder with --out.", kind: .usage)
    }
    let folder = RunFolder(path)
    let lock = try FolderLock(folder.path)
    self.folder = folder
    self.lock = lock
  }

  /// Throws where the folder holds anything.
  borrowing func requireEmpty() throws(GenerationError) {
    switch try folder.content() {
    case .empty: break
    case .unfinished:
      throw GenerationError(
        "\(path) holds an unfinished run. Go on with it by --resume, or choose another --out.", kind: .cannotWrite)
    case .finished, .foreign:
      throw GenerationError(
        "\(path) exists and is not empty. Choose another --out, or remove it first.", kind: .cannotWrite)
    }
    guard access(path, W_OK) == 0 else { throw systemError("cannot write into \(path)") }
  }

  /// Removes what the run wrote, where the folder was empty or absent before: all of it is ours.
  borrowing func discard() { removeTree(path, keepingRoot: !lock.created) }
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
