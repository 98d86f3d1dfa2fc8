import SeedbedDatasets
import SeedbedEpisodes
import SeedbedScene

/// Says in words what is wrong with each damaged file of a dataset, and which episodes it hits.
struct DamageReport {
  private let evidence: Evidence
  /// nil where no file that holds episodes is damaged, or where the schema or the episodes' count is lost.
  private let salvage: DatasetSalvage?

  init(_ evidence: Evidence) {
    self.evidence = evidence
    let isNeeded = evidence.problems.contains { DamageReport.holdsEpisodes($0.path) }
    salvage = isNeeded ? DamageReport.salvage(evidence) : nil
  }

  private static func holdsEpisodes(_ path: String) -> Bool {
    ["data/", "videos/", "meta/episodes/", "meta/seedbed/episodes.jsonl"].contains(where: path.hasPrefix)
  }

  private static func salvage(_ evidence: Evidence) -> DatasetSalvage? {
    let directory = evidence.directory
    let schema =
      evidence.whole.contains("meta/seedbed/features.json")
      ? try? LeRobotReader.storedSchema(directory) : try? DatasetRun(directory: directory).scene.schema
    guard let schema, let episodes = evidence.manifest?.episodes else { return nil }
    return try? DatasetSalvage(directory: directory, schema: schema, episodes: episodes, whole: evidence.whole)
  }

  var findings: [FileFinding] { evidence.problems.map(finding) }

  private func finding(_ problem: Evidence.Problem) -> FileFinding {
    let (episodes, place) = hit(problem)
    return FileFinding(
      file: problem.path, episodes: episodes, text: words(problem) + (place.map { "; " + $0 } ?? ""),
      isDamage: problem.kind != .added || DamageReport.isInTheWay(problem.path))
  }

  /// Whether readers of the dataset may come across an added file.
  private static func isInTheWay(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return RunFolder.topNames.contains(parts.first.map(String.init) ?? "") && !parts.contains { $0.hasPrefix(".") }
  }

  private func words(_ problem: Evidence.Problem) -> String {
    switch problem.kind {
    case .missing: "the file is missing"
    case .unreadable(let reason): "the file \(reason)"
    case .added: "not of the dataset, it was added; left alone"
    case .unproved: "nothing proves its bytes, as both lists of hashes are damaged"
    case .changed:
      problem.path == FileManifest.path
        ? "the list of all files' hashes is itself damaged (the others were compared with what could be restored of it)"
        : "its bytes are not those that were written"
    }
  }

  /// The episodes, and what is hit in words; no words for a file that holds no episodes.
  private func hit(_ problem: Evidence.Problem) -> ([Int], String?) {
    let path = problem.path
    if problem.kind == .added { return ([], nil) }
    if path == FileManifest.skippedPath { return ([], skippedHit()) }
    if path.hasPrefix("meta/seedbed/instances/") { return instanceHit(path) }
    guard DamageReport.holdsEpisodes(path) else { return ([], nil) }
    guard let salvage else {
      return ([], "which episodes it holds cannot be told, as what describes them is damaged too")
    }
    let (holds, hits) = salvage.hits(in: path)
    guard !hits.isEmpty else {
      guard let holds else {
        return ([], "which episodes it holds cannot be told, as the table meta/episodes is damaged too")
      }
      return ([], "its index is hit, none of the episodes \(EpisodeList.text(holds)) that it holds")
    }
    let text = hits.prefix(8).map { hit in
      EpisodeList.named(hit.episodes) + (hit.part.isEmpty ? "" : " (\(hit.part))")
    }
    return (
      hits.flatMap(\.episodes).sorted(),
      text.joined(separator: "; ") + (hits.count > 8 ? "; and \(hits.count - 8) more" : "")
    )
  }

  /// The lines that differ from those of the second copy.
  private func skippedHit() -> String? {
    guard let copy = try? evidence.skippedRecords() else { return nil }
    let lines = Set(Evidence.bytes(evidence.directory + "/" + FileManifest.skippedPath).split(separator: 10))
    let lost = zip(copy.split(separator: 10), Evidence.numbers(of: copy)).filter { !lines.contains($0.0) }.map(\.1)
    return lost.isEmpty ? nil : EpisodeList.named(lost.sorted()) + " of the run, left out of the dataset"
  }

  /// The lines that are not what is drawn anew.
  private func instanceHit(_ path: String) -> ([Int], String?) {
    let digits = path.split { !$0.isNumber }.compactMap { Int($0) }
    guard digits.count == 2, let total = evidence.manifest?.episodes else { return ([], nil) }
    let first = (digits[0] * 1000 + digits[1]) * 1000
    let holds = Array(first..<max(first, min(first + 1000, total)))
    guard let run = try? DatasetRun(directory: evidence.directory), let skipped = try? evidence.skippedRecords() ?? []
    else { return (holds, "instances of the " + EpisodeList.named(holds)) }
    let numbers = keptNumbers(first: run.record.firstEpisode, count: total, without: Evidence.numbers(of: skipped))
    let lines = Evidence.bytes(evidence.directory + "/" + path).split(separator: 10, omittingEmptySubsequences: false)
    let hit = holds.filter { k in
      guard k - first < lines.count, let instance = try? run.instance(run: numbers[k]) else { return true }
      return !lines[k - first].elementsEqual(instance.canonicalJSON())
    }
    return hit.isEmpty
      ? ([], "no instance of the " + EpisodeList.named(holds) + " is hit")
      : (hit, "instance of " + EpisodeList.named(hit))
  }
}
