package import SeedbedPhysics
package import SeedbedScene

/// Drives the gripper in one convention, there and back.
package struct GripperController: Sendable {
  private let convention: ActionSpace.Gripper
  private let gripper: GripperInstance
  /// Frames a second.
  private let rate: Double

  package init(_ convention: ActionSpace.Gripper, _ gripper: GripperInstance, rate: Double) {
    self.convention = convention
    self.gripper = gripper
    self.rate = rate
  }

  /// The number that asks for an opening (m).
  ///
  /// - Parameters:
  ///   - measured: Opening at the start of the frame, m; a force depends on how far it is from there.
  ///   - force: What the fingers squeeze with at the end of the frame, N.
  package func action(opening: Float, measured: Float, force: Float) -> Float {
    let share = Double(opening) / gripper.maxOpening
    switch convention {
    case .opening: return opening
    case .openness: return Float(share)
    case .closedness: return Float(1 - share)
    case .force:
      let speed = (Double(opening) - Double(measured)) * rate
      let toMove = -gripper.drag * min(max(speed, -gripper.speed), gripper.speed)
      let wanted = toMove >= 0 ? max(toMove, Double(force)) : min(toMove, Double(force))
      return Float(min(max(wanted, -gripper.maxForce), gripper.maxForce))
    }
  }

  package func apply(_ number: Float, to command: inout RobotCommand) {
    switch convention {
    case .opening: command.opening = number
    case .openness: command.opening = Float(Double(number) * gripper.maxOpening)
    case .closedness: command.opening = Float((1 - Double(number)) * gripper.maxOpening)
    case .force: command.force = number
    }
  }
}
