/// How a trial ended.
public struct TrialOutcome: Sendable, Equatable {
  /// The one cause of a failure and the first frame in which it shows.
  public struct Failure: Sendable, Equatable {
    public var cause: FailureCause
    public var frame: Int

    public init(cause: FailureCause, frame: Int) {
      self.cause = cause
      self.frame = frame
    }
  }

  public var success: Bool
  /// nil: success.
  public var failure: Failure?
  /// What made the physics unstable, or why there is no plan; nil where the frames tell it all.
  public var reason: String?
  /// Frames that were handed out.
  public var frames: Int
  /// Of the world at the end.
  public var stateHash: UInt64
  /// Steps in which ODE's solver gave up on some rows.
  public var lcpMessages: Int
  /// CPU time; not compared by `==`.
  public var timing: TrialTiming

  public static func == (a: TrialOutcome, b: TrialOutcome) -> Bool {
    a.success == b.success && a.failure == b.failure && a.reason == b.reason && a.frames == b.frames
      && a.stateHash == b.stateHash && a.lcpMessages == b.lcpMessages
  }
}

/// CPU seconds of one trial. Never part of recorded data.
public struct TrialTiming: Sendable {
  /// Building and stepping the world, reading its state.
  public var physicsSeconds = 0.0
  /// Grasp choice, planning, inverse kinematics and judging.
  public var expertSeconds = 0.0
}
