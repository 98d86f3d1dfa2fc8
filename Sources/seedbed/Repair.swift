import ArgumentParser
import SeedbedGeneration

struct Repair: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give a damaged dataset the bytes back that were written, regrowing only damaged episodes.",
    discussion: """
      Everything comes from the dataset itself: whole episodes are taken as they are, damaged ones are grown anew from \
      their seed, and statistics, tables, plots and documentation are made again. Every restored file is proved by the \
      hash that was written with it before the result takes the dataset's place, in one step; a kill leaves the damaged \
      dataset or the repaired one. Files that are not of the dataset are named and left alone.

      Exit 65 where both copies of something are lost that cannot be grown; the dataset then stays as it is.

      Example: seedbed repair data/pick-place
      """)

  @Argument(help: "The dataset folder.")
  var dataset: String

  @Flag(help: "Only say what is damaged and which episodes would be grown anew.")
  var dryRun = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Worker processes. Default: as many as there are cores.", valueName: "w"))
  var workers: Int?

  func validate() throws {
    if let workers { try checkRange("--workers", workers, 1...1024) }
  }

  func run() async throws {
    let line = StatusLine()
    StopSignal.install()
    try await reportingErrors {
      let report = try await repair(
        directory: dataset, workers: workers ?? coreCount(), isDryRun: dryRun
      ) { done, all in line.show("\(done) of \(all) damaged episodes regrown", isMilestone: done == all) }
      line.clear()
      for finding in report.findings { print((finding.isDamage ? "damaged: " : "note: ") + finding.description) }
      guard report.stoppedBy == 0 else {
        complain("stopped by signal \(report.stoppedBy): the dataset is as it was. Repair it again.")
        throw ExitCode(128 + report.stoppedBy)
      }
      print(report.summary(isDryRun: dryRun))
    }
  }
}

extension RepairReport {
  fileprivate func summary(isDryRun: Bool) -> String {
    let files = damagedFiles
    guard files > 0 else { return "nothing is damaged, \(fixed(wallSeconds, 1)) s" }
    let (a, b) = isDryRun ? ("to be restored", "to be regrown") : ("restored", "regrown")
    return "\(files) \(files == 1 ? "file" : "files") \(a), \(regrown.count) of \(episodes) episodes \(b)"
      + (regrown.isEmpty ? "" : " (\(EpisodeList.text(regrown)))") + ", \(fixed(wallSeconds, 1)) s"
  }
}
