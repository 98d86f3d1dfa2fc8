import ArgumentParser
import SeedbedGeneration

/// Not for people: what `generate` and `verify` start, once a core.
struct Worker: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve jobs from standard input (started by generate and verify).", shouldDisplay: false)

  @Option var dataset: String

  func run() async throws {
    try await reportingErrors { try WorkerMain.run(dataset: dataset) }
  }
}
