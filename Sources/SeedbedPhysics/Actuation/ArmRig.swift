internal import CODE
internal import SeedbedScene

/// The driven arm joints.
struct ArmRig {
  struct Axis {
    /// Number of the moving joint.
    let joint: Int
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

  init(_ instance: RobotInstance, _ tree: RobotTree, _ joints: [MotorJoint], h: Double) {
    for (i, arm) in instance.arm.enumerated() {
      guard let j = tree.index(.arm(i)) else { continue }
      let law = ServoLaw(kp: arm.kp, kd: arm.kd, armature: arm.armature, h: h)
      joints[j].setMotor(damping: law.damping, force: arm.effort)
      axes.append(
        Axis(
          joint: j, law: law, lower: tree.joints[j].lower ?? -Self.farthest,
          upper: tree.joints[j].upper ?? Self.farthest, fastest: 2 * arm.velocity, from: arm.home, to: arm.home))
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
  func drive(_ joints: [MotorJoint], share: Double, frame: Double) {
    for axis in axes {
      let span = axis.to - axis.from
      joints[axis.joint].setMotor(
        Int32(dParamVel),
        axis.law.velocity(
          target: axis.from + span * share, targetVelocity: span / frame, position: joints[axis.joint].position,
          velocity: joints[axis.joint].velocity))
    }
  }
}
