import Glibc

/// The paths of a repair: all in `DIR/.seedbed-repair/`, on the dataset's own disk.
struct RepairPlaces: Sendable {
  /// The dataset's.
  let folder: RunFolder
  /// The store that was put together from its two copies; workers grow from it and stage below it.
  var store: String { folder.repair + "/store" }
  /// The dataset as it is to be.
  var result: String { folder.repair + "/result" }
  var staging: StagingFolder { RunFolder(store).staging }
}

/// Where a repair works, for as long as the dataset's lock is held.
///
/// The dataset stays as it is until the proved result takes its place by turning one link (see `RunFolder`). What a
/// repair that was killed leaves here is removed by the next one.
struct RepairShop: ~Copyable {
  let places: RepairPlaces
  private let lock: FolderLock
  private var folder: RunFolder { places.folder }

  /// Throws (exit 65) where the path is no folder, and (exit 73) where another process writes into it.
  init(_ path: String) throws(GenerationError) {
    let folder = RunFolder(path)
    try Evidence.requireFolder(folder.path)
    lock = try FolderLock(folder.path, creating: false)
    places = RepairPlaces(folder: folder)
  }

  /// Ends what was killed before it ended: nothing of a repair is left, and where links to a finished dataset are shown,
  /// real folders take their places.
  borrowing func clean() throws(GenerationError) {
    removeTree(folder.repair)
    guard isThere(folder.work), !Evidence.isUnfinished(folder.path) else { return }
    let isOfRun = isThere(folder.journal)
    if folder.currentNumber != nil {
      try folder.settle(keepingWork: isOfRun)
    } else if !isOfRun {
      removeTree(folder.work)
    }
  }

  borrowing func open() throws(GenerationError) {
    removeTree(folder.repair)
    guard access(folder.path, W_OK) == 0 else { throw systemError("cannot write into \(folder.path)") }
    for path in [folder.repair, places.store, RunFolder(places.store).work] { try makeDirectory(path) }
    try places.staging.create()
  }

  borrowing func close() { removeTree(folder.repair) }

  /// Shows the result in place of the dataset, in one step, and removes what was damaged.
  borrowing func show() throws(GenerationError) {
    let isOfRun = isThere(folder.journal)
    try syncTree(places.result)
    try folder.adopt()
    let number = (folder.currentNumber ?? 0) + 1
    guard rename(places.result, folder.generation(number)) == 0 else {
      throw systemError("cannot rename \(places.result) to \(folder.generation(number))")
    }
    try folder.show(number)
    try folder.settle(keepingWork: isOfRun)
  }
}

/// Brings the names in a folder and in all below it to the disk.
private func syncTree(_ path: String) throws(GenerationError) {
  for name in try directoryEntries(path) {
    var status = stat()
    if lstat(path + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { try syncTree(path + "/" + name) }
  }
  try syncFolder(path)
}
