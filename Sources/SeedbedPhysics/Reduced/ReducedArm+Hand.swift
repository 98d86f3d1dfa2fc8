internal import SeedbedGeometry

/// Velocity of a point and angular velocity, or force at a point and torque; world axes.
struct Twist {
  var linear = Vector3.zero, angular = Vector3.zero
}

/// How the arm without its hand answers to what the hand does to it within the step.
///
/// The joints' rates q̇' of `solve` are those of arm and hand as one. Where the hand takes another wrench δ than they say,
/// the arm without the hand moves by q̇' - h B⁻¹ Jᵀ δ with B the step's matrix less Jᵀ I J of the hand's inertia I.
extension ReducedArm {
  /// Share of the hand's inertia that stays with the joints, so that B is positive definite where a joint moves nothing
  /// but the hand and its motor is at its limit.
  private static let leastShare = 0.01

  /// Makes B and J for the step that is solved, the hand seen at a point of the world; false where B is not definite.
  func prepareHand(at point: Vector3, h: Double) -> Bool {
    let n = driveCount
    findTwists(at: point)
    let own = links[hand].mass
    let state = states[hand]
    let r = state.apply(own.center) - point
    let inertia = state.rotation * own.inertia * state.rotation.transposed
    for i in 0..<n {
      let isHeld = drives[i].stop != .none
      let twist = handTwists[i]
      let push = (twist.linear + twist.angular.cross(r)) * own.mass
      let spin = inertia * twist.angular
      for j in 0...i {
        let other = handTwists[j]
        let share = push.dot(other.linear + other.angular.cross(r)) + spin.dot(other.angular)
        if i != j {
          bareFactor[i * n + j] = isHeld || drives[j].stop != .none ? 0 : massMatrix[i * n + j] - share
        } else {
          bareFactor[i * n + i] =
            isHeld
            ? 1 : massMatrix[i * n + i] - share * (1 - Self.leastShare) + self.own(drives[i], h: h)
        }
      }
    }
    return Cholesky.factor(bareFactor, n)
  }

  private func findTwists(at point: Vector3) {
    handTwists.update(repeating: Twist(), count: driveCount)
    var i = hand
    while i >= 0 {
      let c = links[i].coordinate
      let axis = states[i].axis * links[i].ratio
      if drives[c].stop == .none {
        if links[i].isHinge {
          handTwists[c].angular += axis
          handTwists[c].linear += axis.cross(point - states[i].position)
        } else {
          handTwists[c].linear += axis
        }
      }
      i = links[i].parent
    }
  }

  /// What a unit push and a unit torque over one unit of time move: the blocks of J B⁻¹ Jᵀ for the three directions, 1/kg, and
  /// the three axes, 1/(kg m²).
  func handCompliance() -> (linear: Matrix3, angular: Matrix3) {
    let n = driveCount
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: n) { y in
      var linear = Matrix3.zero, angular = Matrix3.zero
      guard let y = y.baseAddress else { return (linear, angular) }
      for k in 0..<3 {
        for c in 0..<n { y[c] = handTwists[c].linear[k] }
        Cholesky.solve(bareFactor, y, n)
        var column = Vector3.zero
        for c in 0..<n { column += handTwists[c].linear * y[c] }
        linear.setColumn(k, column)
        for c in 0..<n { y[c] = handTwists[c].angular[k] }
        Cholesky.solve(bareFactor, y, n)
        column = .zero
        for c in 0..<n { column += handTwists[c].angular * y[c] }
        angular.setColumn(k, column)
      }
      return (linear, angular)
    }
  }

  /// Takes the wrench that the hand took beyond what was foreseen. Returns by how much that changed the hand's velocity.
  func react(to wrench: Twist, h: Double) -> Twist {
    for c in 0..<driveCount {
      let twist = handTwists[c]
      rates[c] = -h * (twist.linear.dot(wrench.linear) + twist.angular.dot(wrench.angular))
    }
    Cholesky.solve(bareFactor, rates, driveCount)
    var change = Twist()
    for c in 0..<driveCount {
      drives[c].nextRate += rates[c]
      change.linear += handTwists[c].linear * rates[c]
      change.angular += handTwists[c].angular * rates[c]
      apply(c, h: h)
    }
    return change
  }
}

extension Matrix3 {
  fileprivate mutating func setColumn(_ k: Int, _ v: Vector3) {
    rows.0[k] = v.x
    rows.1[k] = v.y
    rows.2[k] = v.z
  }
}
