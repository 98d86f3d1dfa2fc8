import SeedbedGeometry

/// Measures how near a plan brings hand, arm and object to other things.
struct PathCheck {
  var model: ArmModel
  var hand: HandModel
  var obstacles: [Obstacle]
  /// The object's bound at the start, world.
  var target: SolidBound
  /// For every arm part: the obstacles that it is not near to from the start (as a base on a table is).
  private let armObstacles: [[Obstacle]]

  init(model: ArmModel, hand: HandModel, obstacles: [Obstacle], target: SolidBound) {
    self.model = model
    self.hand = hand
    self.obstacles = obstacles
    self.target = target
    var frames: [Pose] = []
    forwardKinematics(model, model.home, frames: &frames)
    armObstacles = hand.arm.map { part in
      let bound = part.bound.placed(in: frames[part.step])
      return obstacles.filter { $0.penalty(bound) == 0 }
    }
  }

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
      let isHolding = time >= plan.stages.closeStart && time < plan.stages.releaseStart
      let opening = isHolding ? plan.grasp.width : plan.gripper.opening(at: time)
      let tcp = forwardKinematics(model, plan.joints[k], frames: &frames)
      sum += penalty(tcp: tcp, frames: frames, opening: opening)
      if time > lifted, time < plan.stages.releaseStart {
        let object = carried.placed(in: tcp)
        for obstacle in carriedThings { sum += max(0, obstacle.penalty(object) - 0.25) }
      }
    }
    return sum
  }

  /// Of one configuration.
  func penalty(_ q: [Double], opening: Double) -> Double {
    var frames: [Pose] = []
    let tcp = forwardKinematics(model, q, frames: &frames)
    return penalty(tcp: tcp, frames: frames, opening: opening)
  }

  private func penalty(tcp: Pose, frames: [Pose], opening: Double) -> Double {
    var sum = 0.0
    for shape in hand.palm + hand.fingerBounds(opening: opening) {
      let bound = shape.placed(in: tcp)
      for obstacle in obstacles { sum += obstacle.penalty(bound) }
    }
    for (part, others) in zip(hand.arm, armObstacles) {
      let bound = part.bound.placed(in: frames[part.step])
      for obstacle in others { sum += obstacle.penalty(bound) }
    }
    return sum
  }
}
