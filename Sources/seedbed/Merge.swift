import ArgumentParser
import SeedbedGeneration

struct Merge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make one dataset of the shards of a run.",
    discussion: """
      The result has the same bytes as a run without --shard. The shards are only read, and must be all that the run \
      was divided into, each finished.

      Example: seedbed merge part0 part1 part2 --out data/whole
      """)

  @Argument(help: "The shards' folders, in any order.")
  var shards: [String]

  @Option(help: ArgumentHelp("The dataset's folder; must not exist, or be empty.", valueName: "dir"))
  var out: String

  func run() async throws {
    let progress = TerminalProgress(wanted: 1, ofSuccesses: false)
    try await reportingErrors {
      let count = try await merge(shards: shards, out: out, progress: progress)
      print("\(count) episodes of \(shards.count) shards")
      print("dataset: \(out)")
    }
  }
}
