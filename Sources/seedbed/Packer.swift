import ArgumentParser
import SeedbedGeneration

/// Not for people: what `generate` starts to bring staged episodes into the dataset.
struct Packer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Pack staged episodes as told on standard input (started by generate).", shouldDisplay: false)

  @Option var dataset: String

  func run() async throws {
    try await reportingErrors { try PackMain.run(dataset: dataset) }
  }
}
