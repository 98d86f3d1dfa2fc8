internal import CODE
import Glibc
import Synchronization

/// What ODE keeps once per process: its initialisation, its message handlers and the episode they speak of.
///
/// The handlers are C function pointers without a context argument, hence the process-wide (atomic) counters.
enum ODELibrary {
  /// Messages "LCP internal error" since the process started: one step's remaining constraint rows got no force.
  static let lcpMessages = Atomic<Int>(0)
  /// The episode in progress, for the last words of a failed assertion.
  private static let seed = Atomic<UInt64>(0)
  private static let episode = Atomic<Int>(0)

  /// Initialises ODE once and notes the episode.
  static func begin(seed: UInt64, episode: Int) {
    _ = initialised
    self.seed.store(seed, ordering: .relaxed)
    self.episode.store(episode, ordering: .relaxed)
  }

  private static let initialised: Bool = {
    dInitODE2(0)
    dSetMessageHandler { number, _, _ in
      if Int(number) == Int(d_ERR_LCP) { ODELibrary.lcpMessages.wrappingAdd(1, ordering: .relaxed) }
    }
    dSetErrorHandler { _, message, arguments in ODELibrary.die("error", message, arguments) }
    dSetDebugHandler { _, message, arguments in ODELibrary.die("assertion", message, arguments) }
    return true
  }()

  /// ODE's error handlers may not return, and unwinding through Swift is undefined: say which episode, then leave.
  private static func die(_ kind: String, _ message: UnsafePointer<CChar>?, _ arguments: CVaListPointer?) -> Never {
    var text = [CChar](repeating: 0, count: 512)
    if let message, let arguments { _ = vsnprintf(&text, text.count, message, arguments) }
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let line =
      "seedbed: ODE \(kind) in episode \(episode.load(ordering: .relaxed)) of seed "
      + "\(seed.load(ordering: .relaxed)): \(String(decoding: bytes, as: UTF8.self))\n"
    line.utf8.withContiguousStorageIfAvailable { _ = write(2, $0.baseAddress, $0.count) }
    _exit(70)
  }
}
