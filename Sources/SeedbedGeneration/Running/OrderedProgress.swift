package import SeedbedQuality

/// Brings episodes that end in any order into the order of their numbers, decides on each, and gathers what the packer
/// is to do: the bookkeeping of the supervisor, without any effect of its own.
package struct OrderedProgress {
  /// An episode that has ended.
  package enum Ending: Equatable {
    /// `isOld`: by an earlier run of the same folder; it counts for the dataset, not for this run's report.
    case staged(bytes: Int, EpisodeSummary, isOld: Bool = false)
    case quarantined(signal: String, reason: String)
  }

  private var waiting: [Int: Ending] = [:]
  /// Decided on, but not yet given to the packer.
  package private(set) var orders: [PackOrder] = []
  /// Bytes of staged episodes that are not packed yet.
  package private(set) var stagedBytes = 0
  private var orderedBytes = 0
  private var allBytes = 0
  private var allStaged = 0
  private var selection: Selection
  private let successes: Int?
  private var packedOrders: Int
  package private(set) var report: RunReport

  /// `successes`: the run is complete with so many; nil where its number of episodes says when.
  package init(selection: Selection, successes: Int?, report: RunReport) {
    self.selection = selection
    self.successes = successes
    self.report = report
    packedOrders = selection.counts.next
  }

  /// What was decided on so far, as a run that goes on later begins with it.
  package var counts: Selection.Counts { selection.counts }
  /// The first episode that is not decided on yet.
  package var next: Int { selection.counts.next }
  /// The first episode that is not packed yet.
  package var firstUnpacked: Int { packedOrders }
  /// Whether only a number of successes completes the run.
  package var seeksSuccesses: Bool { successes != nil }
  package var isComplete: Bool { selection.isComplete(successes: successes) }
  /// Episodes that have ended but wait for one before them.
  package var waitingEpisodes: Int { waiting.count }
  /// Of a staged episode; 0 while there was none.
  package var meanBytes: Int { allStaged == 0 ? 0 : allBytes / allStaged }

  package mutating func ended(_ k: Int, _ ending: Ending) {
    guard k >= next, waiting[k] == nil else { return }
    waiting[k] = ending
    if case .staged(let bytes, _, _) = ending {
      stagedBytes += bytes
      allBytes += bytes
      allStaged += 1
    }
  }

  /// Decides on all episodes whose turn has come.
  package mutating func advance() {
    while !isComplete, let ending = waiting.removeValue(forKey: next) { decide(next, ending) }
  }

  private mutating func decide(_ k: Int, _ ending: Ending) {
    switch ending {
    case .quarantined(let signal, let reason):
      _ = selection.decide(EpisodeVerdict(episode: k, outcome: .quarantined(reason: reason)))
      orders.append(.quarantine(k, signal: signal, reason: reason))
      report.quarantined += 1
    case .staged(let bytes, let summary, let isOld):
      orderedBytes += bytes
      if isOld { report.doneBefore += 1 } else { report.add(summary) }
      let verdict = EpisodeVerdict(
        episode: k,
        outcome: .grown(success: summary.success, cause: summary.cause, failures: summary.gateFailures))
      switch selection.decide(verdict) {
      case .keep:
        orders.append(.keep(k))
        if isOld {
          report.successesBefore += summary.success ? 1 : 0
        } else {
          report.kept += 1
          report.keptSuccesses += summary.success ? 1 : 0
        }
      case .reject(let kind, let reason):
        orders.append(.reject(k, kind: kind.rawValue, reason: reason))
        report.rejected[kind.rawValue, default: 0] += 1
      }
    }
  }

  /// Hands over the orders; their bytes stay counted until `packed`.
  package mutating func takeOrders() -> (orders: [PackOrder], bytes: Int) {
    defer {
      orders = []
      orderedBytes = 0
    }
    return (orders, orderedBytes)
  }

  /// The packer has obeyed all orders that were handed over.
  package mutating func packed(bytes: Int, seconds: Double) {
    stagedBytes -= bytes
    report.overheadSeconds += seconds
    packedOrders = next - orders.count
  }
}
