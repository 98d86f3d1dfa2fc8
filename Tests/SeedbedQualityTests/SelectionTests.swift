import SeedbedQuality
import SeedbedScene
import SeedbedTestSupport
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

  static func verdicts(_ count: Int, _ random: inout TestRandom) -> [EpisodeVerdict] {
    (0..<count).map { k in
      switch Int.random(in: 0..<20, using: &random) {
      case 0: EpisodeVerdict(episode: k, outcome: .skipped(reason: "No room."))
      case 1: EpisodeVerdict(episode: k, outcome: .quarantined(reason: "It died."))
      case 2: grown(k, "none", broken)
      case 3...4: grown(k, "none", jerky)
      case 5: grown(k, "slipped", jerky)
      case 6...9: grown(k, "slipped")
      case 10...11: grown(k, "dropped")
      default: grown(k)
      }
    }
  }

  /// Workers finish in any order; every order gives the decisions of one after another, also when the run goes on after
  /// an interruption with nothing but the counts.
  @Test(arguments: 0..<60) func orderDoesNotMatter(_ seed: UInt64) throws {
    var random = TestRandom(seed: seed)
    let texts = [["all"], ["passed"], ["successes"], ["failures=slipped:7,dropped:3"], ["passed,failures=slipped:5"]]
    let rule = try KeepRule(parsing: texts[Int(seed) % texts.count])
    let verdicts = Self.verdicts(200, &random)
    let target: Int? = seed % 3 == 0 ? nil : Int.random(in: 1...80, using: &random)

    var selection = Selection(rule)
    var expected: [Decision] = []
    for verdict in verdicts where !selection.isComplete(successes: target) {
      expected.append(selection.decide(verdict))
    }

    var pending = verdicts
    var queue = SelectionQueue(Selection(rule), successes: target, end: verdicts.count)
    var found: [Decision] = []
    let workers = Int.random(in: 1...12, using: &random)
    while !pending.isEmpty {
      let next = pending.remove(at: Int.random(in: 0..<min(workers, pending.count), using: &random))
      for (verdict, decision) in queue.add(next) {
        #expect(verdict.episode == found.count)
        found.append(decision)
      }
      if Int.random(in: 0..<30, using: &random) == 0 {
        // Interrupted: what was not decided is grown again.
        queue = SelectionQueue(Selection(rule, counts: queue.selection.counts), successes: target, end: verdicts.count)
        pending = Array(verdicts[queue.selection.counts.next...])
      }
    }
    #expect(found == expected)
    #expect(queue.selection == selection)
    #expect(queue.isComplete)
    if let target, selection.isComplete(successes: target) {
      #expect(selection.counts.keptSuccesses == target)
      #expect(found.last == .keep)
    }
  }
}
