import Glibc
import SeedbedDatasets

/// What `seedbed verify` found.
public struct VerifyReport: Sendable, Equatable {
  public var identical = 0
  /// Episode and first difference, or why it could not be checked; sorted by episode.
  public var findings: [Finding] = []
  /// Files whose bytes are not those that were written, one line each.
  public var files: [String] = []
  public var wallSeconds = 0.0

  public struct Finding: Sendable, Equatable {
    public var episode: Int
    public var text: String
  }
}

/// Regrows episodes of a dataset in worker processes and compares every byte.
///
/// `episodes`: so many, spread evenly over the dataset; nil for all.
public func verify(
  directory: String, episodes: Int?, workers: Int, progress: @Sendable (Int, Int) -> Void
) async throws -> VerifyReport {
  let start = wallSeconds()
  var report = VerifyReport()
  guard
    ["assets.json", "run.json", "files.json"].contains(where: { access("\(directory)/meta/seedbed/\($0)", F_OK) == 0 })
  else {
    throw GenerationError(
      "\(directory) is no dataset of Seedbed: there is nothing in it to regrow it from (meta/seedbed). Name the folder "
        + "that `seedbed generate` made.", kind: .input)
  }
  report.files = FileManifest.differences(directory: directory)
  let total: Int
  do {
    _ = try DatasetRun(directory: directory)
    total = try LeRobotReader(directory: directory).episodeCount
  } catch {
    // What cannot be regrown can still be told apart from what was written.
    guard report.files.isEmpty else {
      report.files.append("no episode can be regrown: \(error)")
      return report
    }
    throw error
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
