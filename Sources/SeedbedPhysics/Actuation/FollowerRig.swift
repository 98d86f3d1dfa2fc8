internal import CODE

/// URDF mimic joints of ODE outside the gripper: each is pulled to its leader's value by a stiff servo. The leader does
/// not feel its followers.
struct FollowerRig {
  private struct Follower {
    let motor: Int
    let leader: ArmRig.Mover
    let multiplier: Double, offset: Double
    let law: ServoLaw
  }

  // Hinge: Nm/rad, Nm s/rad, Nm; slider: N/m, N s/m, N.
  private static let hinge = (kp: 1000.0, kd: 10.0, force: 1000.0)
  private static let slider = (kp: 2e4, kd: 200.0, force: 500.0)
  private var followers: [Follower] = []
  private let h: Double

  init(_ tree: RobotTree, _ motors: [MotorJoint], _ reduced: ReducedArm?, h: Double) {
    self.h = h
    for (i, motor) in motors.enumerated() {
      guard case .follower(let leader, let multiplier, let offset) = tree.joints[motor.number].role else { continue }
      let mover: ArmRig.Mover
      if let slot = motors.firstIndex(where: { $0.number == leader }) {
        mover = .motor(slot)
      } else if let reduced, let c = (0..<reduced.driveCount).first(where: { reduced.drives[$0].joint == leader }) {
        mover = .coordinate(c)
      } else {
        continue
      }
      let gains = motor.isHinge ? Self.hinge : Self.slider
      let law = ServoLaw(kp: gains.kp, kd: gains.kd, armature: 0, h: h)
      motor.setMotor(damping: law.damping, force: gains.force)
      followers.append(Follower(motor: i, leader: mover, multiplier: multiplier, offset: offset, law: law))
    }
  }

  func drive(_ motors: [MotorJoint], _ reduced: ReducedArm?) {
    for f in followers {
      let position: Double, velocity: Double
      switch f.leader {
      case .motor(let i): (position, velocity) = (motors[i].position, motors[i].velocity)
      case .coordinate(let c):
        (position, velocity) = (reduced?.drives[c].position ?? 0, reduced?.drives[c].rate ?? 0)
      }
      let target = f.multiplier * (position + h * velocity) + f.offset
      motors[f.motor].setMotor(
        Int32(dParamVel),
        f.law.velocity(
          target: target, targetVelocity: f.multiplier * velocity, position: motors[f.motor].position,
          velocity: motors[f.motor].velocity))
    }
  }
}
