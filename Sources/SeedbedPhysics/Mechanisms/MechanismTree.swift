internal import SeedbedGeometry
internal import SeedbedScene
internal import URDF

/// An articulated object reduced to what moves: rigid bodies (links welded over fixed joints) and the passive joints
/// between them. Body 0 is the root link's where that is not fixed in the world.
struct MechanismTree {
  struct Joint {
    var instance: ObjectJointInstance
    /// Body numbers; no parent: the world.
    var parent: Int?, child: Int
    /// Of the child body's frame, which is that of its link, in the parent's (or the world) at value 0.
    var origin: Pose
    /// Unit vector in the child's frame.
    var axis: Vector3
    /// nil where the URDF sets none.
    var lower: Double?, upper: Double?
  }

  /// Parents before children.
  private(set) var joints: [Joint] = []
  private(set) var bodies: [RobotTree.Body] = []
  /// One a link of the URDF.
  private(set) var mounts: [RobotTree.Mount]
  /// Of the bodies' frames in the world at the start.
  private(set) var startPoses: [Pose] = []

  /// Whether the root link is fixed in the world.
  private(set) var isAnchored: Bool

  init(
    _ model: RobotDescription, _ object: ObjectInstance, _ hulls: CollisionHulls, problems: inout [String]
  ) {
    isAnchored = object.isFixed
    mounts = Array(repeating: RobotTree.Mount(body: nil, pose: .identity), count: model.links.count)
    guard model.links.indices.contains(model.rootLink) else {
      problems.append("The URDF of the object \"\(object.name)\" has no root link.")
      return
    }
    if object.isFixed {
      mounts[model.rootLink].pose = object.pose.normalized
    } else {
      mounts[model.rootLink].body = addBody(model.rootLink, at: object.pose.normalized)
    }
    let instances = object.joints ?? []
    for name in instances.map(\.joint) where model.jointIndex(name).map({ !model.joints[$0].isPassive }) ?? true {
      problems.append("The object \"\(object.name)\" has no joint \"\(name)\" that moves.")
    }
    for number in KinematicTree(model).order {
      let joint = model.joints[number]
      let parent = mounts[joint.parent]
      let origin = parent.pose * joint.origin.normalized
      guard joint.isPassive else {
        mounts[joint.child] = RobotTree.Mount(body: parent.body, pose: origin * joint.lockedMotion(joint.restPosition))
        if let body = parent.body { bodies[body].links.append(joint.child) }
        continue
      }
      guard let instance = instances.first(where: { $0.joint == joint.name }) else {
        problems.append("Nothing is said of the joint \"\(joint.name)\" of the object \"\(object.name)\".")
        continue
      }
      let base = parent.body.map { startPoses[$0] } ?? .identity
      let child = addBody(joint.child, at: base * origin * joint.lockedMotion(instance.position))
      mounts[joint.child] = RobotTree.Mount(body: child, pose: .identity)
      let hasLimits = joint.kind != .continuous
      joints.append(
        Joint(
          instance: instance, parent: parent.body, child: child, origin: origin,
          axis: joint.axis.normalized ?? .unitX, lower: hasLimits ? joint.lower : nil,
          upper: hasLimits ? joint.upper : nil))
    }
    addMasses(model, object, hulls, problems: &problems)
  }

  private mutating func addBody(_ link: Int, at pose: Pose) -> Int {
    bodies.append(RobotTree.Body(mass: .none, links: [link]))
    startPoses.append(pose)
    return bodies.count - 1
  }

  private mutating func addMasses(
    _ model: RobotDescription, _ object: ObjectInstance, _ hulls: CollisionHulls, problems: inout [String]
  ) {
    for body in bodies.indices {
      var sum = MassProperties.none
      for link in bodies[body].links {
        let own = Self.mass(model.links[link], density: object.density ?? 0, hulls)
        sum = sum + own.transformed(by: mounts[link].pose)
      }
      guard sum.mass >= Inertial.leastMovingMass, sum.mass <= 1e6, sum.center.isFinite, sum.center.length < 1e4,
        InertiaCheck.verdict(sum.inertia) != .notPositiveDefinite
      else {
        let name = bodies[body].links.first.map { model.links[$0].name } ?? ""
        problems.append(
          "The mass properties of the link \"\(name)\" of the object \"\(object.name)\" are not usable: "
            + "\(sum.mass) kg at \(sum.center).")
        continue
      }
      bodies[body].mass = sum
    }
    let total = bodies.reduce(0) { $0 + $1.mass.mass }
    for body in bodies.indices where bodies[body].mass.mass > 0 {
      var mass = bodies[body].mass
      if object.mass > 0 { mass = mass.scaled(toMass: mass.mass * object.mass / total) }
      bodies[body].mass = mass.withCredibleMoments
    }
  }

  /// A link's own mass, or that of its collision shapes at the density.
  private static func mass(_ link: Link, density: Double, _ hulls: CollisionHulls) -> MassProperties {
    if let inertial = link.inertial {
      let inertia = (inertial.inertia + inertial.inertia.transposed) * 0.5
      return MassProperties(mass: inertial.mass, center: .zero, inertia: inertia)
        .transformed(by: inertial.origin.normalized)
    }
    var sum = MassProperties.none
    for collision in link.collisions {
      guard let solid = CollisionSolid(collision.geometry, hulls) else { continue }
      sum = sum + solid.mass(density: density).transformed(by: collision.origin.normalized)
    }
    return sum
  }

  /// Velocities of the bodies' frame origins (m/s) and angular velocities (rad/s) at the start, world frame.
  var startVelocities: [(linear: Vector3, angular: Vector3)] {
    var result = [(linear: Vector3, angular: Vector3)](repeating: (.zero, .zero), count: bodies.count)
    for joint in joints {
      let along = startPoses[joint.child].rotate(joint.axis) * joint.instance.velocity
      var (linear, angular) = (Vector3.zero, Vector3.zero)
      if let parent = joint.parent {
        (linear, angular) = result[parent]
        linear += angular.cross(startPoses[joint.child].position - startPoses[parent].position)
      }
      if joint.instance.isPrismatic { linear += along } else { angular += along }
      result[joint.child] = (linear, angular)
    }
    return result
  }

  /// What the joint has to move where the joints stand at the start and further joints are locked: kg along it, or kg m²
  /// about it.
  func inertia(of joint: Joint) -> Double {
    var moved = [joint.child]
    for other in joints { if let parent = other.parent, moved.contains(parent) { moved.append(other.child) } }
    let anchor = startPoses[joint.child].position
    let axis = startPoses[joint.child].rotate(joint.axis)
    return moved.reduce(0) { sum, body in
      let mass = bodies[body].mass.transformed(by: startPoses[body])
      guard !joint.instance.isPrismatic else { return sum + mass.mass }
      let arm = axis.cross(mass.center - anchor)
      return sum + axis.dot(mass.inertia * axis) + mass.mass * arm.squaredLength
    }
  }
}
