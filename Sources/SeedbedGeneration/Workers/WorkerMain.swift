import Glibc
import SeedbedDatasets

/// The worker process: answers jobs from standard input until it closes.
public enum WorkerMain {
  /// Never returns normally before standard input closes. `dataset`: the folder whose store is read.
  public static func run(dataset: String) throws(GenerationError) {
    // Replies go out on a copy of standard output; whatever a library prints goes to standard error.
    let replies = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    StopSignal.ignore()
    var bench = try Bench(run: try DatasetRun(directory: dataset))
    while let line = readLine() {
      guard let job = WorkerJob(line: line) else { throw GenerationError("unknown job \(line)") }
      let reply = bench.answer(job)
      guard writeAll(replies, Array(reply.line.utf8)) else { return }
    }
  }

  /// What a worker keeps from job to job.
  private struct Bench {
    let run: DatasetRun
    private let grower: EpisodeGrower
    /// Opened by the first job to check: while a dataset grows there is none yet.
    private var opened: (reader: LeRobotReader, store: SidecarReader)?

    init(run: DatasetRun) throws(GenerationError) {
      self.run = run
      grower = try EpisodeGrower(run.scene)
    }

    mutating func answer(_ job: WorkerJob) -> WorkerReply {
      do {
        switch job {
        case .grow(let k):
          let grown = try grower.grow(try run.instance(k), index: k)
          return .grown(k, writingSeconds: try StagingFolder(dataset: run.directory).stage(grown))
        case .check(let k):
          let start = processCPUSeconds()
          let difference = try firstDifference(
            episode: k, of: run, reader: try files().reader, store: try files().store, grower: grower)
          if let difference { return .differs(k, difference) }
          return .identical(k, seconds: processCPUSeconds() - start)
        }
      } catch {
        return .failed(job.episode, "\(error)")
      }
    }

    private mutating func files() throws -> (reader: LeRobotReader, store: SidecarReader) {
      if let opened { return opened }
      let files = (try LeRobotReader(directory: run.directory), try SidecarReader(directory: run.directory))
      opened = files
      return files
    }
  }
}

/// Whether all bytes were written.
func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
  var at = 0
  while at < bytes.count {
    let n = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + at }, bytes.count - at) }
    if n < 0 && errno == EINTR { continue }
    if n <= 0 { return false }
    at += n
  }
  return true
}
