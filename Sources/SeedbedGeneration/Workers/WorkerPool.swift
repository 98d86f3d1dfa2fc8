import Subprocess
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Runs jobs in worker processes: what ends one (an ODE assertion, a Swift trap, a kill) costs one attempt at one job.
///
/// Every worker is this very program run as `seedbed worker --dataset DIR`.
struct WorkerPool: Sendable {
  enum Event: Sendable {
    /// Comes a few times a second.
    case tick
    case reply(WorkerReply)
    /// The job's worker died; it is tried again.
    case retried(WorkerJob, WorkerDeath)
    /// The job's worker died twice by the job's own fault: it is given up.
    case lost(WorkerJob, WorkerDeath)
  }

  /// The dataset folder whose store the workers read.
  let dataset: String
  let workers: Int
  var limits = WorkerLimits()

  /// So often a job may lose its worker to a SIGKILL from outside, which says nothing of the job.
  private static let killsFromOutside = 1000
  /// Workers that die one after another before their first job end the run.
  private static let failedStarts = 5

  /// Jobs being done.
  struct Work: Sendable {
    /// What happens, as it happens, in no particular order.
    let events: AsyncThrowingStream<Event, any Error>
    fileprivate let task: Task<Void, Never>

    /// Ends all workers; none is left when this returns.
    func abandon() async {
      task.cancel()
      await task.value
    }
  }

  /// Gives every job to some worker. Jobs at work when the run is asked to stop are finished, within a grace.
  func start(_ queue: JobQueue) -> Work {
    // A worker that dies between two jobs must not end its supervisor by a broken pipe.
    signal(SIGPIPE, SIG_IGN)
    let (events, inbox) = AsyncThrowingStream<Event, any Error>.makeStream()
    let tally = Tally()
    let task = Task {
      do {
        // Pipes, a log and a handle for each; twice that while one starts; and the packer's.
        try requireDescriptors(8 * workers + 24)
        let executable = try programPath()
        try await withThrowingTaskGroup(of: Void.self) { crew in
          crew.addTask {
            while true {
              try await Task.sleep(for: .milliseconds(250))
              inbox.yield(.tick)
            }
          }
          for _ in 0..<max(1, workers) {
            crew.addTask {
              while try await serve(queue, executable: executable, tally: tally, report: { inbox.yield($0) }) {}
            }
          }
          for _ in 0..<max(1, workers) { try await crew.next() }
          crew.cancelAll()
          while let _ = try? await crew.next() {}
        }
        inbox.finish()
      } catch {
        inbox.finish(throwing: error)
      }
    }
    return Work(events: events, task: task)
  }

