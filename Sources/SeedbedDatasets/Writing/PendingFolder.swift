import Glibc

/// A dataset's folder while it is being made: it stands beside its later place under another name, and takes that place
/// when it is whole. A folder that is dropped before is removed.
package struct PendingFolder: ~Copyable {
  private let place: String
  private let lock: Int32
  private var isSettled = false
  package let folder: DatasetFolder

  /// - Parameters:
  ///   - out: The later place: nothing, or an empty folder.
  ///   - isSynchronized: Its files wait for the disk.
  package init(out: String, isSynchronized: Bool = true) throws(DatasetError) {
    var place = out
    while place.count > 1, place.hasSuffix("/") { place.removeLast() }
    guard !place.isEmpty, !place.utf8.contains(0), place != "/" else {
      throw DatasetError(.invalid, path: out, "is no name for a new folder. Name a folder that does not exist.")
    }
    let slash = place.lastIndex(of: "/")
    let parent = slash.map { place[..<$0].isEmpty ? "/" : String(place[..<$0]) } ?? "."
    let name = String(slash.map { place[place.index(after: $0)...] } ?? place[...])
    guard name != "." && name != ".." else {
      throw DatasetError(.invalid, path: out, "is no name for a new folder. Name a folder that does not exist.")
    }
    try PendingFolder.requireNothing(at: place)
    try PendingFolder.makeFolders(parent)
    let path = parent + "/." + name + ".unfinished"
    if mkdir(path, 0o755) != 0 && errno != EEXIST { throw DatasetFolder.failure(path, "cannot be made") }
    var folder = try DatasetFolder(existing: path)
    folder.isSynchronized = isSynchronized
    let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard lock >= 0 else { throw DatasetFolder.failure(path, "cannot be opened") }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw DatasetError(.io, path: out, "is being written by another process. Wait for it, or name another folder.")
    }
    self.place = place
    self.lock = lock
    self.folder = folder
    // What a killed process left there.
    folder.removeContents()
  }

  private static func requireNothing(at place: String) throws(DatasetError) {
    var status = stat()
    guard lstat(place, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR, try DatasetFolder(existing: place).entries("").isEmpty else {
      throw DatasetError(.io, path: place, "exists and is not an empty folder. Name another one, or remove it first.")
    }
  }

  private static func makeFolders(_ path: String) throws(DatasetError) {
    var at = path.startIndex
    while let slash = path[at...].dropFirst().firstIndex(of: "/") {
      try makeFolder(String(path[..<slash]))
      at = slash
    }
    try makeFolder(path)
  }

  private static func makeFolder(_ path: String) throws(DatasetError) {
    var status = stat()
    if path.isEmpty || stat(path, &status) == 0 { return }
    if mkdir(path, 0o755) != 0 && errno != EEXIST { throw DatasetFolder.failure(path, "cannot be made") }
  }

  /// Gives the folder its name.
  package consuming func settle() throws(DatasetError) {
    try PendingFolder.requireNothing(at: place)
    guard rename(folder.path, place) == 0 else { throw DatasetFolder.failure(place, "cannot be finished") }
    isSettled = true
  }

  deinit {
    if !isSettled {
      folder.removeContents()
      rmdir(folder.path)
    }
    close(lock)
  }
}

extension DatasetFolder {
  /// Removes all that is in the folder; links are removed, not followed.
  package func removeContents(_ relative: String = "") {
    for name in entries(relative) {
      let inner = relative.isEmpty ? name : relative + "/" + name
      var status = stat()
      guard lstat(self(inner), &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        removeContents(inner)
        rmdir(self(inner))
      } else {
        unlink(self(inner))
      }
    }
  }
}
