import SeedbedGeometry
import SeedbedPhysics
public import SeedbedScene

/// The actions of an episode as a dataset holds them.
public struct RecordedActions: Sendable {
  public var space: ActionSpace
  /// Frame by frame, flat.
  public var values: [Float]

  public init(space: ActionSpace, values: [Float]) {
    self.space = space
    self.values = values
  }
}

/// What tells the robot of a trial what to do: the expert, or a recording.
struct Pilot {
  private struct Recording {
    let values: [Float]
    /// Numbers a frame.
    let width: Int
    var controller: ActionController

    var frames: Int { values.count / width }

    mutating func command(frame k: Int) -> RobotCommand {
      let at = min(k, frames - 1) * width
      return controller.command(Array(values[at..<at + width]))
    }
  }

  private var expert: PickAndPlaceExpert?
  private var recording: Recording?
  private let home: RobotCommand

  init(_ planner: PickAndPlacePlanner, poses: [Pose]) {
    home = RobotCommand(planner)
    expert = PickAndPlaceExpert(planner, poses: poses)
  }

  init(_ planner: PickAndPlacePlanner, replaying actions: RecordedActions) {
    home = RobotCommand(planner)
    recording = Recording(
      values: actions.values, width: actions.space.width(joints: planner.model.count),
      controller: ActionController(actions.space, planner.instance, planner.model))
  }

  /// Why there is no plan, where one was wanted.
  var refusal: PickAndPlacePlanner.Refusal? { expert?.refusal }

  /// The command of frame k, given the true poses of all objects and of the tool at its start. Beyond the end of a
  /// recording its last action is given again.
  mutating func command(frame k: Int, poses: [Pose], tcp: Pose) -> RobotCommand {
    expert?.command(frame: k, poses: poses, tcp: tcp) ?? recording?.command(frame: k) ?? home
  }

  func phase(frame k: Int) -> TrialPhase { expert?.phase(frame: k) ?? .done }

  /// Frames until the tool rests for good; 0 without a plan.
  var plannedFrames: Int { expert?.plannedFrames ?? 0 }

  /// The last frame of a recording, which ends whatever happens.
  var lastFrame: Int? { recording.map { $0.frames - 1 } }
}

extension RobotCommand {
  /// Stay at the start.
  init(_ planner: PickAndPlacePlanner) {
    self.init(arm: planner.model.home.map { Float($0) }, opening: Float(planner.instance.robot.gripper.home))
  }
}
