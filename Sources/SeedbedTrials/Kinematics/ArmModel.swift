public import SeedbedGeometry

/// The driven joints from a robot's base to its tool centre point, with every fixed transform in between folded.
///
/// A configuration `q` is an array with one value per driven joint (rad or m) in the order of `RobotInstance.arm`.
public struct ArmModel: Sendable, Equatable {
  /// One moving joint of the chain. Its frame is `previous * offset * motion(value)`.
  public struct Step: Sendable, Equatable {
    /// From the previous step's moved frame (the robot's base for the first) to this joint at value 0.
    public var offset: Pose
    /// Unit vector in the joint's frame.
    public var axis: Vector3
    public var isPrismatic: Bool
    /// Which entry of `q` drives it; value = multiplier × q[driver] + bias (a mimic joint inside the chain).
    public var driver: Int
    public var multiplier: Double
    public var bias: Double

    public init(
      offset: Pose, axis: Vector3, isPrismatic: Bool, driver: Int, multiplier: Double = 1, bias: Double = 0
    ) {
      self.offset = offset
      self.axis = axis
      self.isPrismatic = isPrismatic
      self.driver = driver
      self.multiplier = multiplier
      self.bias = bias
    }
  }

  /// What bounds one driven joint, rad or m and rad/s or m/s.
  public struct Bounds: Sendable, Equatable {
    /// The range a planner may use: the URDF's, less a margin; infinite for a continuous joint.
    public var lower: Double, upper: Double
    public var velocity: Double
    /// The start value.
    public var home: Double

    public init(lower: Double, upper: Double, velocity: Double, home: Double) {
      self.lower = lower
      self.upper = upper
      self.velocity = velocity
      self.home = home
    }
  }

  /// World pose of the robot's root link.
  public var base: Pose
  /// From the base outwards.
  public var steps: [Step]
  /// TCP in the frame of the last step.
  public var tool: Pose
  /// One a driven joint.
  public var bounds: [Bounds]

  public init(base: Pose, steps: [Step], tool: Pose, bounds: [Bounds]) {
    self.base = base
    self.steps = steps
    self.tool = tool
    self.bounds = bounds
  }

  /// Number of driven joints.
  public var count: Int { bounds.count }
  /// The start configuration.
  public var home: [Double] { bounds.map(\.home) }
}
