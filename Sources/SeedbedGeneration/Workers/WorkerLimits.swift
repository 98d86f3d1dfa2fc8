/// When a worker process counts as lost.
public struct WorkerLimits: Sendable, Equatable {
  /// Without a sign of life for so long, a worker hangs. Monotonic seconds.
  public var silenceSeconds: Double
  /// Resident memory, bytes.
  public var memoryBytes: Int
  /// After the first stop signal, what is at work may take so long.
  var graceSeconds = 6.0

  public init(silenceSeconds: Double = 30, memoryBytes: Int = 1 << 30) {
    self.silenceSeconds = silenceSeconds
    self.memoryBytes = memoryBytes
  }
}

/// How a worker process ended before its job was done.
struct WorkerDeath: Sendable {
  enum Cause: Equatable { case silence, memory(Int), signal(Int32), exit(Int32), stopped }
  var cause: Cause
  /// The last line that it wrote to standard error.
  var lastMessage: String
  /// The largest resident memory that was seen, bytes.
  var peakBytes: Int
  var silenceSeconds: Double

  /// As failure records name it.
  var signalName: String {
    switch cause {
    case .silence: "hang"
    case .memory: "memory"
    case .signal(let number): WorkerDeath.names[number] ?? "signal \(number)"
    case .exit(let code): "exit \(code)"
    case .stopped: "stopped"
    }
  }

  var text: String {
    let how =
      switch cause {
      case .silence: "its worker gave no sign of life for \(fixed(silenceSeconds, 0)) s and was killed"
      case .memory(let cap): "its worker went over its memory cap of \(cap >> 20) MB and was killed"
      case .signal: "its worker was ended by \(signalName)"
      case .exit(let code): "its worker ended with exit code \(code)"
      case .stopped: "its worker was stopped"
      }
    return lastMessage.isEmpty ? how : how + "; its last message: " + lastMessage
  }

  private static let names: [Int32: String] = [
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
    9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
  ]
}
