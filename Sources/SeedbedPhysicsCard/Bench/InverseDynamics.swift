import SeedbedGeometry
import SeedbedScene
import URDF

/// What an arm's joints must give, from the URDF's masses and the links' places at three instants alone: Newton's and
/// Euler's equations of every link, projected on the joints' axes. Shares nothing with the physics.
struct InverseDynamics {
  private struct Axis {
    let child: Int
    let axis: Vector3
    let isHinge: Bool
    let outboard: [Int]
  }

  private let axes: [Axis]
  private let inertials: [Inertial?]

  init(_ robot: RobotDescription, _ instance: RobotInstance) {
    inertials = robot.links.map(\.inertial)
    axes = instance.arm.compactMap { arm in
      guard let joint = robot.joints.first(where: { $0.name == arm.joint }) else { return nil }
      var moved = [joint.child]
      var next = 0
      while next < moved.count {
        moved += robot.joints.filter { $0.parent == moved[next] }.map(\.child)
        next += 1
      }
      return Axis(child: joint.child, axis: joint.axis, isHinge: joint.kind != .prismatic, outboard: moved)
    }
  }

  /// A carried point mass: kg, and its place, m.
  struct Payload {
    var mass: Double
    var place: Vector3
  }

  /// Nm or N, in the order of `RobotInstance.arm`.
  ///
  /// - Parameters: before, now, after: poses of all links one step apart. - h: the step, s.
  func efforts(
    before: [Pose], now: [Pose], after: [Pose], h: Double, gravity: Vector3, payload: Payload? = nil
  ) -> [Double] {
    var forces = [Vector3](repeating: .zero, count: now.count)
    var torques = forces, centers = forces
    for (i, inertial) in inertials.enumerated() {
      guard let inertial, inertial.mass > 0 else { continue }
      centers[i] = now[i].apply(inertial.origin.position)
      let acceleration =
        (after[i].apply(inertial.origin.position) + before[i].apply(inertial.origin.position) - centers[i] * 2)
        / (h * h)
      forces[i] = (acceleration - gravity) * inertial.mass
      let spin = (now[i].orientation * before[i].orientation.conjugate).rotationVector / h
      let next = (after[i].orientation * now[i].orientation.conjugate).rotationVector / h
      let r = (now[i] * inertial.origin).orientation.matrix
      let inertia = r * inertial.inertia * r.transposed
      torques[i] = inertia * ((next - spin) / h) + spin.cross(inertia * spin)
    }
    return axes.map { axis in
      let direction = now[axis.child].rotate(axis.axis), anchor = now[axis.child].position
      func share(_ force: Vector3, _ place: Vector3, _ torque: Vector3) -> Double {
        axis.isHinge ? direction.dot((place - anchor).cross(force) + torque) : direction.dot(force)
      }
      var sum = axis.outboard.reduce(0) { $0 + share(forces[$1], centers[$1], torques[$1]) }
      if let payload { sum += share(gravity * -payload.mass, payload.place, .zero) }
      return sum
    }
  }
}
