import ArgumentParser
import SeedbedGeneration

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find every changed byte of a dataset: compare all files with their hashes, and regrow its episodes.",
    discussion: """
      Uses nothing but the dataset: scene, robot and meshes come from its own store. Every damaged, missing or added \
      file is named, with the episodes that are hit; every regrown episode that differs is named with its first frame \
      and feature. Exit 65 where anything is wrong: `seedbed repair` puts it right.

      While a run has not ended its files have no hashes yet; then only episodes are regrown.

      Examples:
        seedbed verify data/pick-place --hashes
        seedbed verify data/pick-place --episodes 50
      """)

  @Argument(help: "The dataset folder.")
  var dataset: String

  @Flag(help: "Only compare the files with their hashes; regrow nothing.")
  var hashes = false

  @Option(parsing: .unconditional, help: ArgumentHelp("So many episodes, spread evenly. Default: all.", valueName: "n"))
  var episodes: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Worker processes. Default: as many as there are cores.", valueName: "w"))
  var workers: Int?

  func validate() throws {
    if let episodes { try checkRange("--episodes", episodes, 1...10_000_000) }
    if let workers { try checkRange("--workers", workers, 1...1024) }
    if hashes && (episodes ?? workers) != nil {
      throw ValidationError("--hashes regrows nothing. Leave out --episodes and --workers.")
    }
  }

  func run() async throws {
    let line = StatusLine()
    try await reportingErrors {
      if hashes {
        let report = try checkHashes(directory: dataset)
        show(report)
        print(", \(fixed(report.wallSeconds, 1)) s")
        if report.isDamaged { throw ExitCode(65) }
        return
      }
      let report = try await verify(
        directory: dataset, episodes: episodes, workers: workers ?? coreCount()
      ) { done, all in line.show("\(done) of \(all) episodes checked", isMilestone: done == all) }
      line.clear()
      if let hashes = report.hashes {
        show(hashes)
        print()
      } else {
        complain(
          "note: the run in \(dataset) has not ended, so its files have no hashes yet: only episodes were regrown. "
            + "Finish it with `seedbed generate --resume`.")
      }
      if let obstacle = report.obstacle { print("different: " + obstacle) }
      for finding in report.findings { print("different: " + finding.text) }
      let total = report.identical + report.findings.count
      print("\(report.identical) of \(total) episodes identical, \(fixed(report.wallSeconds, 1)) s")
      if report.isDamaged { throw ExitCode(65) }
    }
  }

  /// The last line is left open.
  private func show(_ report: HashReport) {
    for finding in report.findings { print((finding.isDamage ? "damaged: " : "note: ") + finding.description) }
    let damaged = report.findings.count(where: \.isDamage)
    print("\(report.files) files, \(damaged == 0 ? "none" : "\(damaged)") damaged", terminator: "")
  }
}
