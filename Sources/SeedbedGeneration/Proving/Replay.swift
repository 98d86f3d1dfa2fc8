import SeedbedDatasets
public import SeedbedScene

/// What `seedbed replay` found.
public struct ReplayReport: Sendable {
  public struct Finding: Sendable, Equatable {
    public var episode: Int
    public var text: String
  }

  /// In the order that was asked for.
  public var spaces: [ActionSpace]
  /// Sorted by space, then by episode.
  public var endings: [ReplayEnding] = []
  /// Episodes that could not be played, and why.
  public var findings: [Finding] = []
  public var wallSeconds = 0.0

  public func endings(_ space: ActionSpace) -> [ReplayEnding] { endings.filter { $0.space == space.name } }
}

/// Plays recorded actions again, each through the controller of its action space, in worker processes, and compares how
/// the episodes end.
///
/// - Parameters:
///   - episodes: Numbers in the dataset; nil for all.
///   - spaces: nil for the one that the dataset calls `action`; empty for all that it records.
public func replay(
  directory: String, episodes: [Int]?, spaces: [ActionSpace]?, workers: Int, progress: @Sendable (Int, Int) -> Void
) async throws -> ReplayReport {
  let start = wallSeconds()
  let run = try DatasetRun(directory: directory)
  let total = try LeRobotReader(directory: directory).episodeCount
  let recorded = try run.actionSpaces()
  let spaces = spaces.map { $0.isEmpty ? recorded : $0 } ?? Array(recorded.prefix(1))
  for space in spaces { _ = try run.actionFeature(space) }
  let wanted = episodes ?? Array(0..<total)
  if let beyond = wanted.first(where: { $0 >= total }) {
    throw GenerationError("the dataset has episodes 0...\(total - 1), not \(beyond)", kind: .usage)
  }
  var report = ReplayReport(spaces: spaces)
  let count = wanted.count * spaces.count
  let queue = JobQueue(0..<count) { i in .replay(wanted[i % wanted.count], spaces[i / wanted.count]) }
  for try await event in WorkerPool(dataset: directory, workers: min(workers, max(1, count))).start(queue).events {
    switch event {
    case .tick, .retried: continue
    case .lost(let job, let death):
      report.findings.append(.init(episode: job.episode, text: "episode \(job.episode): \(death.text)"))
    case .reply(.replayed(let ending)): report.endings.append(ending)
    case .reply(.failed(let k, _, let text)):
      report.findings.append(.init(episode: k, text: "episode \(k): \(text)"))
    case .reply(let other): throw GenerationError("a worker answered \(other) to a job to replay")
    }
    progress(report.endings.count + report.findings.count, count)
  }
  let order = Dictionary(spaces.enumerated().map { ($1.name, $0) }) { first, _ in first }
  report.endings.sort { (order[$0.space] ?? 0, $0.episode) < (order[$1.space] ?? 0, $1.episode) }
  report.findings.sort { ($0.episode, $0.text) < ($1.episode, $1.text) }
  report.wallSeconds = wallSeconds() - start
  return report
}