  /// One worker's life: until no job is left (then false), or until the process dies.
  private func serve(
    _ queue: JobQueue, executable: String, tally: Tally, report: @escaping @Sendable (Event) -> Void
  ) async throws -> Bool {
    guard case .some(let first) = try await nextJob(queue) else { return false }
    let pulse = WorkerPulse(limits: limits)
    let watch = Task { await pulse.watch() }
    defer { watch.cancel() }
    let log = try WorkerLog()
    let descriptor = log.descriptor
    let result: ExecutionResult<Life, SequenceOutput, FileDescriptorOutput>
    do {
      result = try await Subprocess.run(
        .path(.init(executable)), arguments: ["worker", "--dataset", dataset],
        environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]),
        input: .inputWriter, output: .sequence,
        error: .fileDescriptor(.init(rawValue: descriptor), closeAfterSpawningProcess: false)
      ) { execution -> Life in
        pulse.started(execution.processIdentifier.value)
        defer { pulse.over() }
        var lines = execution.standardOutput.strings().makeAsyncIterator()
        guard let hello = try await lines.next(), WorkerReply(line: hello.withoutNewline) == .ready else {
          return .died(at: first, isReady: false)
        }
        tally.started()
        var job = first
        while true {
          ftruncate(descriptor, 0)
          pulse.beat(isBusy: true)
          do {
            _ = try await execution.standardInputWriter.write(job.line)
          } catch {
            return .died(at: job, isReady: true)
          }
          var answer: WorkerReply?
          while answer == nil {
            guard let line = try await lines.next(), let reply = WorkerReply(line: line.withoutNewline) else {
              return .died(at: job, isReady: true)
            }
            pulse.beat(isBusy: true)
            if reply != .alive { answer = reply }
          }
          if let answer { report(.reply(answer)) }
          pulse.beat(isBusy: false)
          guard let next = try await nextJob(queue) else { break }
          job = next
        }
        pulse.beat(isBusy: true)
        try await execution.standardInputWriter.finish()
        return .done
      }
    } catch let error as SubprocessError {
      if Task.isCancelled { throw CancellationError() }
      throw GenerationError(
        "cannot start a worker process: \(error.reason). See the limits of open files, processes and memory (ulimit -a).",
        kind: .system)
    }
    guard case .died(let job, let isReady) = result.closureResult else { return true }
    try Task.checkCancellation()
    let death = WorkerDeath(
      cause: pulse.cause ?? result.terminationStatus.cause, lastMessage: log.lastLine(), peakBytes: pulse.peakBytes,
      silenceSeconds: limits.silenceSeconds)
    try judge(death, of: job, isReady: isReady, queue: queue, tally: tally, report: report)
    return true
  }

  private enum Life: Sendable {
    case done
    case died(at: WorkerJob, isReady: Bool)
  }

  /// nil where no job is left.
  private func nextJob(_ queue: JobQueue) async throws -> WorkerJob? {
    while true {
      switch queue.next() {
      case .job(let job): return job
      case .done: return nil
      case .wait: try await Task.sleep(for: .milliseconds(10))
      }
    }
  }

  private func judge(
    _ death: WorkerDeath, of job: WorkerJob, isReady: Bool, queue: JobQueue, tally: Tally, report: (Event) -> Void
  ) throws {
    if death.cause == .stopped { return }
    let isFromOutside = death.cause == .signal(SIGKILL) && death.peakBytes < limits.memoryBytes / 2
    if isFromOutside {
      guard tally.killed(job) < Self.killsFromOutside else {
        throw GenerationError(
          "episode \(job.episode): its worker was killed from outside again and again", kind: .system)
      }
      queue.again(job)
      return report(.retried(job, death))
    }
    guard isReady else {
      guard tally.failedToStart() < Self.failedStarts else {
        let kind: GenerationError.Kind =
          if case .exit(let code) = death.cause { .init(rawValue: code) ?? .internal } else { .internal }
        throw GenerationError("workers do not start: \(death.text)", kind: kind)
      }
      return queue.again(job)
    }
    if tally.failed(job) < 2 {
      queue.again(job)
      report(.retried(job, death))
    } else {
      report(.lost(job, death))
    }
  }
}

/// How often things went wrong.
private final class Tally: Sendable {
  private struct State {
    var failures: [Int: Int] = [:]
    var kills: [Int: Int] = [:]
    var starts = 0
  }
  private let state = Mutex(State())

  func started() { state.withLock { $0.starts = 0 } }
  func failedToStart() -> Int {
    state.withLock {
      $0.starts += 1
      return $0.starts
    }
  }
  func failed(_ job: WorkerJob) -> Int { count(job, \.failures) }
  func killed(_ job: WorkerJob) -> Int { count(job, \.kills) }

  private func count(_ job: WorkerJob, _ key: WritableKeyPath<State, [Int: Int]>) -> Int {
    state.withLock {
      $0[keyPath: key][job.episode, default: 0] += 1
      return $0[keyPath: key][job.episode] ?? 0
    }
  }
}

extension TerminationStatus {
  fileprivate var cause: WorkerDeath.Cause {
    switch self {
    case .exited(let code): .exit(code)
    case .signaled(let number): .signal(number)
    }
  }
}

/// Where this program stands.
package func programPath() throws(GenerationError) -> String {
  guard let path = linkTarget("/proc/self/exe") else { throw systemError("cannot read /proc/self/exe", kind: .system) }
  return path
}

extension String {
  fileprivate var withoutNewline: String {
    var text = self[...]
    while let last = text.last, last.isNewline { text.removeLast() }
    return String(text)
  }
}
