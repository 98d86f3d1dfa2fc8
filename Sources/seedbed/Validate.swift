import ArgumentParser
import Diagnostics
import SeedbedDatasets

struct Validate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge any LeRobot dataset, v3.0 or v2.1: is all of it true and usable?",
    discussion: """
      Metadata, tables, videos and statistics are held against each other, every number and every packet is looked at, and \
      pictures are decoded. All findings are listed at once, each with file, episode, feature and what to do; the last line \
      counts them. Exit code 0 without errors (warnings do not count), 65 with some. Nothing is written.
      """)

  @Argument(help: "The dataset folder.")
  var dataset: String

  @Option(
    help: ArgumentHelp(
      "Decode all pictures of so many episodes, spread evenly. Default: some of all episodes, or all where they are few.",
      valueName: "n"))
  var episodes: Int?

  @Option(help: ArgumentHelp("Every episode must say that it is of this origin, for example sim.", valueName: "origin"))
  var requireOrigin: String?

  @Option(help: ArgumentHelp("Warn above so many pictures from one keyframe to the next.", valueName: "n"))
  var maxGop = 30

  @Flag(help: "Print one line of JSON instead.")
  var json = false

  func validate() throws {
    if let episodes { try checkRange("--episodes", episodes, 0...10_000_000) }
    try checkRange("--max-gop", maxGop, 1...1_000_000)
  }

  func run() async throws {
    try await reportingErrors {
      guard isFolder(dataset) else {
        throw InputError(
          at: SourceLocation(file: dataset), "there is no such folder.", remedy: "Give the folder of a LeRobot dataset."
        )
      }
      var options = ValidationOptions()
      options.episodes = episodes
      options.origin = requireOrigin
      options.longestGroup = maxGop
      let clock = ContinuousClock()
      let start = clock.now
      let report = try validateDataset(dataset, options)
      let seconds = (clock.now - start) / .seconds(1)
      if json {
        print(report.json(seconds: seconds))
      } else {
        for line in report.lines { print(line) }
        print(report.summary(seconds: seconds))
      }
      if !report.isValid { throw ExitCode(65) }
    }
  }
}
