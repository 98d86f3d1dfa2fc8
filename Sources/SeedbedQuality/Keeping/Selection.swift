import SeedbedScene

/// Decides which episodes of a run are kept, one after another in the order of their numbers.
///
/// A function of the rule and of the verdicts so far, and of these only through `counts`: a run that was interrupted goes
/// on with the counts that it had.
public struct Selection: Sendable, Codable, Equatable {
  public struct Counts: Sendable, Codable, Equatable {
    /// Number of the next episode to decide.
    public var next: Int
    public var kept = 0
    public var keptSuccesses = 0
    /// Kept failures by cause.
    public var keptByCause: [String: Int] = [:]
    /// Rejected and skipped episodes by kind.
    public var rejected: [String: Int] = [:]

    public init(next: Int = 0) { self.next = next }
  }

  public let rule: KeepRule
  public private(set) var counts: Counts

  /// - Parameter counts: those of the run so far; a fresh one's where nothing was decided yet.
  public init(_ rule: KeepRule, counts: Counts = Counts()) {
    self.rule = rule
    self.counts = counts
  }

  /// - Precondition: the verdict is about episode `counts.next`.
  public mutating func decide(_ verdict: EpisodeVerdict) -> Decision {
    precondition(verdict.episode == counts.next, "episode \(verdict.episode) is decided where \(counts.next) is next")
    let decision = judged(verdict.outcome)
    counts.next += 1
    switch (decision, verdict.outcome) {
    case (.keep, .grown(true, _, _)):
      counts.kept += 1
      counts.keptSuccesses += 1
    case (.keep, .grown(false, let cause, _)):
      counts.kept += 1
      counts.keptByCause[cause, default: 0] += 1
    case (.keep, .skipped), (.keep, .quarantined): break
    case (.reject(let kind, _), _): counts.rejected[kind.rawValue, default: 0] += 1
    }
    return decision
  }

  /// Whether as many successes are kept as were asked for; never without a target.
  public func isComplete(successes target: Int?) -> Bool { target.map { counts.keptSuccesses >= $0 } ?? false }

  private func judged(_ outcome: EpisodeVerdict.Outcome) -> Decision {
    switch outcome {
    case .skipped(let reason): return .reject(.skipped, reason: reason)
    case .quarantined(let reason): return .reject(.quarantined, reason: reason)
    case .grown(let success, let cause, let failures):
      let obstacles = failures.filter(\.gate.isIndispensable)
      if !obstacles.isEmpty { return .reject(.unwritable, reason: Self.reasons(obstacles)) }
      if rule.base != .all, !failures.isEmpty { return .reject(.gate, reason: Self.reasons(failures)) }
      if success { return .keep }
      if let quota = rule.quotas[cause] {
        guard counts.keptByCause[cause, default: 0] >= quota else { return .keep }
        return .reject(.quota, reason: "Its failure is `\(cause)`, and the quota of \(quota) such episodes is full.")
      }
      guard rule.base == .successes else { return .keep }
      return .reject(.unwanted, reason: "Its failure is `\(cause)`, and only successes were asked for.")
    }
  }

  private static func reasons(_ failures: [GateFailure]) -> String {
    failures.map { "\($0.gate.rawValue): \($0.reason)" }.joined(separator: " ")
  }
}
