public import SeedbedRandomness

/// The robot before the draws: URDF, place and drive.
public struct RobotPlan: Sendable {
  public struct ArmJoint: Sendable {
    public var joint: String
    public var home: Variable<Double>
    public var kp: Variable<Double>, kd: Variable<Double>
    public var armature: Variable<Double>
    public var effort: Variable<Double>
    public var velocity: Variable<Double>
    /// nil: as the URDF says.
    public var damping: Variable<Double>?, friction: Variable<Double>?
    /// nil: none.
    public var delay: Variable<Double>?, backlash: Variable<Double>?
  }

  public struct Gripper: Sendable {
    public var fingerJoints: [String]
    public var closedOpening: Variable<Double>
    public var maxOpening: Variable<Double>
    public var home: Variable<Double>
    public var maxForce: Variable<Double>
    public var speed: Variable<Double>
    /// nil: as hard as anything else.
    public var pad: (stiffness: Variable<Double>, damping: Variable<Double>?)?
    /// nil: none.
    public var delay: Variable<Double>?
  }

  /// Logical path.
  public var urdf: String
  /// The word that LeRobot knows the robot by.
  public var robotType: String
  public var pose: PoseDescription
  public var arm: [ArmJoint]
  /// Factors on the damping and friction of all joints; nil: 1.
  public var dampingScale: Variable<Double>?, frictionScale: Variable<Double>?
  public var gripper: Gripper
  public var tcpLink: String
  public var tcp: PoseDescription
  public var finger: SurfaceDescription
  public var link: SurfaceDescription
  public var dynamics: ArmDynamics
  public var selfCollision: SelfCollision?
}
