import Synchronization

/// Jobs in order; a job whose worker died is given out again before any new one.
///
/// Holds no list: its memory does not grow with the run.
final class JobQueue: Sendable {
  enum Turn { case job(WorkerJob), wait, done }

  private struct State {
    var next: Int
    var end: Int
    var again: [WorkerJob] = []
    var isClosed = false
    /// The first episode that may not be given out yet.
    var window = Int.max
  }
  private let state: Mutex<State>
  private let job: @Sendable (Int) -> WorkerJob?

  /// - Parameter job: The job for each number; nil where there is none to do.
  init(_ range: Range<Int>, job: @escaping @Sendable (Int) -> WorkerJob?) {
    state = Mutex(State(next: range.lowerBound, end: range.upperBound))
    self.job = job
  }

  /// What the worker that asks is to do. Nothing is given out any more once the run was asked to stop.
  func next() -> Turn {
    guard StopSignal.number == 0 else { return .done }
    return state.withLock { state in
      if state.isClosed { return .done }
      if !state.again.isEmpty { return .job(state.again.removeFirst()) }
      while state.next < state.end {
        guard state.next < state.window else { return .wait }
        defer { state.next += 1 }
        if let job = job(state.next) { return .job(job) }
      }
      return .done
    }
  }

  func again(_ job: WorkerJob) { state.withLock { $0.again.append(job) } }

  /// Lets jobs below `episode` be given out.
  func open(below episode: Int) { state.withLock { $0.window = episode } }

  /// No new job is given out.
  func close() { state.withLock { $0.isClosed = true } }
}
