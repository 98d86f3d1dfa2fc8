internal import CODE
internal import SeedbedScene

/// The driven arm joints.
struct ArmRig {
  /// What moves a joint.
  enum Mover {
    /// Number of the ODE joint with its motor.
    case motor(Int)
    /// Number of the reduced arm's coordinate.
    case coordinate(Int)
  }

  struct Axis {
    let mover: Mover
    let law: ServoLaw
    /// Targets are clamped to these.
    let lower: Double, upper: Double
    /// Targets move no faster than this, rad/s or m/s.
    let fastest: Double
    /// Target at the end of the last frame and of this one.
    var from: Double, to: Double
  }

  /// In the order of `RobotInstance.arm`.
  var axes: [Axis] = []

  /// Largest target of a joint without limits, rad or m.
  private static let farthest = 1e4
  /// Targets, and the motors of a reduced arm, are no faster than this many times the speed that a planner may ask for.
  static let overspeed = 2.0

  init(_ instance: RobotInstance, _ tree: RobotTree, _ motors: [MotorJoint], _ reduced: ReducedArm?, h: Double) {
    for (i, arm) in instance.arm.enumerated() {
      guard let j = tree.index(.arm(i)) else { continue }
      let law = ServoLaw(kp: arm.kp, kd: arm.kd, armature: arm.armature, h: h)
      let mover: Mover
      if let slot = motors.firstIndex(where: { $0.number == j }) {
        motors[slot].setMotor(damping: law.damping, force: arm.effort)
        mover = .motor(slot)
      } else if let reduced, let c = (0..<reduced.driveCount).first(where: { reduced.drives[$0].joint == j }) {
        mover = .coordinate(c)
      } else {
        continue
      }
      axes.append(
        Axis(
          mover: mover, law: law, lower: tree.joints[j].lower ?? -Self.farthest,
          upper: tree.joints[j].upper ?? Self.farthest, fastest: Self.overspeed * arm.velocity, from: arm.home,
          to: arm.home))
    }
  }

  /// Takes the frame's targets over; `frame`: its length in seconds.
  mutating func aim(_ targets: [Float], frame: Double) {
    for i in axes.indices {
      axes[i].from = axes[i].to
      let target = min(max(Double(targets[i]), axes[i].lower), axes[i].upper)
      let reach = axes[i].fastest * frame
      axes[i].to = min(max(target, axes[i].from - reach), axes[i].from + reach)
    }
  }

  /// `share`: how much of the frame has passed at the end of this step; `frame`: its length in seconds.
  func drive(_ motors: [MotorJoint], _ reduced: ReducedArm?, share: Double, frame: Double) {
    for axis in axes {
      let span = axis.to - axis.from
      let target = axis.from + span * share
      switch axis.mover {
      case .motor(let i):
        motors[i].setMotor(
          Int32(dParamVel),
          axis.law.velocity(
            target: target, targetVelocity: span / frame, position: motors[i].position, velocity: motors[i].velocity))
      case .coordinate(let c):
        reduced?.drives[c].target = target
        reduced?.drives[c].targetRate = span / frame
      }
    }
  }
}
