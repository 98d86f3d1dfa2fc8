import Glibc
import SeedbedDatasets

/// A file while it is being made: it stands beside its later place under another name, and takes that place when it is whole.
final class PendingFile {
  private let place: String
  /// Where it is written.
  let path: String
  private var isSettled = false

  /// - Parameter out: The later place: nothing.
  init(out: String) throws(DatasetError) {
    guard !out.isEmpty, !out.hasSuffix("/"), !out.utf8.contains(0) else {
      throw DatasetError(.invalid, path: out, "is no name for a file. Name one that does not exist.")
    }
    place = out
    let slash = out.lastIndex(of: "/")
    let name = slash.map { out[out.index(after: $0)...] } ?? out[...]
    let parent = slash.map { String(out[...$0]) } ?? ""
    path = parent + "." + name + ".unfinished"
    try requireNothing()
    var status = stat()
    if !parent.isEmpty, stat(parent, &status) != 0 {
      throw DatasetError(.io, path: parent, "there is no such folder. Make it first.")
    }
  }

  private func requireNothing() throws(DatasetError) {
    var status = stat()
    guard lstat(place, &status) != 0 else {
      throw DatasetError(.io, path: place, "exists. Name another file, or remove it first.")
    }
  }

  /// Gives the file its name.
  func settle() throws(DatasetError) {
    try requireNothing()
    let file = open(path, O_RDONLY | O_CLOEXEC)
    let isSynced = file >= 0 && fsync(file) == 0
    let reason = String(cString: strerror(errno))
    if file >= 0 { close(file) }
    guard isSynced, rename(path, place) == 0 else {
      throw DatasetError(.io, path: place, "cannot be finished: \(reason)")
    }
    isSettled = true
  }

  deinit { if !isSettled { unlink(path) } }
}
