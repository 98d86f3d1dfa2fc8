import Subprocess
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Runs jobs in worker processes: an ODE assertion or a Swift trap ends only one worker, and its job is tried once more.
///
/// Every worker is this very program run as `seedbed worker --dataset DIR`.
struct WorkerPool: Sendable {
  /// The dataset folder whose store the workers read.
  let dataset: String
  let workers: Int
  /// The program to run; this one by default.
  var program = "/proc/self/exe"

  /// Gives every job to some worker and hands over the answers as they come, in no particular order.
  ///
  /// A job whose worker dies twice is answered `.failed`. Stops early, ending all workers, where `onReply` throws or
  /// the task is cancelled.
  func run(_ jobs: [WorkerJob], onReply: (WorkerReply) async throws -> Void) async throws {
    let queue = JobQueue(jobs)
    let executable = try resolvedProgram()
    try await withThrowingTaskGroup(of: Void.self) { group in
      let (replies, inbox) = AsyncThrowingStream<WorkerReply, any Error>.makeStream()
      group.addTask {
        do {
          try await withThrowingTaskGroup(of: Void.self) { crew in
            for _ in 0..<max(1, min(workers, jobs.count)) {
              crew.addTask {
                while queue.hasWork {
                  try await serve(queue, executable: executable) { inbox.yield($0) }
                }
              }
            }
            try await crew.waitForAll()
          }
          inbox.finish()
        } catch {
          inbox.finish(throwing: error)
        }
      }
      do {
        for try await reply in replies { try await onReply(reply) }
      } catch {
        group.cancelAll()
        throw error
      }
      try await group.waitForAll()
    }
  }

  /// One worker's life: until the queue is empty or the process dies.
  private func serve(
    _ queue: JobQueue, executable: String, reply: @escaping @Sendable (WorkerReply) -> Void
  ) async throws {
    let result = try await Subprocess.run(
      .path(.init(executable)), arguments: ["worker", "--dataset", dataset],
      input: .inputWriter, output: .sequence, error: .currentStandardError
    ) { execution -> WorkerJob? in
      var lines = execution.standardOutput.strings().makeAsyncIterator()
      while let job = queue.next() {
        do {
          _ = try await execution.standardInputWriter.write(job.line)
        } catch {
          return job
        }
        guard let line = try await lines.next(), let answer = WorkerReply(line: line.trimmingNewline) else {
          return job
        }
        reply(answer)
      }
      try await execution.standardInputWriter.finish()
      return nil
    }
    guard let job = result.closureResult else { return }
    try Task.checkCancellation()
    let death = "its worker process ended with \(result.terminationStatus)"
    if !queue.retry(job) { reply(.failed(job.episode, "\(death), twice")) }
  }

  private func resolvedProgram() throws -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink(program, &buffer, buffer.count - 1)
    guard length > 0 else { return program }
    return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Jobs in order, each given out at most twice.
private final class JobQueue: Sendable {
  private struct State {
    var jobs: [WorkerJob]
    var next = 0
    var again: [WorkerJob] = []
    var retried: Set<Int> = []
  }
  private let state: Mutex<State>

  init(_ jobs: [WorkerJob]) { state = Mutex(State(jobs: jobs)) }

  var hasWork: Bool { StopSignal.number == 0 && state.withLock { !$0.again.isEmpty || $0.next < $0.jobs.count } }

  /// The next job; nil when all are given out or the run was asked to stop.
  func next() -> WorkerJob? {
    guard StopSignal.number == 0 else { return nil }
    return state.withLock { state in
      if !state.again.isEmpty { return state.again.removeFirst() }
      guard state.next < state.jobs.count else { return nil }
      defer { state.next += 1 }
      return state.jobs[state.next]
    }
  }

  /// Whether the job will be given out once more.
  func retry(_ job: WorkerJob) -> Bool {
    state.withLock { state in
      guard state.retried.insert(job.episode).inserted else { return false }
      state.again.append(job)
      return true
    }
  }
}

extension String {
  fileprivate var trimmingNewline: String {
    var text = self[...]
    while let last = text.last, last.isNewline { text.removeLast() }
    return String(text)
  }
}
