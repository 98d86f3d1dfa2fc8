import SeedbedQuality
import SeedbedScene
import Testing

@Suite struct SelectionTests {
  static func grown(_ k: Int, _ cause: String = "none", _ failures: [GateFailure] = []) -> EpisodeVerdict {
    EpisodeVerdict(episode: k, outcome: .grown(success: cause == "none", cause: cause, failures: failures))
  }

  static let jerky = [GateFailure(.jerk, "Too jerky.")]
  static let broken = [GateFailure(.nonFinite, "Not finite."), GateFailure(.jerk, "Too jerky.")]

  /// One episode of every sort, in order.
  static let sorts = [
    grown(0), grown(1, "none", jerky), grown(2, "slipped"), grown(3, "slipped", jerky), grown(4, "slipped"),
    grown(5, "dropped"), grown(6, "none", broken), EpisodeVerdict(episode: 7, outcome: .skipped(reason: "No room.")),
    EpisodeVerdict(episode: 8, outcome: .quarantined(reason: "It died.")), grown(9, "slipped"),
  ]

  @Test(arguments: [
    (["all"], [0, 1, 2, 3, 4, 5, 9]), (["passed"], [0, 2, 4, 5, 9]), (["successes"], [0]),
    (["failures=slipped:2"], [0, 2, 4]), (["failures=slipped:2,dropped:0"], [0, 2, 4]),
    (["failures=slipped:9,dropped:9"], [0, 2, 4, 5, 9]), (["all,failures=slipped:2"], [0, 1, 2, 3, 5]),
    (["passed,failures=slipped:1"], [0, 2, 5]), (["passed,failures=dropped:0"], [0, 2, 4, 9]),
  ])
  func whatIsKept(_ texts: [String], _ kept: [Int]) throws {
    var selection = Selection(try KeepRule(parsing: texts))
    let decisions = Self.sorts.map { selection.decide($0) }
    #expect(decisions.indices.filter { decisions[$0] == .keep } == kept)
    #expect(selection.counts.kept == kept.count)
    #expect(selection.counts.next == 10)
    #expect(selection.counts.rejected.values.reduce(0, +) == 10 - kept.count)
  }

  @Test func reasons() throws {
    var selection = Selection(try KeepRule(parsing: ["failures=slipped:1"]))
    let decisions = Self.sorts.map { selection.decide($0) }
    #expect(decisions[1] == .reject(.gate, reason: "jerk: Too jerky."))
    #expect(
      decisions[4] == .reject(.quota, reason: "Its failure is `slipped`, and the quota of 1 such episodes is full."))
    #expect(decisions[5] == .reject(.unwanted, reason: "Its failure is `dropped`, and only successes were asked for."))
    #expect(decisions[6] == .reject(.unwritable, reason: "nonFinite: Not finite."))
    #expect(decisions[7] == .reject(.skipped, reason: "No room."))
    #expect(decisions[8] == .reject(.quarantined, reason: "It died."))
    #expect(
      selection.counts.rejected == [
        "gate": 2, "quota": 2, "unwanted": 1, "unwritable": 1, "skipped": 1, "quarantined": 1,
      ])
  }
}
