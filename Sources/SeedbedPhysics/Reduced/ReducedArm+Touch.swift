internal import SeedbedGeometry

/// How the links answer to touch, which they feel one step late.
extension ReducedArm {
  /// Shares of its effort up to which a motor surely holds, and from which on it may not.
  private static let sure = 0.5, unsure = 0.8

  /// Inertia with what the servos add over a step; a motor near its effort might give way in the next step, so the nearer
  /// it is the less of its servo counts.
  private func prepareTouch(h: Double) -> Bool {
    guard !isTouchReady.pointee else { return true }
    isTouchReady.pointee = true
    let n = driveCount
    touchFactor.update(from: massMatrix, count: n * n)
    for i in 0..<n {
      let drive = drives[i]
      // A motor with play may let go at any time.
      let hold =
        drive.halfPlay > 0
        ? 0
        : min(
          max((Self.unsure - abs(drive.applied) / drive.effort) / (Self.unsure - Self.sure), 0), 1)
      touchFactor[i * n + i] +=
        drive.armature + h * drive.damping + hold * h * (drive.kd + h * drive.kp)
    }
    return Cholesky.factor(touchFactor, n)
  }

  /// Compliance 1/kg of a link at a point along a unit vector.
  func compliance(_ link: Int, at point: Vector3, along axis: Vector3, h: Double) -> Double {
    guard prepareTouch(h: h) else { return 1 }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: driveCount) { y in
      guard let y = y.baseAddress else { return 1 }
      whiten(link, force: axis, torque: (point - reference).cross(axis), into: y)
      var sum = 0.0
      for c in 0..<driveCount { sum += y[c] * y[c] }
      return sum
    }
  }

  /// The same of two links against each other.
  func compliance(_ link: Int, against other: Int, at point: Vector3, along axis: Vector3, h: Double) -> Double {
    guard prepareTouch(h: h) else { return 1 }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * driveCount) { y in
      guard let y = y.baseAddress else { return 1 }
      let torque = (point - reference).cross(axis)
      whiten(link, force: axis, torque: torque, into: y)
      whiten(other, force: axis, torque: torque, into: y + driveCount)
      var sum = 0.0
      for c in 0..<driveCount { sum += (y[c] - y[driveCount + c]) * (y[c] - y[driveCount + c]) }
      return sum
    }
  }

  /// y = L⁻¹ Jᵀ w for a wrench on a link.
  private func whiten(_ link: Int, force: Vector3, torque: Vector3, into y: UnsafeMutablePointer<Double>) {
    y.update(repeating: 0, count: driveCount)
    var i = link
    while i >= 0 {
      y[links[i].coordinate] += links[i].ratio * along(i, force: force, torque: torque)
      i = links[i].parent
    }
    Cholesky.forward(touchFactor, y, driveCount)
  }
}
