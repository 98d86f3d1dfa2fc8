import SeedbedDatasets
import SeedbedScene

/// How a run finds its folder, and what is done already.
struct RunOpening {
  /// How far the shown generation is.
  var packed: PackedState
  /// Episodes that a killed run had committed but not packed.
  var committed: [Int: OrderedProgress.Ending] = [:]
  /// Whether nothing was there before.
  var isFresh: Bool

  /// A new run: the store goes into generation 0.
  static func fresh(_ folder: RunFolder, loaded: LoadedScene, record: RunRecord) throws -> RunOpening {
    try folder.begin()
    try writeStore(loaded, record: record, directory: folder.generation(0))
    try syncFolder(folder.generation(0))
    try folder.show(0)
    return RunOpening(packed: PackedState(next: record.firstEpisode), isFresh: true)
  }

  /// A run that goes on: refuses where it was asked for with anything else than before.
  static func resumed(_ folder: RunFolder, loaded: LoadedScene, record: RunRecord) throws -> RunOpening {
    try requireSame(record, loaded, as: folder.path)
    removeTree(folder.repair)
    try folder.adopt()
    guard let number = folder.currentNumber else {
      throw GenerationError("\(folder.path)/.seedbed is damaged: nothing is shown. Start anew elsewhere.", kind: .input)
    }
    let shown = folder.generation(number)
    var opening = RunOpening(
      packed: try PackedState(generation: shown, first: record.firstEpisode), isFresh: false)
    for (k, entry) in try Journal.read(folder.journal) where k >= opening.packed.next {
      switch entry {
      case .quarantined(_, let signal, let reason):
        opening.committed[k] = .quarantined(signal: signal, reason: reason)
      case .committed(_, let bytes, let summary):
        if folder.staging.size(k) == bytes { opening.committed[k] = .staged(bytes: bytes, summary, isOld: true) }
      }
    }
    folder.staging.clean(
      keeping: Set(opening.committed.filter { if case .staged = $0.value { true } else { false } }.keys))
    return opening
  }

  /// Throws where the run in a folder was asked for differently, naming every difference.
  static func requireSame(_ record: RunRecord, _ loaded: LoadedScene, as directory: String) throws {
    let store = try SidecarReader(directory: directory)
    let before = try RunRecord(json: try store.run(), path: directory + "/meta/seedbed/run.json")
    var differences = before.differences(from: record)
    let had = Dictionary(store.assets.map { ($0.path, $0.sha256) }) { first, _ in first }
    let has = Dictionary(loaded.assets.files.map { ($0.path, $0.sha256) }) { first, _ in first }
    for path in Set(had.keys).union(has.keys).sorted() where had[path] != has[path] {
      switch (had[path], has[path]) {
      case (nil, _): differences.append("the file \(path) is new")
      case (_, nil): differences.append("the file \(path) is not used any more")
      default: differences.append("the file \(path) was changed" + firstLine(path, store: store, loaded: loaded))
      }
    }
    if differences.isEmpty, before.sceneSHA256 != record.sceneSHA256 { differences.append("the scene is another one") }
    guard differences.isEmpty else {
      throw GenerationError(
        "the run in the folder was asked for differently, so it cannot go on: " + differences.joined(separator: "; ")
          + ". Ask for the same, or choose another --out.", kind: .input)
    }
  }

  /// Where a text file differs first.
  private static func firstLine(_ path: String, store: SidecarReader, loaded: LoadedScene) -> String {
    guard let old = try? store.asset(path), let new = loaded.assets.files.first(where: { $0.path == path })?.bytes,
      !old.contains(0), !new.contains(0)
    else { return "" }
    let before = old.split(separator: 10, omittingEmptySubsequences: false)
    let after = new.split(separator: 10, omittingEmptySubsequences: false)
    let same = zip(before, after).prefix { $0 == $1 }.count
    func line(_ lines: [ArraySlice<UInt8>]) -> String {
      same < lines.count ? "`\(String(decoding: lines[same].prefix(80), as: UTF8.self))`" : "nothing"
    }
    return " in line \(same + 1): from \(line(before)) to \(line(after))"
  }
}

/// Everything that the dataset needs to regrow itself, written before the first episode.
func writeStore(_ loaded: LoadedScene, record: RunRecord, directory: String) throws {
  var store = try SidecarWriter(directory: directory)
  for file in loaded.assets.files { try store.addAsset(path: file.path, bytes: file.bytes, sha256: file.sha256) }
  try store.setRun(record.json())
  try store.writeStore()
}
