import SeedbedGeometry

/// Joint targets at the control rate: sample k is where the joints should be at the start of frame k.
package struct JointTrajectory: Sendable, Equatable {
  package var joints: Int
  /// Row by row.
  package var values: [Double]

  package init(joints: Int, values: [Double] = []) {
    self.joints = joints
    self.values = values
  }

  package var count: Int { joints == 0 ? 0 : values.count / joints }
  /// The sample, or the last one beyond the end.
  package subscript(k: Int) -> [Double] {
    let i = max(0, min(k, count - 1)) * joints
    return Array(values[i..<i + joints])
  }
}

extension ArmSolver {
  /// Worst deviation that a tracked path may have: 2 mm, 20 mrad.
  static let trackingTolerance = PoseError(position: 2e-3, rotation: 2e-2)
  /// A joint that would have to move faster than this has changed over to another posture, rad/s or m/s.
  static let leap = 12.0
  /// Share of the way home that the posture takes where it does not move the tool, per metre of the tool's way (a turn
  /// counts by `leverArm`): the joints stand still when the tool does, and go alike at every control rate. Not more than
  /// `largestPosture` a sample.
  static let posture = 2.0, largestPosture = 0.05

  /// Follows `path` from sample `first` (at `start`) to sample `last`, always with the same number of iterations, so
  /// that the joints move as smoothly as the tool. nil: the arm cannot follow within the tolerance.
  package mutating func track(_ path: CartesianPath, from first: Int, at start: [Double], to last: Int, rate: Double)
    -> JointTrajectory?
  {
    var q = start
    var trajectory = JointTrajectory(joints: model.count, values: q)
    trajectory.values.reserveCapacity((max(0, last - first) + 1) * q.count)
    guard last > first else { return trajectory }
    var tool = path.pose(at: Double(first) / rate)
    for k in (first + 1)...last {
      let pose = path.pose(at: Double(k) / rate)
      let turn = (pose.orientation * tool.orientation.conjugate).rotationVector.length
      let way = (pose.position - tool.position).length + ArmSolver.leverArm * turn
      tool = pose
      let previous = q
      step(&q, towards: pose, posture: min(ArmSolver.largestPosture, ArmSolver.posture * way))
      step(&q, towards: pose)
      let before = step(&q, towards: pose)
      let limit = ArmSolver.trackingTolerance
      guard before.isWithin(position: limit.position, rotation: limit.rotation) else { return nil }
      for j in q.indices where abs(q[j] - previous[j]) * rate > ArmSolver.leap { return nil }
      trajectory.values += q
    }
    return trajectory
  }
}
