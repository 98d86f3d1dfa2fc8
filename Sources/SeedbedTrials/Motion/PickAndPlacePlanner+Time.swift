import SeedbedScene

/// How a path may be bent when the straightforward one comes too near to something.
struct PathVariant {
  /// Factor on all overlaps: 0 = corners are taken without rounding.
  var overlap: Double
  /// Added to the heights of pre-grasp and transport, metres.
  var raise: Double

  static let ladder = [
    PathVariant(overlap: 1, raise: 0), PathVariant(overlap: 0.4, raise: 0), PathVariant(overlap: 0, raise: 0.05),
    PathVariant(overlap: 0, raise: 0.12),
  ]
}

extension PickAndPlacePlanner {
  /// Share of a joint's top speed that a plan may use.
  static let speedShare = 0.9
  /// Time that the object is given to come to rest after its release, seconds.
  static let settling = 0.35

  /// Shortened so that the object can lie still for the dwell time before the time is up.
  func fitted(_ stages: Stages) -> Stages {
    let task = instance.task
    let available = task.timeLimit - task.dwell - PickAndPlacePlanner.settling - 2 / rate
    let waiting = stages.close + stages.release
    let moving = stages.retreatStart - waiting
    guard stages.retreatStart > available, moving > 0 else { return stages }
    return stages.scaled(by: max(0.2, (available - waiting) / moving))
  }

  /// Every part in which a joint would exceed its speed is made as much longer.
  func slowed(_ stages: Stages, _ joints: JointTrajectory) -> Stages {
    var result = stages
    for part in Stages.Part.allCases {
      let span = stages.span(part)
      var worst = 0.0
      let first = max(0, Int(span.start * rate)), last = Int((span.start + span.duration) * rate)
      for k in first...max(first, last) where k + 1 < joints.count {
        for j in 0..<joints.joints {
          let speed = abs(joints.values[(k + 1) * joints.joints + j] - joints.values[k * joints.joints + j]) * rate
          worst = max(worst, speed / (PickAndPlacePlanner.speedShare * model.bounds[j].velocity))
        }
      }
      if worst > 1.001 { result.stretch(part, by: min(6, worst * 1.01)) }
    }
    return result
  }
}
