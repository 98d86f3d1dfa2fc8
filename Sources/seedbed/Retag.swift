import ArgumentParser
import SeedbedMixing

struct Retag: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put the columns back that say where episodes come from, after other tools dropped them.",
    discussion: """
      LeRobot's delete and split drop the columns origin, sim.*, success, draw.* and whatever else was added to the episodes. \
      Every dataset that this program makes remembers them in meta/seedbed/episodes.jsonl under a fingerprint of each episode's \
      numbers, which renumbering, deleting, splitting and merging do not change. The table of episodes is written anew beside \
      its place and renamed; nothing else is touched.

      Where several remembered episodes have the same numbers (--repeat, mixes that share episodes), the columns on which they \
      agree are restored, and repetitions are numbered in order. Exit code 1: of some episodes nothing, or not everything, could \
      be told; the others are restored.

      Example: seedbed retag data/without-failures --from data/run1 --from data/real-mix
      """)

  @Argument(help: "The dataset folder, v3.0.")
  var dataset: String

  @Option(
    help: ArgumentHelp(
      "A dataset that the episodes were in, or its meta/seedbed/episodes.jsonl. Repeatable. Default: the dataset's own.",
      valueName: "dataset|file"))
  var from: [String] = []

  func run() async throws {
    try await reportingErrors {
      let report = try retag(dataset, from: from)
      let known = report.restored + report.alreadyRight
      print(
        "\(report.restored) of \(report.episodes) episodes restored, \(report.alreadyRight) were right already"
          + (known > 0
            ? " (\(report.columns.count) columns: \(report.columns.prefix(4).joined(separator: ", "))\(report.columns.count > 4 ? ", …" : ""))"
            : ""))
      if !report.ambiguous.isEmpty {
        print(
          "several remembered episodes have the same numbers and differ in \(report.unsettled.joined(separator: ", ")), "
            + "which stay as they are: \(list(report.ambiguous))")
      }
      if !report.unknown.isEmpty { print("unknown: \(list(report.unknown))") }
      if !report.isComplete { throw ExitCode(1) }
    }
  }

  private func list(_ episodes: [Int]) -> String {
    episodes.prefix(20).map(String.init).joined(separator: ", ")
      + (episodes.count > 20 ? " and \(episodes.count - 20) more" : "")
  }
}
