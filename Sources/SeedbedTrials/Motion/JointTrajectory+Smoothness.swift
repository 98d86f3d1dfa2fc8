import SeedbedGeometry

extension JointTrajectory {
  /// Largest third difference, rad/s³ or m/s³.
  package func jerk(rate: Double) -> Double {
    var worst = 0.0
    for i in values.indices.dropLast(3 * joints) {
      let third = values[i + 3 * joints] - 3 * values[i + 2 * joints] + 3 * values[i + joints] - values[i]
      worst = max(worst, abs(third))
    }
    return worst * rate * rate * rate
  }

  /// Every joint run through a bell of the given standard deviation (repeated binomial filters); both ends stay.
  func blurred(seconds: Double, rate: Double) -> JointTrajectory {
    guard count > 2 else { return self }
    var result = self
    // One pass of 1 4 6 4 1 has the variance of one sample.
    let passes = max(1, Int((seconds * rate * seconds * rate).rounded()))
    var line = [Double](repeating: 0, count: count)
    for j in 0..<joints {
      for k in 0..<count { line[k] = values[k * joints + j] }
      for _ in 0..<passes { JointTrajectory.blur(&line) }
      for k in 0..<count { result.values[k * joints + j] = line[k] }
    }
    return result
  }

  /// Beyond its ends the line goes on as it came, mirrored in the end's value.
  private static func blur(_ x: inout [Double]) {
    let last = x.count - 1
    let (first, end) = (x[0], x[last])
    var before = 2 * first - x[1], twoBefore = 2 * first - x[min(2, last)]
    let after = 2 * end - x[last - 1], twoAfter = 2 * end - x[max(0, last - 2)]
    for k in 0...last {
      let next = k + 1 <= last ? x[k + 1] : after
      let overNext = k + 2 <= last ? x[k + 2] : k + 1 == last ? after : twoAfter
      let here = x[k]
      x[k] = (twoBefore + 4 * before + 6 * here + 4 * next + overNext) / 16
      twoBefore = before
      before = here
    }
    (x[0], x[last]) = (first, end)
  }
}

extension ArmSolver {
  /// A plan whose joints jerk more than this is smoothed, rad/s³ or m/s³; ordinary ones stay below a third of it.
  package static let calmJerk = 120.0
  /// How far the joints' motion is blurred, seconds; the next one where the one before was not enough.
  private static let blurs = [0.1, 0.2, 0.35]

  /// The same tool path with calmer joints, where they jerk: near a singular posture a redundant arm's joints would swing
  /// within a frame or two without moving the tool. They are blurred in time and then put back onto the tool path by the
  /// shortest way, which leaves the swing slow. The trajectory itself where nothing calmer follows the path.
  package mutating func calmed(_ trajectory: JointTrajectory, along path: CartesianPath, rate: Double)
    -> JointTrajectory
  {
    var best = trajectory
    var least = trajectory.jerk(rate: rate)
    for seconds in ArmSolver.blurs where least > ArmSolver.calmJerk {
      guard let calmer = carried(trajectory.blurred(seconds: seconds, rate: rate), along: path, from: 0, rate: rate)
      else { continue }
      let jerk = calmer.jerk(rate: rate)
      if jerk < least { (best, least) = (calmer, jerk) }
    }
    return best
  }

  /// A trajectory, whose first sample is sample `first`, put onto a tool path near its own: every sample with the offset
  /// of the one before, and from there by the shortest way, so that what was smooth stays so. nil: the arm cannot follow
  /// within the tolerance.
  package mutating func carried(_ trajectory: JointTrajectory, along path: CartesianPath, from first: Int, rate: Double)
    -> JointTrajectory?
  {
    var result = trajectory
    let n = trajectory.joints
    guard trajectory.count > 1 else { return result }
    for k in 1..<trajectory.count {
      var q = trajectory[k]
      for j in 0..<n { q[j] += result.values[(k - 1) * n + j] - trajectory.values[(k - 1) * n + j] }
      guard settle(&q, on: path.pose(at: Double(first + k) / rate)) else { return nil }
      for j in 0..<n where abs(q[j] - result.values[(k - 1) * n + j]) * rate > ArmSolver.leap { return nil }
      result.values.replaceSubrange(k * n..<(k + 1) * n, with: q)
    }
    return result
  }

  /// Always the same number of steps, so that neighbours get there alike.
  private mutating func settle(_ q: inout [Double], on pose: Pose) -> Bool {
    step(&q, towards: pose)
    step(&q, towards: pose)
    let before = step(&q, towards: pose)
    return before.isWithin(
      position: ArmSolver.trackingTolerance.position, rotation: ArmSolver.trackingTolerance.rotation)
  }
}
