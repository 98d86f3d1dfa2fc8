import ArgumentParser
import SeedbedGeneration

struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a scene, a robot or a dataset holds.")

  @Argument(help: "A scene file (.yaml), a robot (.urdf or .robot.yaml) or a dataset folder.")
  var file: String

  func run() async throws {
    try await reportingErrors { print(try inspect(file)) }
  }
}
