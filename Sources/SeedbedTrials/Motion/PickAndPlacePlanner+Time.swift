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

  /// Shortened so that the object can lie still for the dwell time before the time is up; `fixed` parts keep their length.
  func fitted(_ stages: Stages, keeping fixed: Set<Stages.Part> = []) -> Stages {
    let task = instance.task
    let available = task.timeLimit - task.dwell - PickAndPlacePlanner.settling - 2 / rate
    var result = stages
    // Overlaps make the total time not quite a sum, so the factor is found in a few steps.
    for _ in 0..<12 where result.retreatStart > available {
      var free = 0.0
      for part in Stages.Part.allCases where !fixed.contains(part) && part != .retreat {
        free += result.span(part).duration
      }
      let excess = result.retreatStart - available
      guard free > 0.1 else { break }
      let factor = max(0.7, 1 - excess / free)
      for part in Stages.Part.allCases where !fixed.contains(part) { result.stretch(part, by: factor) }
    }
    return result
  }

  /// Seconds by which the object comes to rest too late.
  func overtime(_ stages: Stages) -> Double {
    max(0, stages.retreatStart - (instance.task.timeLimit - instance.task.dwell - 0.5 * PickAndPlacePlanner.settling))
  }

  /// 0 for a smooth motion; joints that jerk make another plan worth looking for.
  func roughness(_ joints: JointTrajectory) -> Double {
    max(0, joints.jerk(rate: rate) / (2 * ArmSolver.calmJerk) - 1)
  }

  /// The parts in which a joint exceeds its speed, made as much longer; and which these are.
  func slowed(_ stages: Stages, _ joints: JointTrajectory) -> (stages: Stages, parts: Set<Stages.Part>) {
    var result = stages
    var parts: Set<Stages.Part> = []
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
      if worst > 1.001 {
        result.stretch(part, by: min(6, worst * 1.01))
        parts.insert(part)
      }
    }
    return (result, parts)
  }
}
