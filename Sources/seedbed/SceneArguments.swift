import ArgumentParser
import SeedbedScene

/// What every command that reads a scene takes.
struct SceneArguments: ParsableArguments {
  @Argument(help: "The scene file (YAML).", completion: .file(extensions: ["yaml", "yml", "json"]))
  var scene: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The run's seed: with the episode's number the key of every draw.", valueName: "s"),
    transform: parseSeed)
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("A URDF to use instead of the scene's robot.", valueName: "urdf"),
    completion: .file(extensions: ["urdf"]))
  var robot: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Override a value of the scene, for example objects.cube.mass=0.2. May be repeated.", valueName: "path=value"))
  var overridesList: [String] = []

  func validate() throws { try checkOverrides(overridesList) }

  var overrides: SceneOverrides { SceneOverrides(robot: robot, set: overridesList) }
}
