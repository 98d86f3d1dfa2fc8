import ArgumentParser
import Diagnostics
import SeedbedDatasets
import SeedbedGeneration

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what of a simulated robot feeds the features of a real dataset.", subcommands: [SchemaDraft.self])
}

struct SchemaDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft",
    abstract: "Draft the mapping that `generate --like` takes.",
    discussion: """
      Reads the dataset's names and the numbers of some of its episodes, and writes a YAML file with one line a \
      dimension: which joint, gripper or camera of the simulation feeds it, in which unit, and what that was guessed \
      from. What the simulated robot has not is filled with the real data's mean. Correct it before you use it.

      Examples:
        seedbed schema draft data/real --robot Robots/panda/panda.urdf --out map.yaml
        seedbed schema draft data/real --scene Scenes/pick-place.yaml --out map.yaml
        seedbed generate Scenes/pick-place.yaml --like data/real --map map.yaml --episodes 100 --out data/sim
      """)

  @Argument(help: "The real dataset's folder (LeRobot v3.0 or v2.1).")
  var real: String

  @Option(help: ArgumentHelp("The simulated robot.", valueName: "urdf"), completion: .file(extensions: ["urdf"]))
  var robot: String?

  @Option(help: ArgumentHelp("The scene: says which cameras there are, and which robot.", valueName: "yaml"))
  var scene: String?

  @Option(help: ArgumentHelp("The mapping file; must not exist.", valueName: "file"))
  var out: String

  func validate() throws {
    if robot == nil, scene == nil { throw ValidationError("Name the robot with --robot, or a scene with --scene.") }
  }

  func run() async throws {
    try await reportingErrors {
      try requireOutside(real, out)
      let draft = try draftSchema(real: real, robot: robot, scene: scene, out: out)
      print("\(draft.entries) dimensions and cameras, \(draft.entries - draft.doubts.count) of them beyond doubt")
      if !draft.doubts.isEmpty {
        print("to be looked at:")
        for doubt in draft.doubts { print("  " + doubt.escapingControlCharacters) }
      }
      print("mapping: \(out)")
    }
  }
}
