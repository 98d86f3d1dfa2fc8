import ArgumentParser
import SeedbedGeneration
import SeedbedPhysicsCard

struct PhysicsCardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "physics-card",
    abstract: "Measure this program's physics against closed forms.",
    discussion: """
      Free fall, sliding, sticking, toppling, a pendulum, bouncing and rolling; and in the robot's gripper: grip force, \
      static grasp, the load at which things slip, holding and shaking; and the arm's joint efforts against inverse \
      dynamics. Every line has its formula, what was measured and its bound. What cannot be measured, such as a grasp \
      in which nothing is held, says so and why. Exit code 1 where a bound is broken or a line not measured.

      Examples:
        seedbed physics-card
        seedbed physics-card --robot Robots/panda/panda.urdf --out card      # physics-card.md, .json and .png
        seedbed physics-card --scene Scenes/pick-place.yaml                  # the scene's robot and rates besides
        seedbed physics-card --scene data/run1                               # a dataset's own
      """)

  @Option(
    help: ArgumentHelp("A URDF to grasp with in place of the built-in arm.", valueName: "urdf"),
    completion: .file(extensions: ["urdf"]))
  var robot: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Also measure with the robot, rates and dynamics of a scene or a dataset. May be repeated.", valueName: "path"))
  var scene: [String] = []

  @Option(help: ArgumentHelp("Write physics-card.md, .json and .png into this folder.", valueName: "folder"))
  var out: String?

  @Flag(help: "Print JSON with all numbers instead.")
  var json = false

  func run() async throws {
    try await reportingErrors {
      let card = try physicsCard(PhysicsCardRequest(robot: robot, scenes: scene))
      if let out { try write(card, to: out) }
      if json {
        print(String(decoding: card.json(version: Version.number), as: UTF8.self), terminator: "")
      } else {
        for line in card.text { print(line) }
        print("\nnot modelled:")
        for item in PhysicsCard.notModelled { print("- \(item)") }
      }
      guard card.passed else { throw ExitCode(1) }
    }
  }
}
