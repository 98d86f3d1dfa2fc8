public import SeedbedGeometry

/// What a judge sees of the world at the start of a frame: physics alone, nothing of the expert's intentions.
public struct JudgeObservation: Sendable, Equatable {
  /// Of all objects, world.
  public var objectPoses: [Pose]
  /// Of the target's centre of mass, m/s, and rad/s.
  public var linearSpeed: Double, angularSpeed: Double
  /// How many of the two fingers touch the target.
  public var touchingFingers: Int
  /// Whether any part of the robot touches the target.
  public var touchesRobot: Bool
  /// Indices of the objects that the target touches.
  public var touchedByTarget: [Int]
  /// Pairs of other objects that touch each other or the robot, so that a push can be followed: nil = the robot.
  public var pushes: [Push]
  /// Largest normal force between the robot and anything but the target, N.
  public var bumpForce: Double
  /// Largest normal force between the target and any object but the goal, N.
  public var targetBumpForce: Double
  /// Distance between the pads and its rate, m and m/s.
  public var opening: Double, openingSpeed: Double
  /// The opening that was last asked for, m.
  public var commandedOpening: Double
  /// World.
  public var tcp: Pose

  /// An object touched by the robot (`by` nil) or by another object.
  public struct Push: Sendable, Equatable {
    public var by: Int?
    public var object: Int
    public init(by: Int?, object: Int) {
      self.by = by
      self.object = object
    }
  }

  public init(
    objectPoses: [Pose], linearSpeed: Double, angularSpeed: Double, touchingFingers: Int, touchesRobot: Bool,
    touchedByTarget: [Int], pushes: [Push], bumpForce: Double, targetBumpForce: Double = 0, opening: Double,
    openingSpeed: Double,
    commandedOpening: Double, tcp: Pose
  ) {
    self.objectPoses = objectPoses
    self.linearSpeed = linearSpeed
    self.angularSpeed = angularSpeed
    self.touchingFingers = touchingFingers
    self.touchesRobot = touchesRobot
    self.touchedByTarget = touchedByTarget
    self.pushes = pushes
    self.bumpForce = bumpForce
    self.targetBumpForce = targetBumpForce
    self.opening = opening
    self.openingSpeed = openingSpeed
    self.commandedOpening = commandedOpening
    self.tcp = tcp
  }
}
