/// What the robot is told for one frame.
public struct RobotCommand: Sendable, Equatable {
  /// Targets move no faster than this many times the speed that a planner may ask for (`ArmJointInstance.velocity`,
  /// `GripperInstance.speed`).
  public static let overspeed = 2.0

  /// Absolute joint targets at the end of the frame, in the order of `RobotInstance.arm`, rad or m.
  public var arm: [Float]
  /// Gripper opening at the end of the frame, m.
  public var opening: Float
  /// Force of the fingers in place of an opening, N, positive = squeezing; nil: the opening counts. See `GripperInstance.drag`.
  public var force: Float?

  public init(arm: [Float], opening: Float, force: Float? = nil) {
    self.arm = arm
    self.opening = opening
    self.force = force
  }
}

/// How a frame went.
public enum FrameOutcome: Sendable, Equatable {
  case ok
  /// A number left the range of the credible (not finite, an exploding speed, a broken joint, a command that is not
  /// finite). The world stands still from then on.
  case unstable(reason: String)
}
