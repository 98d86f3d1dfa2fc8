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
    /// Largest torque of the motor, Nm or N.
    let effort: Double
    /// Half of the play between motor and joint, rad or m.
    let halfPlay: Double
    var line: TargetLine
    /// What the motor of a joint of ODE gives against gravity, Nm or N.
    var gravity = 0.0
    /// Where the command is in the coming step.
    fileprivate var aim = (target: 0.0, rate: 0.0)
    /// How far the motor is ahead of the joint: half the play where it pushes, less that where it pulls, 0 where it gives
    /// nothing.
    fileprivate var lead = 0.0
  }

  /// In the order of `RobotInstance.arm`.
  var axes: [Axis] = []

  /// Largest target of a joint without limits, rad or m.
  private static let farthest = 1e4
  /// Of the targets, and of the motors of a reduced arm.
  static let overspeed = RobotCommand.overspeed

  init(
    _ instance: RobotInstance, _ tree: RobotTree, _ motors: [MotorJoint], _ reduced: ReducedArm?,
    rates: Rates
  ) {
    let h = rates.stepSeconds
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
          upper: tree.joints[j].upper ?? Self.farthest, fastest: Self.overspeed * arm.velocity,
          effort: arm.effort, halfPlay: 0.5 * (arm.backlash ?? 0),
          line: TargetLine(
            arm.home, delay: arm.delay ?? 0, h: h, stepsPerFrame: rates.stepsPerFrame)))
    }
  }

  /// Takes the frame's targets over; `frame`: its length in seconds.
  mutating func aim(_ targets: [Float], frame: Double) {
    for i in axes.indices {
      let target = min(max(Double(targets[i]), axes[i].lower), axes[i].upper)
      let last = axes[i].line.to
      let reach = axes[i].fastest * frame
      axes[i].line.aim(min(max(target, last - reach), last + reach))
    }
  }

  /// Before step number `step` (from 1) of a frame of `steps`, which is `frame` seconds long.
  mutating func drive(
    _ motors: [MotorJoint], _ reduced: ReducedArm?, step: Int, of steps: Int, frame: Double
  ) {
    for i in axes.indices {
      let (target, perFrame) = axes[i].line.at(step: step, of: steps)
      switch axes[i].mover {
      case .motor(let j):
        motors[j].push(-axes[i].gravity)
        axes[i].aim = (target, perFrame / frame)
        axes[i].drive(motors[j])
      case .coordinate(let c):
        reduced?.drives[c].target = target
        reduced?.drives[c].targetRate = perFrame / frame
      }
    }
  }

  /// Puts motors with play to the side on which the step that was just solved says they are; false where all were there
  /// already. Otherwise the step is to be solved again.
  mutating func meetPlay(_ motors: [MotorJoint], h: Double) -> Bool {
    var isOther = false
    for i in axes.indices where axes[i].halfPlay > 0 {
      guard case .motor(let j) = axes[i].mover, axes[i].meetPlay(motors[j], h: h) else { continue }
      axes[i].drive(motors[j])
      isOther = true
    }
    return isOther
  }
}

extension ArmRig.Axis {
  /// Of a joint of ODE: the motor's row gives the servo's torque and that against gravity, at most the effort; gravity
  /// itself, which does not pull at the arm's bodies, is put on the joint.
  fileprivate func drive(_ joint: MotorJoint) {
    if halfPlay > 0 {
      // Between the ends of the play the joint has the rotor, and nothing else.
      if lead == 0 {
        joint.setMotor(damping: max(law.inertialGain, 1e-12), force: law.inertialGain > 0 ? effort : 0)
        return joint.setMotor(Int32(dParamVel), joint.velocity)
      }
      joint.setMotor(damping: law.damping, force: effort)
    }
    joint.setMotor(
      Int32(dParamVel),
      law.velocity(
        target: aim.target - lead, targetVelocity: aim.rate, position: joint.position,
        velocity: joint.velocity, ahead: gravity
      ))
  }

  /// Which side of the play the motor is at, as the rate after a step says: true where that is another than was thought.
  fileprivate mutating func meetPlay(_ joint: MotorJoint, h: Double) -> Bool {
    let rate = joint.rate
    let wanted = law.kp * (aim.target - joint.position - h * rate) + law.kd * (aim.rate - rate) + gravity
    let side = wanted > law.kp * halfPlay ? halfPlay : wanted < -law.kp * halfPlay ? -halfPlay : 0
    guard side != lead else { return false }
    lead = side
    return true
  }
}
