/// What the robot is told for one frame; recorded as `action` just as it is.
public struct RobotCommand: Sendable, Equatable {
  /// Absolute joint targets at the end of the frame, in the order of `RobotInstance.arm`, rad or m.
  public var arm: [Float]
  /// Gripper opening at the end of the frame, m.
  public var opening: Float

  public init(arm: [Float], opening: Float) {
    self.arm = arm
    self.opening = opening
  }
}

/// How a frame went.
public enum FrameOutcome: Sendable, Equatable {
  case ok
  /// A number left the range of the credible (not finite, an exploding speed, a broken joint, a command that is not
  /// finite). The world stands still from then on.
  case unstable(reason: String)
}
