import Glibc
import Synchronization

/// SIGINT, SIGTERM and SIGHUP: the first asks the run to stop after the current episodes, the second ends it at once.
public enum StopSignal {
  private static let caught = Atomic<Int32>(0)

  /// The signal that asked to stop; 0 while none has.
  public static var number: Int32 { caught.load(ordering: .relaxed) }

  /// Takes the three signals over for this process.
  public static func install() {
    caught.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        // Both calls are async-signal-safe.
        if StopSignal.caught.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
      }
    }
  }

  /// Workers leave the decision to the supervisor: a terminal sends ^C to the whole process group.
  static func ignore() {
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_IGN) }
  }
}
