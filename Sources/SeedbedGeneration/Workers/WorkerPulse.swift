import CLinux
import Glibc
import Synchronization

/// A worker process under watch: ends it when it hangs, takes too much memory, or outlives the stop signal's grace.
final class WorkerPulse: Sendable {
  private struct State {
    var pid: pid_t = 0
    var lastHeard = wallSeconds()
    var peakBytes = 0
    var isBusy = true
    var cause: WorkerDeath.Cause?
    var stopSince: Double?
  }
  private let state = Mutex(State())
  private let limits: WorkerLimits

  init(limits: WorkerLimits) { self.limits = limits }

  func started(_ pid: pid_t) {
    state.withLock {
      $0.pid = pid
      $0.lastHeard = wallSeconds()
    }
  }

  /// The worker said something, or was given a job.
  func beat(isBusy: Bool) {
    state.withLock {
      $0.lastHeard = wallSeconds()
      $0.isBusy = isBusy
    }
  }

  /// The process is about to be reaped: nothing may be sent to it any more.
  func over() { state.withLock { $0.pid = 0 } }

  var peakBytes: Int { state.withLock { $0.peakBytes } }

  /// Why this supervisor killed the worker; nil where it did not.
  var cause: WorkerDeath.Cause? { state.withLock { $0.cause } }

  /// Looks after the worker until the task is cancelled.
  func watch() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(200))
      state.withLock { check(&$0) }
    }
  }

  private func check(_ state: inout State) {
    guard state.pid > 0, state.cause == nil else { return }
    let now = wallSeconds()
    let resident = WorkerPulse.residentBytes(state.pid)
    state.peakBytes = max(state.peakBytes, resident)
    if StopSignal.number != 0, state.stopSince == nil { state.stopSince = now }
    if resident > limits.memoryBytes {
      state.cause = .memory(limits.memoryBytes)
    } else if state.isBusy, now - state.lastHeard > limits.silenceSeconds {
      state.cause = .silence
    } else if let since = state.stopSince, now - since > limits.graceSeconds {
      state.cause = .stopped
    }
    if state.cause != nil { kill(state.pid, SIGKILL) }
  }

  private static func residentBytes(_ pid: pid_t) -> Int {
    guard let bytes = try? readWholeStream("/proc/\(pid)/statm") else { return 0 }
    let words = bytes.split(separator: 32)
    guard words.count > 1, let pages = Int(String(decoding: words[1], as: UTF8.self)) else { return 0 }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }
}

/// What a worker writes to standard error, kept in memory for the case that it dies.
struct WorkerLog: ~Copyable {
  let descriptor: Int32

  init() throws(GenerationError) {
    descriptor = memfd_create("seedbed-worker", SEEDBED_MFD_CLOEXEC)
    guard descriptor >= 0, fcntl(descriptor, F_SETFL, O_APPEND) >= 0 else {
      throw systemError("cannot make a log for a worker", kind: .system)
    }
  }

  deinit { close(descriptor) }

  borrowing func clear() { ftruncate(descriptor, 0) }

  /// The last line that is not blank, at most 500 bytes of it.
  borrowing func lastLine() -> String {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    let count = min(size, 4096)
    var bytes = [UInt8](repeating: 0, count: count)
    guard count > 0, pread(descriptor, &bytes, count, off_t(size - count)) == count else { return "" }
    let line = bytes.split(separator: 10).last { $0.contains { $0 > 32 } } ?? []
    return String(decoding: line.prefix(500), as: UTF8.self)
  }
}
