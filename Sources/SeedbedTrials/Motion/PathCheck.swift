import SeedbedGeometry

/// Measures how near a plan brings hand, arm and object to other things.
struct PathCheck {
  var model: ArmModel
  var hand: HandModel
  var obstacles: [Obstacle]
  /// The object's bound at the start, world.
  var target: SolidBound
  /// Every how many frames a configuration is looked at.
  private static let every = 3

  /// Sum of penalties over the motion, arm and hand at every third frame; the carried object while it is up.
  func penalty(_ plan: MotionPlan, rate: Double) -> Double {
    var sum = 0.0
    var frames: [Pose] = []
    let carriedThings = obstacles.filter { target.clearance(to: $0.bound, cutoff: 0.006) > 0.005 }
    let carried = target.placed(in: plan.grasp.tcp.inverse)
    let lifted = plan.stages.liftStart + 0.5 * plan.stages.lift
    for k in stride(from: 0, to: plan.joints.count, by: PathCheck.every) {
      let time = Double(k) / rate
      let tcp = forwardKinematics(model, plan.joints[k], frames: &frames)
      let fingers = hand.fingerBounds(
        opening: time < plan.stages.closeStart
          ? plan.gripper.opening(at: time)
          : time < plan.stages.releaseStart ? plan.grasp.width : plan.gripper.opening(at: time))
      for obstacle in obstacles {
        for bound in hand.palm { sum += obstacle.penalty(bound.placed(in: tcp)) }
        for bound in fingers { sum += obstacle.penalty(bound.placed(in: tcp)) }
        for part in hand.arm { sum += obstacle.penalty(part.bound.placed(in: frames[part.step])) }
      }
      if time > lifted, time < plan.stages.releaseStart {
        let object = carried.placed(in: tcp)
        for obstacle in carriedThings { sum += max(0, obstacle.penalty(object) - 0.25) }
      }
    }
    return sum
  }
}
