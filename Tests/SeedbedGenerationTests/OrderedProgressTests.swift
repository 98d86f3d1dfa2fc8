import SeedbedGeneration
import SeedbedQuality
import SeedbedScene
import SeedbedTestSupport
import Testing

@Suite struct OrderedProgressTests {
  private func ending(_ k: Int) -> OrderedProgress.Ending {
    if k % 7 == 3 { return .quarantined(signal: "SIGABRT", reason: "no \(k)") }
    var summary = EpisodeSummary()
    summary.frames = k
    summary.success = k % 3 != 0
    summary.cause = summary.success ? "none" : "slipped"
    return .staged(bytes: 10 + k, summary)
  }

  private func orders(_ order: [Int], successes: Int?, keep: KeepRule) -> [PackOrder] {
    var progress = OrderedProgress(selection: Selection(keep), successes: successes, report: RunReport())
    var all: [PackOrder] = []
    for k in order {
      progress.ended(k, ending(k))
      progress.advance()
      if k % 4 == 0 { all += progress.takeOrders().orders }
    }
    return all + progress.takeOrders().orders
  }

  /// What is kept is a function of the episodes alone, not of the order in which workers finish.
  @Test(arguments: [nil, 9], [KeepRule(), KeepRule(.successes, quotas: ["slipped": 2])])
  func theOrderOfWorkDoesNotMatter(_ successes: Int?, _ keep: KeepRule) {
    let wanted = orders(Array(0..<40), successes: successes, keep: keep)
    #expect(wanted.compactMap(\.episode) == Array(0..<wanted.count))
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      #expect(orders(Array(0..<40).shuffled(using: &generator), successes: successes, keep: keep) == wanted)
    }
    if let successes {
      let kept = wanted.filter { if case .keep(let k) = $0 { k % 3 != 0 } else { false } }
      #expect(kept.count == successes)
      #expect(wanted.last == kept.last)
    }
  }

  private static let jerky = [GateFailure(.jerk, "Too jerky.")]
  private static let broken = [GateFailure(.nonFinite, "Not finite."), GateFailure(.jerk, "Too jerky.")]

  private static func endings(_ count: Int, _ random: inout TestRandom) -> [OrderedProgress.Ending] {
    func grown(_ cause: String, _ failures: [GateFailure]) -> OrderedProgress.Ending {
      var summary = EpisodeSummary()
      (summary.success, summary.cause, summary.gateFailures) = (cause == "none", cause, failures)
      return .staged(bytes: Int.random(in: 1...99, using: &random), summary)
    }
    return (0..<count).map { k in
      switch Int.random(in: 0..<20, using: &random) {
      case 0: .quarantined(signal: "SIGKILL", reason: "It died at \(k).")
      case 1: grown("none", broken)
      case 2...4: grown("none", jerky)
      case 5: grown("slipped", jerky)
      case 6...9: grown("slipped", [])
      case 10...11: grown("dropped", [])
      default: grown("none", [])
      }
    }
  }

  /// Workers finish in any order; every order gives the decisions of one after another, also when the run goes on after
  /// an interruption with nothing but the counts.
  @Test(arguments: 0..<60) func anInterruptionDoesNotMatter(_ seed: UInt64) throws {
    var random = TestRandom(seed: seed)
    let texts = [["all"], ["passed"], ["successes"], ["failures=slipped:7,dropped:3"], ["passed,failures=slipped:5"]]
    let rule = try KeepRule(parsing: texts[Int(seed) % texts.count])
    let endings = Self.endings(200, &random)
    let target: Int? = seed % 3 == 0 ? nil : Int.random(in: 1...80, using: &random)

    var selection = Selection(rule)
    var expected: [PackOrder] = []
    for (k, ending) in endings.enumerated() where !selection.isComplete(successes: target) {
      switch ending {
      case .quarantined(let signal, let reason):
        _ = selection.decide(EpisodeVerdict(episode: k, outcome: .quarantined(reason: reason)))
        expected.append(.quarantine(k, signal: signal, reason: reason))
      case .staged(_, let summary, _):
        let outcome = EpisodeVerdict.Outcome.grown(
          success: summary.success, cause: summary.cause, failures: summary.gateFailures)
        switch selection.decide(EpisodeVerdict(episode: k, outcome: outcome)) {
        case .keep: expected.append(.keep(k))
        case .reject(let kind, let reason): expected.append(.reject(k, kind: kind.rawValue, reason: reason))
        }
      }
    }

    func start(_ counts: Selection.Counts?) -> OrderedProgress {
      OrderedProgress(
        selection: counts.map { Selection(rule, counts: $0) } ?? Selection(rule), successes: target, report: RunReport()
      )
    }
    var progress = start(nil)
    var found: [PackOrder] = []
    var pending = Array(endings.indices)
    let workers = Int.random(in: 1...12, using: &random)
    while !pending.isEmpty {
      let next = pending.remove(at: Int.random(in: 0..<min(workers, pending.count), using: &random))
      progress.ended(next, endings[next])
      progress.advance()
      found += progress.takeOrders().orders
      if Int.random(in: 0..<30, using: &random) == 0 {
        // Interrupted: what was not decided is grown again.
        progress = start(progress.counts)
        pending = Array(endings.indices[progress.next...])
      }
    }
    #expect(found == expected)
    #expect(progress.counts == selection.counts)
    #expect(progress.isComplete == selection.isComplete(successes: target))
    if let target, selection.isComplete(successes: target) {
      #expect(selection.counts.keptSuccesses == target)
      #expect(found.last.map { if case .keep = $0 { true } else { false } } == true)
    }
  }
}
