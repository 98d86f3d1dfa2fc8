import CLinux
import Glibc
import SeedbedDatasets
import Synchronization

/// The worker process: answers jobs from standard input until it closes.
public enum WorkerMain {
  /// Never returns normally before standard input closes. `dataset`: the folder whose store is read.
  public static func run(dataset: String) throws(GenerationError) {
    // Replies go out on a copy of standard output; whatever a library prints goes to standard error.
    let replies = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    StopSignal.ignore()
    endWithSupervisor()
    let voice = WorkerVoice(descriptor: replies)
    var bench = try Bench(run: try DatasetRun(directory: dataset), voice: voice)
    guard voice.say(.ready) else { return }
    while let line = readLine() {
      guard let job = WorkerJob(line: line) else { throw GenerationError("unknown job \(line)") }
      guard voice.say(bench.answer(job)) else { return }
    }
  }

  /// What a worker keeps from job to job.
  private struct Bench {
    let run: DatasetRun
    private let grower: EpisodeGrower
    /// Opened by the first job to check: while a dataset grows there is none yet.
    private var opened: (reader: LeRobotReader, store: SidecarReader)?

    init(run: DatasetRun, voice: WorkerVoice) throws(GenerationError) {
      self.run = run
      grower = try EpisodeGrower(run.scene, onFrame: { voice.beat() })
    }

    mutating func answer(_ job: WorkerJob) -> WorkerReply {
      do {
        switch job {
        case .grow(let k):
          var grown = try grower.grow(try run.instance(run: k), index: k)
          // Here many do it at a time; the packer is one.
          grown.statistics = FeatureStatistics.numbers(of: grown.episode, schema: run.scene.schema)
          return try RunFolder(run.directory).staging.stage(grown)
        case .check(let k):
          let start = processCPUSeconds()
          let difference = try firstDifference(
            episode: k, of: run, reader: try files().reader, store: try files().store, grower: grower)
          if let difference { return .differs(k, difference) }
          return .identical(k, seconds: processCPUSeconds() - start)
        case .replay(let k, let space):
          let (reader, store) = try files()
          return .replayed(try replayed(episode: k, space: space, of: run, reader: reader, store: store))
        }
      } catch let error as GenerationError {
        return .failed(job.episode, kind: error.kind, error.description)
      } catch let error as DatasetError {
        return .failed(job.episode, kind: error.kind == .io ? .cannotWrite : .input, "\(error)")
      } catch {
        return .failed(job.episode, kind: .internal, "\(error)")
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

/// The worker's side of the pipe.
final class WorkerVoice: Sendable {
  private let descriptor: Int32
  private let lastBeat = Atomic<UInt64>(0)

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether the supervisor still listens.
  func say(_ reply: WorkerReply) -> Bool { writeAll(descriptor, Array(reply.line.utf8)) }

  /// A sign of life, at most one a second.
  func beat() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    guard now &- lastBeat.load(ordering: .relaxed) > 1_000_000_000 else { return }
    lastBeat.store(now, ordering: .relaxed)
    _ = say(.alive)
  }
}

/// Ends this process as soon as the other end of standard input closes, whatever it is doing: no orphan is left behind
/// by a supervisor that was killed.
func endWithSupervisor() {
  // The kernel's way ends a stopped process too. It looks at the thread that started this process; swift-subprocess
  // starts all from one that lives as long as the supervisor.
  seedbed_die_with_parent()
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { _ in
      var input = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
      while true {
        let n = poll(&input, 1, -1)
        if n < 0 && errno == EINTR { continue }
        // Closed at the end of the work too; the main thread then has nothing to lose either.
        usleep(20_000)
        _exit(0)
      }
    }, nil)
  if status == 0 { pthread_detach(thread) }
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
