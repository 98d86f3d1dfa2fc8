import SeedbedDatasets

/// What `seedbed verify` found.
public struct VerifyReport: Sendable, Equatable {
  public var identical = 0
  /// Episode and first difference, or why it could not be checked; sorted by episode.
  public var findings: [Finding] = []
  /// What the hashes say about the files; nil where the run has not ended and there are none yet.
  public var hashes: HashReport?
  /// Why no episode could be regrown; nil where it could.
  public var obstacle: String?
  public var wallSeconds = 0.0

  public struct Finding: Sendable, Equatable {
    public var episode: Int
    public var text: String
  }

  public var isDamaged: Bool { !findings.isEmpty || obstacle != nil || hashes?.isDamaged == true }
}

/// Compares every file of a dataset with its hash, regrows episodes in worker processes and compares every byte.
///
/// `episodes`: so many, spread evenly over the dataset; nil for all.
public func verify(
  directory: String, episodes: Int?, workers: Int, progress: @Sendable (Int, Int) -> Void
) async throws -> VerifyReport {
  let start = wallSeconds()
  var report = VerifyReport()
  if !Evidence.isUnfinished(directory) { report.hashes = try checkHashes(directory: directory) }
  let total: Int
  do {
    _ = try DatasetRun(directory: directory)
    total = try LeRobotReader(directory: directory).episodeCount
  } catch {
    // What cannot be regrown can still be told apart from what was written.
    guard report.isDamaged else { throw error }
    report.obstacle = "no episode can be regrown: \(error)"
    return report
  }
  let wanted = min(max(1, episodes ?? total), total)
  let queue = JobQueue(0..<wanted) { .check($0 * total / wanted) }
  for try await event in WorkerPool(dataset: directory, workers: min(workers, wanted)).start(queue).events {
    switch event {
    case .tick, .retried: continue
    case .lost(let job, let death):
      report.findings.append(.init(episode: job.episode, text: "episode \(job.episode): \(death.text)"))
    case .reply(.identical): report.identical += 1
    case .reply(.differs(let k, let text)): report.findings.append(.init(episode: k, text: text))
    case .reply(.failed(let k, _, let text)):
      report.findings.append(.init(episode: k, text: "episode \(k): \(text)"))
    case .reply(let other): throw GenerationError("a worker answered \(other) to a job to check")
    }
    progress(report.identical + report.findings.count, wanted)
  }
  report.findings.sort { $0.episode < $1.episode }
  report.wallSeconds = wallSeconds() - start
  return report
}
