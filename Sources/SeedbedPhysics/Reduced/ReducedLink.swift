internal import SeedbedGeometry

/// A body of the reduced arm and the joint that moves it; what never changes.
struct ReducedLink {
  /// Number of the body, and of its joint, in the tree.
  let body: Int
  /// Number among the reduced links; -1: the world.
  let parent: Int
  /// The joint's value is ratio × (value of the coordinate) + offset: a follower moves with its leader.
  let coordinate: Int
  let ratio: Double, offset: Double
  let isHinge: Bool
  /// Of the body's frame in the parent's at the value 0.
  let rotation: Matrix3, position: Vector3
  /// Unit vector in the body's frame.
  let axis: Vector3
  /// In the body's frame.
  var mass: MassProperties
}

/// Where a reduced link stands and how it moves, in world axes.
struct ReducedState {
  /// Of the body's frame.
  var rotation = Matrix3.identity, position = Vector3.zero
  /// The joint's.
  var axis = Vector3.unitZ
  /// Of the body's frame: rad/s, m/s; accelerations at standstill of the coordinates' rates, rad/s², m/s².
  var angular = Vector3.zero, linear = Vector3.zero
  var angularGain = Vector3.zero, linearGain = Vector3.zero
  /// Of this link and all that it carries, about the arm's reference point: kg, kg m, kg m².
  var mass = 0.0, moment = Vector3.zero, inertia = Matrix3.zero
  /// Wrench that the motion takes less the one from outside, about the reference point: N, Nm.
  var force = Vector3.zero, torque = Vector3.zero
  /// Wrench from outside (contacts) in the last step, about the reference point.
  var outsideForce = Vector3.zero, outsideTorque = Vector3.zero

  /// World pose of a point of the body's frame.
  @inline(__always) func apply(_ point: Vector3) -> Vector3 { position + rotation * point }
}

/// A coordinate of the reduced arm: one driven joint.
struct ReducedDrive {
  /// Number of the joint in the tree, and in `RobotInstance.arm`.
  let joint: Int, arm: Int
  let kp: Double, kd: Double, armature: Double, effort: Double
  /// Stops, rad or m; infinite where there are none.
  let lower: Double, upper: Double
  /// The motor drives no faster, rad/s or m/s.
  let speed: Double
  /// Of the joint itself: Nm s/rad or N s/m; Nm or N.
  let damping: Double, friction: Double
  /// Half of the play between motor and joint, rad or m.
  let halfPlay: Double

  /// Value and rate; the rate at the end of the step that is being solved.
  var position: Double, rate = 0.0, nextRate = 0.0
  /// At the end of the step.
  var target: Double, targetRate = 0.0
  /// What the motor gives against gravity, Nm or N.
  var gravity = 0.0
  /// What the joint gives its link: the motor's torque less what its rotor takes, Nm or N.
  var applied = 0.0
  /// The same as the servo asked for it, without the limit.
  var commanded = 0.0
  var servo = Servo.free, stop = Stop.none, rub = 0.0

  /// How far the motor is ahead of the joint: half the play where it pushes, less that where it pulls.
  var lead = 0.0

  /// `loose`: the motor is somewhere within the play and gives nothing.
  enum Servo { case free, atMost, atLeast, loose }
  enum Stop { case none, end, speed }

  /// Torque of the motor as the servo wants it at the rate, gravity compensation included.
  @inline(__always) func wanted(_ rate: Double, h: Double) -> Double {
    kp * (target - lead - position - h * rate) + kd * (targetRate - rate) + gravity
  }

  /// Which side of the play the motor is at, where the joint has the rate: true where that is another than was thought.
  @inline(__always) mutating func meetPlay(_ rate: Double, h: Double) -> Bool {
    let middle = wanted(rate, h: h) + kp * lead
    let side = middle > kp * halfPlay ? halfPlay : middle < -kp * halfPlay ? -halfPlay : 0
    guard side != lead else { return false }
    lead = side
    servo = side == 0 ? .loose : .free
    return true
  }
}
