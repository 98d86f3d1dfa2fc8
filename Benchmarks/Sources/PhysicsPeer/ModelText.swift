import SeedbedGeometry
import SeedbedScene
import URDF

/// A scene instance as a model of the peer's format (MJCF): the same masses, shapes, gains, limits and step.
///
/// What may touch is the same too: the robot touches objects, not itself. Gravity on the robot is compensated.
struct ModelText {
  private let robot: RobotDescription
  private let assets: SceneAssets
  private let instance: SceneInstance
  private var text = ""
  private var follower = ""

  static func of(_ instance: SceneInstance, _ assets: SceneAssets, friction: Double? = nil) -> String {
    var model = ModelText(instance, assets)
    model.write(friction: friction)
    return model.text
  }

  private init(_ instance: SceneInstance, _ assets: SceneAssets) {
    robot = assets.robot
    self.assets = assets
    self.instance = instance
  }

  private mutating func write(friction: Double?) {
    let g = instance.gravity
    text = """
      <mujoco><compiler angle="radian" autolimits="true" balanceinertia="true"/>
      <option timestep="\(instance.rates.stepSeconds)" gravity="\(g.x) \(g.y) \(g.z)" integrator="implicitfast" cone="elliptic" \
      impratio="10" solver="Newton"/>
      <default><geom condim="4" solref=".01 1"/></default>\n
      """
    text += "<asset>"
    for object in instance.objects {
      guard case .mesh(let path, let s) = object.shape, let mesh = assets.meshes[path] else { continue }
      let vertices = mesh.parts.flatMap(\.mesh.positions).map { "\($0.x * s.x) \($0.y * s.y) \($0.z * s.z)" }.joined(separator: " ")
      text += "<mesh name=\"\(object.name)\" vertex=\"\(vertices)\"/>"
    }
    text += "</asset><worldbody>\n"
    for object in instance.objects { add(object, friction) }
    add(link: robot.rootLink, at: instance.robot.pose, joint: nil)
    text += "</worldbody>\n<tendon><fixed name=\"gap\">"
    for name in instance.robot.gripper.fingerJoints { text += "<joint joint=\"\(name)\" coef=\"1\"/>" }
    let fingers = instance.robot.gripper.fingerJoints
    text +=
      "</fixed></tendon>\n<equality><joint joint1=\"\(fingers[0])\" joint2=\"\(fingers[1])\" solref=\".005 1\"/></equality>"
    text += "\n<actuator>"
    for joint in instance.robot.arm {
      text += "<general joint=\"\(joint.joint)\" gainprm=\"\(joint.kp)\" biastype=\"affine\" "
      text += "biasprm=\"0 -\(joint.kp) -\(joint.kd)\" forcerange=\"-\(joint.effort) \(joint.effort)\"/>"
    }
    let grip = instance.expert.gripForce
    text +=
      "<general tendon=\"gap\" gainprm=\"2000\" biastype=\"affine\" biasprm=\"0 -2000 -60\" forcerange=\"-\(grip) \(grip)\"/>"
    text += "</actuator></mujoco>\n"
  }

  private mutating func add(_ object: ObjectInstance, _ friction: Double?) {
    let shape: String
    switch object.shape {
    case .box(let size): shape = "type=\"box\" size=\"\(size.x / 2) \(size.y / 2) \(size.z / 2)\""
    case .cylinder(let r, let l): shape = "type=\"cylinder\" size=\"\(r) \(l / 2)\""
    case .capsule(let r, let l): shape = "type=\"capsule\" size=\"\(r) \(l / 2)\""
    case .sphere(let r): shape = "type=\"sphere\" size=\"\(r)\""
    case .mesh: shape = "type=\"mesh\" mesh=\"\(object.name)\""
    default: fatalError("the peer's model has no shape for \(object.shape)")
    }
    text += "<body name=\"\(object.name)\" \(Self.text(object.pose))>"
    if !object.isFixed { text += "<freejoint/>" }
    text += "<geom \(shape) mass=\"\(object.isFixed ? 0 : object.mass)\" contype=\"2\" conaffinity=\"3\" "
    text += "friction=\"\(friction ?? object.friction) .005 .0001\"/></body>\n"
  }

  private mutating func add(link: Int, at pose: Pose, joint: Joint?) {
    text += "<body name=\"\(robot.links[link].name)\" \(Self.text(pose)) gravcomp=\"1\">"
    if let inertial = robot.links[link].inertial {
      // The inertia's axes are those of `origin`.
      let m = inertial.origin.orientation.matrix
      let i = m * inertial.inertia * m.transposed
      let c = inertial.origin.position
      text += "<inertial pos=\"\(c.x) \(c.y) \(c.z)\" mass=\"\(inertial.mass)\" fullinertia=\""
      text += "\(i[0, 0]) \(i[1, 1]) \(i[2, 2]) \(i[0, 1]) \(i[0, 2]) \(i[1, 2])\"/>"
    }
    if let joint, joint.kind != .fixed { add(joint) }
    for collision in robot.links[link].collisions {
      let shape: String
      switch collision.geometry {
      case .box(let size): shape = "type=\"box\" size=\"\(size.x / 2) \(size.y / 2) \(size.z / 2)\""
      case .cylinder(let r, let l): shape = "type=\"cylinder\" size=\"\(r) \(l / 2)\""
      case .capsule(let r, let l): shape = "type=\"capsule\" size=\"\(r) \(l / 2)\""
      case .sphere(let r): shape = "type=\"sphere\" size=\"\(r)\""
      case .mesh: fatalError("the peer's model takes robots whose collision shapes are primitives")
      }
      // Base links stand in the table.
      let touches = joint == nil ? 0 : 1
      text +=
        "<geom \(shape) \(Self.text(collision.origin)) mass=\"0\" contype=\"\(touches)\" conaffinity=\"\(2 * touches)\" "
      text += "friction=\"\(instance.robot.fingerFriction) .005 .0001\"/>"
    }
    for next in robot.joints where next.parent == link { add(link: next.child, at: next.origin, joint: next) }
    text += "</body>\n"
  }

  private mutating func add(_ joint: Joint) {
    let kind = joint.kind == .prismatic ? "slide" : "hinge"
    text += "<joint name=\"\(joint.name)\" type=\"\(kind)\" axis=\"\(joint.axis.x) \(joint.axis.y) \(joint.axis.z)\" "
    if let lower = joint.lower, let upper = joint.upper { text += "range=\"\(lower) \(upper)\" " }
    let armature = instance.robot.arm.first { $0.joint == joint.name }?.armature ?? 0.2
    text += "armature=\"\(armature)\" damping=\"\(joint.damping)\" frictionloss=\"\(joint.friction)\"/>"
  }

  private static func text(_ pose: Pose) -> String {
    let p = pose.position, q = pose.orientation
    return "pos=\"\(p.x) \(p.y) \(p.z)\" quat=\"\(q.w) \(q.x) \(q.y) \(q.z)\""
  }
}
