import ArgumentParser
import SeedbedGeneration

struct Generate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Grow a dataset of episodes from a scene.",
    discussion: """
      The dataset's bytes depend on the scene, its files, the seed and this program's version; not on --workers, nor \
      on what ran before. Failed episodes stay in, with their cause and first failing frame.

      Example: seedbed generate Scenes/pick-place.yaml --episodes 100 --seed 1 --out data/pick-place
      """)

  @OptionGroup var scene: SceneArguments

  @Option(help: ArgumentHelp("How many episodes.", valueName: "n"))
  var episodes: Int = 10

  @Option(help: ArgumentHelp("The dataset's folder; must not exist, or be empty.", valueName: "dir"))
  var out: String

  @Option(help: ArgumentHelp("Worker processes. Default: as many as there are cores.", valueName: "w"))
  var workers: Int?

  @Flag(help: "Leave the cameras out: numbers only.")
  var stateOnly = false

  func validate() throws {
    try checkRange("--episodes", episodes, 1...10_000_000)
    if let workers { try checkRange("--workers", workers, 1...1024) }
  }

  func run() async throws {
    let progress = TerminalProgress(episodes: episodes)
    StopSignal.install()
    try await reportingErrors {
      let report = try await generate(
        GenerateOptions(
          scene: scene.scene, overrides: scene.overrides, episodes: episodes, seed: scene.seed, out: out,
          workers: workers ?? coreCount(), stateOnly: stateOnly),
        progress: progress)
      progress.finish()
      if report.episodes > 0 {
        print(report.text)
        print("dataset: \(out)")
      }
      if report.stoppedBy != 0 {
        complain(
          "stopped by signal \(report.stoppedBy): \(report.episodes) of \(episodes) episodes are in the dataset"
            + (report.episodes == 0 ? ", so \(out) was removed." : ", which is complete as it is."))
        throw ExitCode(128 + report.stoppedBy)
      }
    }
  }
}
