import ArgumentParser
import SeedbedGeneration
import SeedbedScene

struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play recorded actions again through the controller of their action space, and compare the outcomes.",
    discussion: """
      Every episode's world is built anew from the dataset's own store, and nothing but the recorded numbers of one \
      action space moves its robot; the judge of the first time judges again. Of joint_position every body must be at \
      the same place to the last bit. Exit 1 where fewer outcomes than --least are the same, or such a bit differs.

      Examples:
        seedbed replay data/pick-place
        seedbed replay data/pick-place --action-space ee_delta_tool --episodes 0-199 --least 0.99
        seedbed replay data/pick-place --action-space all
      """)

  @Argument(help: "The dataset folder.")
  var dataset: String

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "The action spaces, with commas between them; all: every one that is recorded. Default: what the dataset calls "
        + "`action`. May be repeated.", valueName: "space,..."))
  var actionSpace: [String] = []

  @Option(help: ArgumentHelp("Episodes, such as 3 or 0-199 or 1,5,7-9. Default: all.", valueName: "list"))
  var episodes: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Share of the episodes whose outcome must be the same, 0 to 1. Default: 1.", valueName: "share"))
  var least: Double = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Worker processes. Default: as many as there are cores.", valueName: "w"))
  var workers: Int?

  @Flag(help: "Every episode's ending as JSON, one line each.")
  var json = false

  func validate() throws {
    if let workers { try checkRange("--workers", workers, 1...1024) }
    guard least >= 0, least <= 1 else { throw ValidationError("--least is \(least). It must be from 0 to 1.") }
    _ = try spaces()
    if let episodes { _ = try Self.numbers(episodes) }
  }

  /// nil: the dataset's `action`; empty: all.
  private func spaces() throws -> [ActionSpace]? {
    let words = actionSpace.flatMap { $0.split(separator: ",").map(String.init) }
    if words.isEmpty { return nil }
    return words.contains("all") ? [] : try words.map(parseActionSpace)
  }

  private static let mostEpisodes = 1_000_000

  /// Sorted, each once.
  static func numbers(_ text: String) throws -> [Int] {
    var numbers: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, first >= 0, first <= last, last < mostEpisodes
      else {
        throw ValidationError(
          "--episodes: `\(part)` is no number and no range. Write for example 3 or 0-199 or 1,5,7-9.")
      }
      numbers.formUnion(first...last)
    }
    return numbers.sorted()
  }

  func run() async throws {
    let line = StatusLine()
    StopSignal.install()
    try await reportingErrors {
      let report = try await replay(
        directory: dataset, episodes: try episodes.map(Self.numbers), spaces: try spaces(),
        workers: workers ?? coreCount()
      ) { done, all in line.show("\(done) of \(all) replayed", isMilestone: done == all) }
      line.clear()
      if StopSignal.number != 0 { throw ExitCode(128 + StopSignal.number) }
      if json { for ending in report.endings { print(ending.json) } } else { show(report) }
      for finding in report.findings { complain("error: " + finding.text) }
      let isEnough = report.spaces.allSatisfy { space in
        let endings = report.endings(space)
        let isExact = space != ActionSpace(.jointPosition) || endings.allSatisfy(\.isBitEqual)
        return isExact && Double(endings.count(where: \.isSame)) >= least * Double(endings.count) - 1e-9
      }
      if !report.findings.isEmpty { throw ExitCode(65) }
      if !isEnough { throw ExitCode(1) }
    }
  }

  private func show(_ report: ReplayReport) {
    for ending in report.endings where !ending.isSame {
      print(
        "different: episode \(ending.episode), \(ending.space): recorded \(text(ending.recorded)), replayed "
          + text(ending.replayed))
    }
    let width = max(12, report.spaces.map(\.name.count).max() ?? 0)
    func row(_ cells: [String]) -> String {
      cells[0].padded(width) + cells.dropFirst().map { "  " + $0.padded(12, fromLeft: true) }.joined()
    }
    print(row(["action space", "episodes", "same outcome", "share", "same bits"]))
    for space in report.spaces {
      let endings = report.endings(space)
      let same = endings.count(where: \.isSame)
      print(
        row([
          space.name, "\(endings.count)", "\(same)",
          fixed(100 * Double(same) / Double(max(1, endings.count)), 1) + " %",
          "\(endings.count(where: \.isBitEqual))",
        ]))
    }
    print("\(fixed(report.wallSeconds, 1)) s")
  }

  private func text(_ outcome: ReplayEnding.Outcome) -> String {
    outcome.cause == "none"
      ? "a success" : outcome.frame < 0 ? outcome.cause : "\(outcome.cause) in frame \(outcome.frame)"
  }
}

extension ReplayEnding {
  /// All words are letters, digits and `_`.
  fileprivate var json: String {
    func text(_ o: Outcome) -> String { #"{"cause":"\#(o.cause)","frame":\#(o.frame),"state_hash":"\#(o.stateHash)"}"# }
    return #"{"episode":\#(episode),"action_space":"\#(space)","same_outcome":\#(isSame),"same_bits":\#(isBitEqual),"#
      + #""recorded":\#(text(recorded)),"replayed":\#(text(replayed))}"#
  }
}

extension String {
  fileprivate func padded(_ width: Int, fromLeft: Bool = false) -> String {
    let room = String(repeating: " ", count: max(0, width - count))
    return fromLeft ? room + self : self + room
  }
}
