internal import SeedbedGeometry

extension ReducedArm {
  /// The rigid mass matrix, the bias (what the motion takes at constant rates, less the pushes from outside) and what
  /// holds the arm against gravity, all at the present state.
  func gatherInertia() {
    move(isNext: false)
    for i in 0..<linkCount { gather(i) }
    massMatrix.update(repeating: 0, count: driveCount * driveCount)
    bias.update(repeating: 0, count: driveCount)
    for c in 0..<driveCount { drives[c].gravity = 0 }
    for i in stride(from: linkCount - 1, through: 0, by: -1) {
      project(i)
      let parent = links[i].parent
      guard parent >= 0 else { continue }
      states[parent].mass += states[i].mass
      states[parent].moment += states[i].moment
      states[parent].inertia = states[parent].inertia + states[i].inertia
      states[parent].force += states[i].force
      states[parent].torque += states[i].torque
    }
  }

  /// The link's own inertia and wrench.
  @inline(__always) private func gather(_ i: Int) {
    let state = states[i]
    let own = links[i].mass
    let arm = state.rotation * own.center
    let center = state.position - reference + arm
    let inertia = state.rotation * own.inertia * state.rotation.transposed
    let acceleration =
      state.linearGain + state.angularGain.cross(arm) + state.angular.cross(state.angular.cross(arm))
    let force = acceleration * own.mass
    let spin = inertia * state.angular
    states[i].mass = own.mass
    states[i].moment = center * own.mass
    states[i].inertia = inertia + MassProperties.pointInertia(own.mass, center)
    states[i].force = force - state.outsideForce
    states[i].torque =
      center.cross(force) + inertia * state.angularGain + state.angular.cross(spin) - state.outsideTorque
  }

  /// The link's row of the mass matrix, its share of bias and gravity; its state holds all that it carries.
  @inline(__always) private func project(_ i: Int) {
    let state = states[i]
    let link = links[i]
    let weight = gravity * state.mass
    bias[link.coordinate] += link.ratio * along(i, force: state.force, torque: state.torque)
    drives[link.coordinate].gravity -= link.ratio * along(i, force: weight, torque: state.moment.cross(gravity))
    // Wrench that gives the composite body the joint's unit acceleration.
    let force: Vector3, torque: Vector3
    if link.isHinge {
      let lever = state.axis.cross(state.position - reference)
      force = state.axis.cross(state.moment) - lever * state.mass
      torque = state.inertia * state.axis - state.moment.cross(lever)
    } else {
      force = state.axis * state.mass
      torque = state.moment.cross(state.axis)
    }
    var j = i
    while j >= 0 {
      let other = links[j]
      let entry = link.ratio * other.ratio * along(j, force: force, torque: torque)
      massMatrix[link.coordinate * driveCount + other.coordinate] += entry
      if j != i { massMatrix[other.coordinate * driveCount + link.coordinate] += entry }
      j = other.parent
    }
  }

  /// What a wrench about the reference point does along the joint of a link.
  @inline(__always) func along(_ i: Int, force: Vector3, torque: Vector3) -> Double {
    let axis = states[i].axis
    guard links[i].isHinge else { return axis.dot(force) }
    return axis.dot(torque - (states[i].position - reference).cross(force))
  }

  /// How the hand answers to a push in one step: the compliance matrices JA⁻¹Jᵀ of its three directions and of its three
  /// axes. Returns the Frobenius norms, upper bounds of the largest eigenvalue, 1/kg and 1/(kg m²).
  func handCompliance(at point: Vector3) -> (linear: Double, angular: Double) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * driveCount) { y in
      guard let y = y.baseAddress else { return (1, 1) }
      let axes = [Vector3.unitX, .unitY, .unitZ]
      var norms = (0.0, 0.0)
      for isAngular in [false, true] {
        for (k, axis) in axes.enumerated() {
          let force = isAngular ? Vector3.zero : axis
          let torque = isAngular ? axis : (point - reference).cross(axis)
          whiten(hand, force: force, torque: torque, into: y + k * driveCount)
        }
        var sum = 0.0
        for a in 0..<3 {
          for b in 0..<3 {
            var product = 0.0
            for c in 0..<driveCount { product += y[a * driveCount + c] * y[b * driveCount + c] }
            sum += product * product
          }
        }
        if isAngular { norms.1 = sum.squareRoot() } else { norms.0 = sum.squareRoot() }
      }
      return norms
    }
  }

  /// Compliance 1/kg of a link at a point along a unit vector.
  func compliance(_ link: Int, at point: Vector3, along axis: Vector3) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: driveCount) { y in
      guard let y = y.baseAddress else { return 1 }
      whiten(link, force: axis, torque: (point - reference).cross(axis), into: y)
      var sum = 0.0
      for c in 0..<driveCount { sum += y[c] * y[c] }
      return sum
    }
  }

  /// The same of two links against each other.
  func compliance(_ link: Int, against other: Int, at point: Vector3, along axis: Vector3) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * driveCount) { y in
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
