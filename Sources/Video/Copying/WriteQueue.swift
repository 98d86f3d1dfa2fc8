import Dispatch
import Glibc
import Synchronization

/// Writes files beside its caller: the parts of one file in their order, several files at once.
///
/// So the kernel moves pictures while the caller reads and writes tables. Whoever makes the queue calls `finish` when all
/// files are written, and only then knows that they are.
public final class WriteQueue: Sendable {
  /// Pieces of work that may wait; each may hold a descriptor and some memory.
  private static let room = 8
  private static let everyFile = DispatchQueue(label: "seedbed.files", attributes: .concurrent)

  private let slots = DispatchSemaphore(value: WriteQueue.room)
  private let group = DispatchGroup()
  private let failure = Mutex<VideoError?>(nil)

  public init() {}

  /// Returns when all work is done; throws the first failure of it.
  public func finish() throws(VideoError) {
    group.wait()
    try check()
  }

  typealias Line = DispatchQueue

  /// A line of work for one file.
  func line() -> Line { DispatchQueue(label: "seedbed.file", target: WriteQueue.everyFile) }

  /// Adds work to a file's line; waits where too much does. After a failure nothing more is done.
  ///
  /// Throws what earlier work met.
  func add(to line: Line, _ work: @escaping @Sendable () throws(VideoError) -> Void) throws(VideoError) {
    try check()
    slots.wait()
    line.async(group: group) { [self] in
      defer { slots.signal() }
      do throws(VideoError) {
        try check()
        try work()
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
  }

  private func check() throws(VideoError) {
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
