/// Takes verdicts in whatever order workers finish, and decides in the order of the episodes' numbers.
///
/// Whatever the order, the decisions are the same: those of a `Selection` over the episodes from its next number on, up to
/// the one that completes the run. Verdicts about later episodes are dropped.
public struct SelectionQueue: Sendable {
  public private(set) var selection: Selection
  /// The run is over when so many successes are kept; nil: when `end` is reached.
  public let successes: Int?
  /// Number of the first episode that does not belong to the run; nil: there is none.
  public let end: Int?
  private var waiting: [Int: EpisodeVerdict] = [:]

  public init(_ selection: Selection, successes: Int?, end: Int?) {
    self.selection = selection
    self.successes = successes
    self.end = end
  }

  /// Whether no further verdict changes anything.
  public var isComplete: Bool {
    selection.isComplete(successes: successes) || end.map { selection.counts.next >= $0 } ?? false
  }

  /// Returns the decisions that can be made now, in the order of the episodes' numbers.
  public mutating func add(_ verdict: EpisodeVerdict) -> [(verdict: EpisodeVerdict, decision: Decision)] {
    guard verdict.episode >= selection.counts.next, !isComplete else { return [] }
    waiting[verdict.episode] = verdict
    var decided: [(verdict: EpisodeVerdict, decision: Decision)] = []
    while !isComplete, let next = waiting.removeValue(forKey: selection.counts.next) {
      decided.append((next, selection.decide(next)))
    }
    return decided
  }
}
