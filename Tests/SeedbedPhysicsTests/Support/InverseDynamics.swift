import SeedbedGeometry

/// The test arm's inverse dynamics, by Newton and Euler in world axes (Featherstone 2008, chapter 5).
enum InverseDynamics {
  private struct Mass {
    var mass: Double
    var center: Vector3
    var inertia: Matrix3
  }

  /// Torques, Nm, at which the joints have these values, rates and accelerations; the fingers are open by `opening`.
  /// `payload`: a cube of 5 cm, its mass and place in the hand's frame.
  static func torques(
    _ q: [Double], _ rates: [Double], _ accelerations: [Double], opening: Double,
    payload: (mass: Double, center: Vector3)? = nil, gravity: Vector3 = Vector3(0, 0, -9.81)
  ) -> [Double] {
    let frames = TestKinematics.frames(q)
    var spin = Vector3.zero, spinUp = Vector3.zero, speedUp = Vector3.zero, last = Vector3.zero
    var wrenches: [(force: Vector3, torque: Vector3, about: Vector3)] = []
    for i in 0..<7 {
      let axis = frames[i].rotate(.unitZ), origin = frames[i].position
      let r = origin - last
      speedUp += spinUp.cross(r) + spin.cross(spin.cross(r))
      spinUp += axis * accelerations[i] + spin.cross(axis * rates[i])
      spin += axis * rates[i]
      last = origin
      var force = Vector3.zero, torque = Vector3.zero
      for mass in masses(i, opening, payload) {
        let center = frames[i].apply(mass.center), turn = frames[i].orientation.matrix
        let inertia = turn * mass.inertia * turn.transposed
        let arm = center - origin
        let push = (speedUp + spinUp.cross(arm) + spin.cross(spin.cross(arm)) - gravity) * mass.mass
        force += push
        torque += arm.cross(push) + inertia * spinUp + spin.cross(inertia * spin)
      }
      wrenches.append((force, torque, origin))
    }
    return (0..<7).map { i in
      let axis = frames[i].rotate(.unitZ)
      return wrenches[i...].reduce(0) { sum, w in
        sum + axis.dot(w.torque + (w.about - frames[i].position).cross(w.force))
      }
    }
  }

  /// What link i + 1 carries, in its frame.
  private static func masses(
    _ i: Int, _ opening: Double, _ payload: (mass: Double, center: Vector3)?
  ) -> [Mass] {
    var list = [
      Mass(mass: TestPanda.masses[i], center: TestPanda.centers[i], inertia: TestPanda.symmetric(TestPanda.inertias[i]))
    ]
    guard i == 6 else { return list }
    let hand = TestPanda.handInArm7, turn = hand.orientation.matrix
    func add(_ mass: Double, _ center: Vector3, _ inertia: Vector3) {
      list.append(
        Mass(mass: mass, center: hand.apply(center), inertia: turn * .diagonal(inertia) * turn.transposed))
    }
    add(0.73, Vector3(-0.01, 0, 0.03), Vector3(0.001, 0.0025, 0.0017))
    for side in [1.0, -1] {
      add(0.015, Vector3(0, side * (opening / 2 + 0.005), 0.0584 + 0.027), Vector3(2.4e-6, 2.4e-6, 7.5e-7))
    }
    if let payload {
      let i = payload.mass * 0.05 * 0.05 / 6
      add(payload.mass, payload.center, Vector3(i, i, i))
    }
    return list
  }
}
