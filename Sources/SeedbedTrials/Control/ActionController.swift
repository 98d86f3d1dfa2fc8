public import SeedbedPhysics
public import SeedbedScene

/// Drives a robot in an action space, and records commands in it.
public struct ActionController: Sendable {
  private var arm: any ArmController
  private let gripper: GripperController

  /// `model`: of the instance's robot. The controller begins at the instance's start.
  public init(_ space: ActionSpace, _ instance: SceneInstance, _ model: ArmModel) {
    let rate = Double(instance.rates.control)
    gripper = GripperController(space.gripper, instance.robot.gripper, rate: rate)
    arm =
      switch space.arm {
      case .jointPosition: JointPositionController()
      case .jointDelta: JointDeltaController(home: model.home)
      case .jointVelocity: JointVelocityController(home: model.home, rate: rate)
      case .eePose: PoseController(model, .quaternion)
      case .eePose6D: PoseController(model, .columns)
      case .eeDeltaBase: PoseDeltaController(model, .base)
      case .eeDeltaTool: PoseDeltaController(model, .tool)
      }
  }

  /// The next frame's action for a command with an opening: the arm's numbers, then the gripper's.
  ///
  /// - Parameters:
  ///   - opening: Measured at the start of the frame, m.
  ///   - force: What the fingers squeeze with at the end of the frame, N.
  public mutating func action(_ command: RobotCommand, opening: Float, force: Float) -> [Float] {
    arm.action(to: command.arm.map { Double($0) })
      + [gripper.action(opening: command.opening, measured: opening, force: force)]
  }

  /// The command that the next frame's action asks for. Numbers that are not finite give a command that is not.
  public mutating func command(_ action: [Float]) -> RobotCommand {
    guard let last = action.last, action.allSatisfy(\.isFinite) else {
      return RobotCommand(arm: [Float](repeating: .nan, count: action.count), opening: .nan)
    }
    var command = RobotCommand(arm: arm.targets(Array(action.dropLast())).map { Float($0) }, opening: 0)
    gripper.apply(last, to: &command)
    return command
  }
}

extension ActionSpace {
  /// How many numbers an action has with an arm of so many driven joints.
  public func width(joints: Int) -> Int {
    switch arm {
    case .jointPosition, .jointDelta, .jointVelocity: joints + 1
    case .eePose: 8
    case .eePose6D: 10
    case .eeDeltaBase, .eeDeltaTool: 7
    }
  }
}
