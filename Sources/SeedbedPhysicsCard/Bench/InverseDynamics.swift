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

  /// A carried thing.
  struct Payload {
    /// Its own pose is that of its shape; a still one needs no inertia.
    var inertial: Inertial
    var before: Pose, now: Pose, after: Pose

    /// Moving.
    init(_ inertial: Inertial, before: Pose, now: Pose, after: Pose) {
      self.inertial = inertial
      self.before = before
      self.now = now
      self.after = after
    }

    /// At rest.
    init(mass: Double, at pose: Pose) {
      self.init(Inertial(origin: .identity, mass: mass, inertia: .zero), before: pose, now: pose, after: pose)
    }
  }

  /// What the motion of a body takes: a force at its centre of mass, and a torque.
  private struct Load {
    var force: Vector3, torque: Vector3, center: Vector3

    init(_ body: Inertial, before: Pose, now: Pose, after: Pose, h: Double, gravity: Vector3) {
      center = now.apply(body.origin.position)
      let acceleration =
        (after.apply(body.origin.position) + before.apply(body.origin.position) - center * 2) / (h * h)
      force = (acceleration - gravity) * body.mass
      let spin = (now.orientation * before.orientation.conjugate).rotationVector / h
      let next = (after.orientation * now.orientation.conjugate).rotationVector / h
      let r = (now * body.origin).orientation.matrix
      let inertia = r * body.inertia * r.transposed
      torque = inertia * ((next - spin) / h) + spin.cross(inertia * spin)
    }
  }

  /// What the joints give their links, Nm or N, in the order of `RobotInstance.arm`: rotors (armature) not counted.
  ///
  /// - Parameters: before, now, after: poses of all links one step apart. - h: the step, s.
  func efforts(
    before: [Pose], now: [Pose], after: [Pose], h: Double, gravity: Vector3, payload: Payload? = nil
  ) -> [Double] {
    let loads = inertials.indices.map { i -> Load? in
      guard let inertial = inertials[i], inertial.mass > 0 else { return nil }
      return Load(inertial, before: before[i], now: now[i], after: after[i], h: h, gravity: gravity)
    }
    let carried = payload.map {
      Load($0.inertial, before: $0.before, now: $0.now, after: $0.after, h: h, gravity: gravity)
    }
    return axes.map { axis in
      let direction = now[axis.child].rotate(axis.axis), anchor = now[axis.child].position
      func share(_ load: Load) -> Double {
        axis.isHinge
          ? direction.dot((load.center - anchor).cross(load.force) + load.torque) : direction.dot(load.force)
      }
      return (axis.outboard.map { loads[$0] } + [carried]).reduce(0) { $0 + ($1.map(share) ?? 0) }
    }
  }
}
