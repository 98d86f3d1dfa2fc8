import ArgumentParser
import Diagnostics
import SeedbedComparison
import SeedbedDatasets

struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how far a simulated dataset is from a real one, and what to change first.",
    discussion: """
      Every feature that both have is compared: values, speeds, spectrum, how the state follows the action, pauses, \
      coverage of the state space, pictures (colours, brightness, contrast, sharpness, noise, layout), timing and task \
      texts. Dimensions belong together by their names where both have some. A dataset beside itself gives 0.

      Examples:
        seedbed compare data/real data/sim
        seedbed compare data/real data/sim --out report     # report.txt, report.json and plots
      """)

  @Argument(help: "The real dataset, LeRobot v3.0 or v2.1.")
  var real: String

  @Argument(help: "The simulated dataset.")
  var sim: String

  @Flag(help: "Print JSON with all numbers instead.")
  var json = false

  @Option(help: ArgumentHelp("Also write report.txt, report.json and plots into this new folder.", valueName: "folder"))
  var out: String?

  func run() async throws {
    try await reportingErrors {
      for folder in [real, sim] where !isFolder(folder) {
        throw InputError(
          at: SourceLocation(file: folder), "there is no such folder.", remedy: "Give the folder of a LeRobot dataset.")
      }
      let report = try Comparison(real: DatasetSource(directory: real), sim: DatasetSource(directory: sim))
      if let out { try report.write(to: out) }
      if json {
        print(String(decoding: report.json(), as: UTF8.self), terminator: "")
      } else {
        for line in report.lines { print(line) }
        if let out { print("\nreport and plots: \(out)") }
      }
    }
  }
}
