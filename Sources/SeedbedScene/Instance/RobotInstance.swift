public import SeedbedGeometry

/// The robot of one episode: which URDF, where its base stands, how it is driven.
public struct RobotInstance: Sendable, Codable, Equatable {
  /// Logical path of the URDF (see `AssetSource`).
  public var urdf: String
  /// Of the root link in the world.
  public var pose: Pose
  /// The driven arm joints from the base to the tool, with their start values, gains and limits.
  public var arm: [ArmJointInstance]
  public var gripper: GripperInstance
  /// The tool centre point: a link's name and the TCP's pose in it. z points out of the hand (approach direction),
  /// y along the closing direction of the fingers.
  public var tcpLink: String
  public var tcp: Pose
  /// Coulomb friction coefficient of finger pads and of all other links against objects.
  public var fingerFriction: Double
  public var linkFriction: Double
  /// nil: none is named.
  public var fingerMaterial: SurfaceMaterial?
  public var linkMaterial: SurfaceMaterial?
  public var dynamics: ArmDynamics
  /// nil: on.
  public var selfCollision: SelfCollision?

  public init(
    urdf: String, pose: Pose, arm: [ArmJointInstance], gripper: GripperInstance, tcpLink: String, tcp: Pose,
    fingerFriction: Double, linkFriction: Double, dynamics: ArmDynamics = .hybrid,
    selfCollision: SelfCollision? = nil
  ) {
    self.urdf = urdf
    self.pose = pose
    self.arm = arm
    self.gripper = gripper
    self.tcpLink = tcpLink
    self.tcp = tcp
    self.fingerFriction = fingerFriction
    self.linkFriction = linkFriction
    self.dynamics = dynamics
    self.selfCollision = selfCollision
  }
}

extension RobotInstance {
  /// Of fingers and links, where named.
  public var materials: [SurfaceMaterial] { [fingerMaterial, linkMaterial].compactMap { $0 } }
}

/// How the physics carries the arm.
public enum ArmDynamics: String, Sendable, Codable, CaseIterable {
  /// In joint coordinates, all but the hand: several times faster.
  case hybrid
  /// As bodies and joints of the engine.
  case full
}

public struct ArmJointInstance: Sendable, Codable, Equatable {
  /// The URDF joint (revolute, continuous or prismatic, not mimic).
  public var joint: String
  /// Start value, rad or m.
  public var home: Double
  /// Position gain, Nm/rad or N/m; velocity gain, Nm s/rad or N s/m.
  public var kp: Double, kd: Double
  /// Rotor inertia seen at the joint, kg m² or kg.
  public var armature: Double
  /// Largest torque or force, Nm or N.
  public var effort: Double
  /// Largest speed that a planner may ask for, rad/s or m/s.
  public var velocity: Double
  /// The joint's own damping (Nm s/rad or N s/m) and dry friction (Nm or N); nil: as the URDF says.
  public var damping: Double?, friction: Double?
  /// How late the motor follows its commands, s; nil: not at all.
  public var delay: Double?
  /// Play between motor and joint, from end to end, rad or m; nil: none.
  public var backlash: Double?

  public init(
    joint: String, home: Double, kp: Double, kd: Double, armature: Double, effort: Double,
    velocity: Double,
    damping: Double? = nil, friction: Double? = nil, delay: Double? = nil, backlash: Double? = nil
  ) {
    self.joint = joint
    self.home = home
    self.kp = kp
    self.kd = kd
    self.armature = armature
    self.effort = effort
    self.velocity = velocity
    self.damping = damping
    self.friction = friction
    self.delay = delay
    self.backlash = backlash
  }
}

/// A soft pad on each finger.
public struct PadInstance: Sendable, Codable, Equatable {
  /// N/m, of one pad's whole contact with a thing.
  public var stiffness: Double
  /// N s/m, likewise.
  public var damping: Double

  /// s: damping over stiffness where no damping is written.
  static let relaxation = 2e-3

  public init(stiffness: Double, damping: Double) {
    self.stiffness = stiffness
    self.damping = damping
  }
}

/// A parallel gripper: two prismatic fingers that close symmetrically.
public struct GripperInstance: Sendable, Codable, Equatable {
  /// The two prismatic finger joints; the second may be a URDF mimic of the first.
  public var fingerJoints: [String]
  /// Distance between the pads when both joints are at 0 (usually 0), metres; opening = closedOpening + q1 + q2.
  public var closedOpening: Double
  /// Largest opening, metres.
  public var maxOpening: Double
  /// Opening at the start, metres.
  public var home: Double
  /// Largest grip force, N.
  public var maxForce: Double
  /// Fastest change of the opening, m/s.
  public var speed: Double
  /// nil: the fingers are as hard as anything else.
  public var pad: PadInstance?
  /// How late the fingers follow their commands, s; nil: not at all.
  public var delay: Double?

  public init(
    fingerJoints: [String], closedOpening: Double, maxOpening: Double, home: Double,
    maxForce: Double, speed: Double,
    delay: Double? = nil
  ) {
    self.fingerJoints = fingerJoints
    self.closedOpening = closedOpening
    self.maxOpening = maxOpening
    self.home = home
    self.maxForce = maxForce
    self.speed = speed
    self.delay = delay
  }
}
