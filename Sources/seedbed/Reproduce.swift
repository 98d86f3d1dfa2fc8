import ArgumentParser
import Glibc
import SeedbedGeneration
import SeedbedScene

struct Reproduce: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Regrow one episode, bit for bit.",
    discussion: """
      With a dataset: regrows episode --episode from the dataset's own store alone, compares every state, action and \
      picture with the files, and says identical or names the first difference (exit 1).
      With a scene: grows that one episode of --seed into a dataset of its own in --out.

      Examples:
        seedbed reproduce data/pick-place --episode 17
        seedbed reproduce Scenes/pick-place.yaml --seed 1 --episode 17 --out /tmp/one --pictures
      """)

  @Argument(help: "A dataset folder, or a scene file.")
  var source: String

  @Option(parsing: .unconditional, help: ArgumentHelp("The episode's number, from 0.", valueName: "k"))
  var episode: Int

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Scene only: the run's seed. Default: 0.", valueName: "s"),
    transform: parseSeed)
  var seed: UInt64?

  @Option(help: ArgumentHelp("Scene only: the folder for the episode.", valueName: "dir"))
  var out: String?

  @Option(help: ArgumentHelp("Scene only: a URDF to use instead of the scene's robot.", valueName: "urdf"))
  var robot: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Scene only: override a value of the scene.", valueName: "path=value"))
  var overridesList: [String] = []

  @OptionGroup(title: "Scene only") var form: LikeArguments

  @OptionGroup(title: "Scene only") var actions: ActionArguments

  @Flag(help: "Scene only: leave the cameras out.")
  var stateOnly = false

  @Flag(
    help: ArgumentHelp(
      "Scene only: also write every frame as PNG files to <out>/pictures.",
      discussion: """
        rgb: 8 bit. depth: 16 bit, tenths of a millimetre along the optical axis, 0 = nothing, 65535 = 6.5535 m or \
        more. ids: 16 bit, ids.json names them.
        """))
  var pictures = false

  func validate() throws {
    try checkRange("--episode", episode, 0...10_000_000)
    try checkOverrides(overridesList)
    if isFolder(source) {
      guard seed == nil, out == nil, robot == nil, overridesList.isEmpty, form.like == nil, actions.request == nil,
        !stateOnly, !pictures
      else {
        throw ValidationError(
          "--seed, --out, --robot, --set, --like, --action-space, --also-action, --state-only and --pictures go with a scene; "
            + "\(source) is a dataset, which holds all that itself. Leave them out.")
      }
    } else if out == nil {
      throw ValidationError("a scene is regrown into a folder of its own. Name it with --out DIR.")
    }
    if stateOnly && pictures { throw ValidationError("--pictures needs the cameras. Leave out --state-only.") }
  }

  func run() async throws {
    try await reportingErrors {
      if isFolder(source) {
        if let difference = try reproduce(directory: source, episode: episode) {
          print("different: " + difference)
          throw ExitCode(1)
        }
        print("identical: episode \(episode) regrew to the same bytes")
      } else {
        let folder = out ?? ""
        let report = try reproduce(
          scene: source, overrides: SceneOverrides(robot: robot, set: overridesList), like: form.request,
          actions: actions.request, seed: seed ?? 0, episode: episode, out: folder, stateOnly: stateOnly,
          pictures: pictures)
        print(report.text)
        print("dataset: \(folder)")
      }
    }
  }
}
