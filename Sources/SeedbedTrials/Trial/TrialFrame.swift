public import SeedbedGeometry
public import SeedbedPhysics

/// The state at the start of frame `index` and the action taken from it.
public struct TrialFrame: Sendable {
  public var index: Int
  /// Simulated time since the episode's start as the physics counts it, nanoseconds.
  public var nanoseconds: Int64
  /// In the order of `RobotInstance.arm`: rad or m, rad/s or m/s, Nm or N.
  public var armPositions: [Double], armVelocities: [Double], armEfforts: [Double]
  /// m, m/s, N.
  public var gripperOpening: Double, gripperVelocity: Double, gripForce: Double
  /// World.
  public var tcpPose: Pose
  /// Of the robot's root link in the world.
  public var basePose: Pose
  /// World; one a link of the robot's description, one an object of the instance.
  public var linkPoses: [Pose], objectPoses: [Pose]
  /// World; one list an object, empty for those that are not articulated.
  public var objectLinkPoses: [[Pose]]
  /// Of the joints of all articulated objects, as `World.objectJointPositions` has them: rad or m, rad/s or m/s.
  public var objectJointPositions: [Double], objectJointVelocities: [Double]
  /// World, m/s and rad/s, one an object.
  public var objectVelocities: [ObjectVelocity]
  /// Of the last physics step before the frame.
  public var contacts: [Contact]
  /// One a sensor of the instance: its samples since the frame before, the last one at this frame (see `SensorRig`).
  public var sensorBlocks: [[Double]]
  public var command: RobotCommand
  public var phase: TrialPhase
  /// 1 in every frame from the one in which success is established, as long as it lasts, else 0.
  public var reward: Double
  /// True in the episode's last frame only.
  public var done: Bool
  /// Whether the success stands at this frame.
  public var success: Bool
  /// The object's distances from the borders of the goal.
  public var margins: PlacementZone.Margins
}

/// Of an object's centre of mass, world frame.
public struct ObjectVelocity: Sendable, Equatable {
  /// m/s; rad/s.
  public var linear: Vector3, angular: Vector3

  public init(linear: Vector3, angular: Vector3) {
    self.linear = linear
    self.angular = angular
  }
}
