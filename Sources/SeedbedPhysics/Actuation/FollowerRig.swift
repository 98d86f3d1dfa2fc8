internal import CODE

/// URDF mimic joints outside the gripper: each is pulled to its leader's value by a stiff servo. The leader does not
/// feel its followers.
struct FollowerRig {
  private struct Follower {
    let joint: Int, leader: Int
    let multiplier: Double, offset: Double
    let law: ServoLaw
  }

  // Hinge: Nm/rad, Nm s/rad, Nm; slider: N/m, N s/m, N.
  private static let hinge = (kp: 1000.0, kd: 10.0, force: 1000.0)
  private static let slider = (kp: 2e4, kd: 200.0, force: 500.0)
  private var followers: [Follower] = []
  private let h: Double

  init(_ tree: RobotTree, _ joints: [MotorJoint], h: Double) {
    self.h = h
    for (i, joint) in tree.joints.enumerated() {
      guard case .follower(let leader, let multiplier, let offset) = joint.role else { continue }
      let gains = joint.isHinge ? Self.hinge : Self.slider
      let law = ServoLaw(kp: gains.kp, kd: gains.kd, armature: 0, h: h)
      joints[i].setMotor(damping: law.damping, force: gains.force)
      followers.append(Follower(joint: i, leader: leader, multiplier: multiplier, offset: offset, law: law))
    }
  }

  func drive(_ joints: [MotorJoint]) {
    for f in followers {
      let leader = joints[f.leader]
      let target = f.multiplier * (leader.position + h * leader.velocity) + f.offset
      joints[f.joint].setMotor(
        Int32(dParamVel),
        f.law.velocity(
          target: target, targetVelocity: f.multiplier * leader.velocity, position: joints[f.joint].position,
          velocity: joints[f.joint].velocity))
    }
  }
}
