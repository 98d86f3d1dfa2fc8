import SeedbedGeneration
import SeedbedQuality
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
}
