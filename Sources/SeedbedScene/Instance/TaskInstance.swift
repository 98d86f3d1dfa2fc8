public import SeedbedGeometry

/// What the robot has to do.
public struct TaskInstance: Sendable, Codable, Equatable {
  public enum Kind: Sendable, Codable, Equatable {
    /// Move `object` into `into` (an object of shape bin) or onto it (any other fixed object).
    case pickAndPlace(object: String, into: String)
  }

  public var kind: Kind
  /// Simulated seconds for the whole episode.
  public var timeLimit: Double
  /// The object must lie still for this long, seconds.
  public var dwell: Double
  /// The instruction, as the dataset's `task`.
  public var instruction: String

  public init(kind: Kind, timeLimit: Double, dwell: Double, instruction: String) {
    self.kind = kind
    self.timeLimit = timeLimit
    self.dwell = dwell
    self.instruction = instruction
  }
}

/// How the scripted expert goes about it.
public struct ExpertInstance: Sendable, Codable, Equatable {
  /// Tilt of the approach against the vertical, radians, and the compass direction it leans to, radians.
  public var approachTilt: Double
  public var approachAzimuth: Double
  /// N, between the fingers.
  public var gripForce: Double
  /// Factor on the expert's normal speed, about 0.5 ... 1.5.
  public var speed: Double
  /// Where the fingers close relative to the ideal grasp, in the TCP frame, metres.
  public var graspOffset: Vector3
  /// Height of the object's bottom above the rim or support while it is carried, metres.
  public var transportHeight: Double

  public init(
    approachTilt: Double, approachAzimuth: Double, gripForce: Double, speed: Double, graspOffset: Vector3,
    transportHeight: Double
  ) {
    self.approachTilt = approachTilt
    self.approachAzimuth = approachAzimuth
    self.gripForce = gripForce
    self.speed = speed
    self.graspOffset = graspOffset
    self.transportHeight = transportHeight
  }
}
