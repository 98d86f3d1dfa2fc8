import ArgumentParser
import SeedbedGeneration

struct Preview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the first frames of a scene's episodes into one picture.",
    discussion: "Example: seedbed preview Scenes/pick-place.yaml --seed 1 --count 16 --out sheet.png")

  @OptionGroup var scene: SceneArguments

  @OptionGroup var form: LikeArguments

  @Option(parsing: .unconditional, help: ArgumentHelp("How many episodes.", valueName: "n"))
  var count: Int = 16

  @Option(help: ArgumentHelp("The picture (PNG).", valueName: "file"))
  var out: String

  func validate() throws { try checkRange("--count", count, 1...1024) }

  func run() async throws {
    try await reportingErrors {
      let axes = try preview(
        scene: scene.scene, overrides: scene.overrides, like: form.request, seed: scene.seed, count: count, out: out)
      print("\(axes.count) axes drawn over \(count) episodes (lowest, highest):")
      for axis in axes { print("  \(axis.path): \(fixed(axis.lowest, 4)) ... \(fixed(axis.highest, 4))") }
      print("picture: \(out)")
    }
  }
}
