import ArgumentParser
import Diagnostics
import SeedbedGeneration
import SeedbedScene

/// What every command that records takes to choose the numbers of the commands.
struct ActionArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the dataset calls `action`: joint_position (default), joint_delta, joint_velocity, ee_pose, ee_pose_6d, "
        + "ee_delta_base, ee_delta_tool; with .openness, .closedness or .force behind it the gripper's number is another one "
        + "than its opening in metres.", valueName: "space"),
    transform: parseActionSpace)
  var actionSpace: ActionSpace?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Action spaces to record beside it, with commas between them, as the features command.<space>. May be repeated.",
      valueName: "space,..."),
    transform: { try $0.split(separator: ",").map { try parseActionSpace(String($0)) } })
  var alsoAction: [[ActionSpace]] = []

  var request: ActionRequest? {
    ActionRequest(space: actionSpace, also: alsoAction.isEmpty ? nil : alsoAction.flatMap { $0 })
  }
}

func parseActionSpace(_ text: String) throws -> ActionSpace {
  do {
    return try ActionSpace(parsing: text, at: SourceLocation(file: "--action-space"))
  } catch {
    throw ValidationError(error.diagnostics.map { "\($0.message) \($0.remedy)" }.joined(separator: " "))
  }
}
