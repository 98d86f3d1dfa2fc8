import Diagnostics
import Parquet
import SeedbedDatasets
import SeedbedEpisodes

/// What `retag` did.
public struct RetagReport: Sendable {
  public var episodes = 0
  /// Episodes whose columns were put back, or were right already.
  public var restored = 0
  public var alreadyRight = 0
  /// Episodes of which nothing is remembered.
  public var unknown: [Int] = []
  /// Episodes whose numbers several remembered episodes have, with other values of `unsettled`.
  public var ambiguous: [Int] = []
  /// The columns that could not be told of `ambiguous`.
  public var unsettled: [String] = []
  /// The columns, in the order of the table.
  public var columns: [String] = []

  /// Does every episode have all columns that anybody remembers?
  public var isComplete: Bool { unknown.isEmpty && ambiguous.isEmpty }
}

/// Puts the columns back that say where episodes come from, after other tools dropped them: every episode is recognised by the
/// fingerprint of its numbers, which renumbering, deleting, splitting and merging do not change.
///
/// Works in place: each file of `meta/episodes` is written beside and renamed, the first one first, so that the dataset loads at
/// every instant. Nothing else is touched.
///
/// - Parameters:
///   - directory: A v3.0 dataset.
///   - sidecars: Datasets that the episodes were in, or their `meta/seedbed/episodes.jsonl`; empty: the dataset's own.
public func retag(_ directory: String, from sidecars: [String]) throws -> RetagReport {
  let source: DatasetSource
  do throws(DatasetError) { source = try DatasetSource(directory: directory) } catch {
    throw InputError(
      at: SourceLocation(file: error.path), error.reason, remedy: "Give the folder of a LeRobot v3.0 dataset.")
  }
  guard source.info.version == .v30 else {
    throw InputError(
      at: SourceLocation(file: directory), "it is of version v2.1, whose tools keep no table of episodes.",
      remedy: "Convert it with 'seedbed mix data=\(directory) --out NEW' first.")
  }
  var store = TagStore()
  var problems = MixProblems()
  for path in sidecars.isEmpty ? [directory] : sidecars {
    do throws(DatasetError) { try store.add(path) } catch {
      problems.add(
        error.path, error.reason + ".",
        "Give a dataset that the episodes were in before, or its \(MixSidecar.linesPath).")
    }
  }
  try problems.check()
  let prints = try Fingerprints(source: source, sets: store.featureSets).all()
  var report = RetagReport()
  report.episodes = source.episodes.count
  var tags: [EpisodeTags?] = []
  var types: [(name: String, type: ColumnType)] = []
  var seen: [[String]: Int] = [:]
  for (k, candidates) in prints.enumerated() {
    let lines = try store.lines(candidates)
    guard !lines.isEmpty else {
      report.unknown.append(k)
      tags.append(nil)
      continue
    }
    let found = EpisodeTags(lines, before: seen[candidates, default: 0])
    seen[candidates, default: 0] += 1
    tags.append(found)
    if !found.unsettled.isEmpty { report.ambiguous.append(k) }
    for name in found.unsettled where !report.unsettled.contains(name) { report.unsettled.append(name) }
    for (name, cell) in found.cells {
      guard let type = MixColumns.type(of: cell) else { continue }
      if let at = types.firstIndex(where: { $0.name == name }) {
        types[at].type = MixColumns.common(types[at].type, type, name)
      } else {
        types.append((name, type))
      }
    }
  }
  report.columns = types.map(\.name)
  if types.isEmpty { return report }
  var cells = try source.episodeCells(report.columns)
  for tag in tags {
    let row = try cells.next() ?? []
    guard let tag, !tag.cells.isEmpty else { continue }
    let isRight = zip(types, row).allSatisfy { type, cell in tag.cell(type.name).map { $0.isSame(as: cell) } ?? true }
    if isRight { report.alreadyRight += 1 } else { report.restored += 1 }
  }
  if report.restored > 0 { try EpisodeTableRewriter(source: source, types: types).rewrite(tags) }
  return report
}

/// The fingerprints of all episodes of a dataset.
struct Fingerprints {
  private static let stretch = 64

  let source: DatasetSource
  /// Sets of columns; nil for all.
  let sets: [[String]?]

  /// Of each episode: one for each set that the dataset has, the one over most columns first.
  func all() throws(DatasetError) -> [[String]] {
    // Texts are passed over.
    let texts = Set(source.info.columns.filter { $0.kind == .texts }.map(\.name))
    let columns = source.info.columns.filter { $0.kind == .numbers && !$0.isBookkeeping }.map(\.name)
    let usable = sets.map { $0?.filter { !texts.contains($0) } ?? columns }.filter { $0.allSatisfy(columns.contains) }
    var seen: [[String]] = []
    for set in usable where !seen.contains(set) { seen.append(set) }
    if seen.isEmpty { return .init(repeating: [], count: source.episodes.count) }
    let distinct = seen.sorted { $0.count > $1.count }
    let names = columns.filter { name in distinct.contains { $0.contains(name) } }
    let starts = Array(stride(from: 0, to: source.episodes.count, by: Self.stretch))
    let source = source
    let parts = parallelMap(starts.count) { i -> Result<[[String]], DatasetError> in
      do throws(DatasetError) {
        var frames = try source.frames(features: names)
        var prints: [[String]] = []
        for k in starts[i]..<min(starts[i] + Fingerprints.stretch, source.episodes.count) {
          let read = try frames.read(k)
          let named = read.compactMap { column in column.values.column.map { (column.feature.name, $0) } }
          prints.append(
            distinct.map { set in EpisodeHashes.fingerprint(named.filter { set.contains($0.0) }) })
        }
        return .success(prints)
      } catch {
        return .failure(error)
      }
    }
    var result: [[String]] = []
    for part in parts { result += try part.get() }
    return result
  }
}
