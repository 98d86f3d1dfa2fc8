internal import CODE
internal import SeedbedGeometry
internal import SeedbedScene

/// An articulated object in ODE.
struct Mechanism {
  /// Index into `SceneInstance.objects`.
  let object: Int
  private let tree: MechanismTree
  let bodies: [dBodyID]
  private(set) var joints: [PassiveJoint] = []

  init(object: Int, _ tree: MechanismTree, h: Double, in ode: inout ODEWorld) {
    self.object = object
    self.tree = tree
    bodies = tree.bodies.map { ode.makeBody($0.mass, weightless: false) }
    for (body, velocity) in zip(tree.bodies.indices, tree.startVelocities) {
      let pose = tree.startPoses[body]
      let center = pose.rotate(tree.bodies[body].mass.center)
      let v = velocity.linear + velocity.angular.cross(center), w = velocity.angular
      // A knob that spins turns by a few degrees in a step: too much for the linear update of the quaternion.
      dBodySetFiniteRotationMode(bodies[body], 1)
      ODEValue.setBodyPose(bodies[body], pose * Pose(tree.bodies[body].mass.center))
      dBodySetLinearVel(bodies[body], v.x, v.y, v.z)
      dBodySetAngularVel(bodies[body], w.x, w.y, w.z)
    }
    for joint in tree.joints {
      joints.append(
        PassiveJoint(
          joint, frame: tree.startPoses[joint.child], child: bodies[joint.child],
          parent: joint.parent.map { bodies[$0] }, inertia: tree.inertia(of: joint), h: h, in: &ode))
    }
  }

  func prepare(h: Double) { for joint in joints { joint.prepare(h: h) } }

  mutating func read() { for i in joints.indices { joints[i].read() } }

  /// Name of a joint that has come apart, and where it stands.
  var broken: (name: String, position: Double)? {
    joints.firstIndex(where: \.isBroken).map { (tree.joints[$0].instance.joint, joints[$0].position) }
  }

  /// In the world, one a link of the URDF.
  var linkPoses: [Pose] {
    let frames = tree.bodies.indices.map { ODEValue.pose(bodies[$0]) * Pose(-tree.bodies[$0].mass.center) }
    return tree.mounts.map { mount in mount.body.map { frames[$0] * mount.pose } ?? mount.pose }
  }
}

extension MechanismTree {
  /// What stands for the whole object: its root link.
  func rootBody(of mechanism: Mechanism, at pose: Pose) -> ObjectBody {
    ObjectBody(
      body: isAnchored ? nil : mechanism.bodies.first, pose: pose,
      center: isAnchored ? .zero : bodies.first?.mass.center ?? .zero)
  }
}
