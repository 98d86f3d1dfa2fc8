import Synchronization

/// A run at work: gives jobs to workers, commits what they stage, and has it packed in the order of the numbers.
struct Supervisor<Progress: ProgressSink>: ~Copyable {
  private let folder: RunFolder
  private let pool: WorkerPool
  private let queue: JobQueue
  private let progress: Progress
  private var journal: Journal
  private var ordered: OrderedProgress
  private let end: Int
  private var packing: Packing?
  private var hasWarned = false
  private var nextPacking = wallSeconds() + 2

  /// Episodes without a success after which a search for successes gets a warning.
  private static var fruitlessTries: Int { 100 }
  /// So many staged bytes may wait for the packer.
  private static var stagingCap: Int { 192 << 20 }
  /// A packer runs at most this share of the time.
  private static var packingShare: Double { 0.02 }
  /// Seconds from one packer's end to the next one's start, at least: each costs a fifth of a second of starting and
  /// loading, however little it packs, and short episodes without pictures cost little themselves.
  private static var packingPause: Double { 20 }

  /// The packer at work.
  private struct Packing {
    var task: Task<PackerProcess.Cost, any Error>
    let isOver: Flag
    /// Staged bytes that it packs.
    var bytes: Int
  }

  init(
    folder: RunFolder, pool: WorkerPool, end: Int, opening: RunOpening, ordered: OrderedProgress, progress: Progress
  ) throws(GenerationError) {
    self.folder = folder
    self.pool = pool
    self.progress = progress
    self.end = end
    journal = try Journal(path: folder.journal)
    self.ordered = ordered
    let done = Set(opening.committed.keys)
    queue = JobQueue(opening.packed.next..<max(opening.packed.next, end)) { done.contains($0) ? nil : .grow($0) }
    for (k, ending) in opening.committed { self.ordered.ended(k, ending) }
    self.ordered.advance()
  }

  /// Works until every episode has ended, the wanted successes are there, or a signal asks to stop. The last episodes are
  /// left to the packer that also settles the folder.
  mutating func run() async throws -> RunEnd {
    openWindow()
    if ordered.isComplete { queue.close() }
    let work = pool.start(queue)
    do {
      for try await event in work.events {
        try handle(event)
        if let packing, packing.isOver.isSet { try await finishPacking() }
        if packing == nil, isPackingDue { startPacking() }
        openWindow()
      }
      try await finishPacking()
    } catch {
      await work.abandon()
      // The packer must not outlive this run; what it shows is right in any case.
      _ = try? await packing?.task.value
      throw error
    }
    let isComplete = ordered.isComplete || ordered.next >= end
    return RunEnd(
      report: ordered.report, hasLeftover: ordered.waitingEpisodes > 0 && !isComplete, next: ordered.next,
      isComplete: isComplete, orders: ordered.takeOrders().orders)
  }

  private mutating func handle(_ event: WorkerPool.Event) throws {
    switch event {
    case .tick: return
    case .retried(let job, let death):
      progress.note("episode \(job.episode): \(death.text); it is tried again")
    case .lost(let job, let death): try quarantine(job.episode, signal: death.signalName, reason: death.text)
    case .reply(.grown(let k, let bytes, let summary)):
      try journal.append(.committed(k, bytes: bytes, summary: summary))
      ordered.ended(k, .staged(bytes: bytes, summary))
    case .reply(.failed(let k, let kind, let reason)):
      guard kind != .cannotWrite && kind != .system else { throw GenerationError(reason, kind: kind) }
      try quarantine(k, signal: "error", reason: reason)
    case .reply(let other): throw GenerationError("a worker answered \(other) to a job to grow")
    }
    let before = ordered.next
    ordered.advance()
    if ordered.next != before {
      progress.advanced(ordered.report)
      warnOfFruitlessness()
    }
    if ordered.isComplete { queue.close() }
  }

  /// Tells once of a search for successes that finds none: it would go on without an end.
  private mutating func warnOfFruitlessness() {
    let report = ordered.report
    let tried = report.episodes + report.quarantined
    guard ordered.seeksSuccesses, !hasWarned, tried >= Self.fruitlessTries, report.doneSuccesses == 0 else {
      return
    }
    hasWarned = true
    progress.note(
      "not one of \(tried) episodes is a success that is kept\(report.reasons). The search goes on until it is stopped; "
        + "see with --episodes \(tried) what the failures' causes are.")
  }

  private mutating func quarantine(_ k: Int, signal: String, reason: String) throws {
    try journal.append(.quarantined(k, signal: signal, reason: reason))
    progress.note("episode \(k) is left out: \(reason)")
    ordered.ended(k, .quarantined(signal: signal, reason: reason))
  }

  private var isPackingDue: Bool {
    !ordered.orders.isEmpty && (wallSeconds() >= nextPacking || ordered.stagedBytes > Self.stagingCap / 2)
  }

  private mutating func startPacking() {
    let (orders, bytes) = ordered.takeOrders()
    guard !orders.isEmpty else { return }
    let isOver = Flag()
    let packer = PackerProcess(folder: folder)
    let task = Task {
      defer { isOver.set() }
      return try await packer.run(orders)
    }
    packing = Packing(task: task, isOver: isOver, bytes: bytes)
  }

  private mutating func finishPacking() async throws {
    guard let done = packing else { return }
    packing = nil
    let cost = try await done.task.value
    ordered.packed(bytes: done.bytes, seconds: cost.cpu)
    nextPacking = wallSeconds() + max(Self.packingPause, cost.wall / Self.packingShare)
  }

  /// How far ahead of the packer the workers may run: as many episodes as fit beside what is staged.
  private func openWindow() {
    let mean = ordered.meanBytes
    let room = mean == 0 ? 4 * pool.workers + 64 : max(2 * pool.workers, Self.stagingCap / mean)
    queue.open(below: ordered.firstUnpacked + room)
  }
}

/// Set once, seen by everyone.
final class Flag: Sendable {
  private let value = Atomic<Bool>(false)
  var isSet: Bool { value.load(ordering: .acquiring) }
  func set() { value.store(true, ordering: .releasing) }
}
