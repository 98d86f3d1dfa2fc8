internal import SeedbedGeometry

extension ReducedArm {
  /// The rigid mass matrix, the bias (what the motion takes at constant rates, less the pushes from outside) and what
  /// holds the arm against gravity, all at the present state with its velocities.
  func gatherInertia() {
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
}
