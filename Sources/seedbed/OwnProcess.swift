import CLinux
import Diagnostics
import Glibc
import SeedbedGeneration

/// Runs this program again with other arguments and waits for it, with everything that it prints. For work with a library
/// that ends the process, loops or eats memory over some damaged files.
///
/// - Throws: The exit code of that process; where it died or stood still, the error that its source is damaged.
func runInOwnProcess(arguments: [String]) async throws {
  let program = try programPath()
  var child = pid_t()
  var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
  // A crash that is expected needs no backtrace.
  setenv("SWIFT_BACKTRACE", "enable=no", 1)
  defer { for word in words { free(word) } }
  let status = posix_spawn(&child, program, nil, nil, &words, environ)
  guard status == 0 else {
    throw GenerationError("cannot start a process: \(String(cString: strerror(status)))", kind: .system)
  }
  var watch = ChildWatch(child)
  var isAsked = false
  while true {
    if StopSignal.number != 0, !isAsked {
      kill(child, SIGTERM)
      isAsked = true
    }
    var state: Int32 = 0
    let ended = waitpid(child, &state, WNOHANG)
    if ended == child {
      let signal = state & 0x7F
      if signal == 0 {
        let code = state >> 8 & 0xFF
        if code != 0 { throw ChildEnd.exited(code) }
        return
      }
      throw ChildEnd.died("reading it ended the process (signal \(signal))")
    }
    if ended < 0 && errno != EINTR {
      throw GenerationError("lost a process: \(String(cString: strerror(errno)))", kind: .system)
    }
    if watch.standsStill {
      kill(child, SIGKILL)
      waitpid(child, &state, 0)
      throw ChildEnd.died("reading it goes on without an end")
    }
    try await Task.sleep(for: .milliseconds(20))
  }
}

enum ChildEnd: Error {
  case exited(Int32)
  case died(String)
}

/// Bounds the memory of this process, lets it end with the one that waits for it, and leaves it to that one to ask it to
/// stop: a terminal sends ^C to both.
func boundOwnProcess() {
  seedbed_die_with_parent()
  for number in [SIGINT, SIGHUP] { signal(number, SIG_IGN) }
  var limit = rlimit(rlim_cur: 4 << 30, rlim_max: 4 << 30)
  setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
}

/// Sees a process that computes without reading or writing anything.
private struct ChildWatch {
  /// Seconds of its computing.
  private static let patience = 20.0

  private let child: pid_t
  private var traffic = ""
  private var since = 0.0

  init(_ child: pid_t) { self.child = child }

  var standsStill: Bool {
    mutating get {
      guard let seconds = cpuSeconds, let now = text("io") else { return false }
      if now != traffic {
        traffic = now
        since = seconds
      }
      return seconds - since > ChildWatch.patience
    }
  }

  private var cpuSeconds: Double? {
    // Behind the name in parentheses stand the state and ten more fields, then user and system time in ticks.
    guard let fields = text("stat")?.split(separator: ")").last?.split(separator: " "), fields.count > 12,
      let user = Double(fields[11]), let system = Double(fields[12])
    else { return nil }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private func text(_ name: String) -> String? {
    guard let file = fopen("/proc/\(child)/\(name)", "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
