import ArgumentParser
import SeedbedGeneration

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Regrow episodes of a dataset and compare every byte.",
    discussion: """
      Uses nothing but the dataset: scene, robot and meshes come from its own store. Every difference is named with \
      episode, frame and feature; every file (statistics, tasks, documentation) is checked by its hash too (exit 1).
      """)

  @Argument(help: "The dataset folder.")
  var dataset: String

  @Option(parsing: .unconditional, help: ArgumentHelp("So many episodes, spread evenly. Default: all.", valueName: "n"))
  var episodes: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Worker processes. Default: as many as there are cores.", valueName: "w"))
  var workers: Int?

  func validate() throws {
    if let episodes { try checkRange("--episodes", episodes, 1...10_000_000) }
    if let workers { try checkRange("--workers", workers, 1...1024) }
  }

  func run() async throws {
    let line = StatusLine()
    try await reportingErrors {
      let report = try await verify(
        directory: dataset, episodes: episodes, workers: workers ?? coreCount()
      ) { done, all in line.show("\(done) of \(all) episodes checked", isMilestone: done == all) }
      line.clear()
      for file in report.files { print("different: " + file) }
      for finding in report.findings { print("different: " + finding.text) }
      let total = report.identical + report.findings.count
      print("\(report.identical) of \(total) episodes identical, \(fixed(report.wallSeconds, 1)) s")
      if !report.findings.isEmpty || !report.files.isEmpty { throw ExitCode(1) }
    }
  }
}
