internal import SeedbedGeometry
internal import SeedbedScene
internal import URDF

/// Checks every number of an instance that would enter ODE; ODE itself answers bad ones by ending the process.
enum InstanceCheck {
  static func problems(_ instance: SceneInstance, _ assets: SceneAssets) -> [String] {
    var list = ProblemList()
    let rates = instance.rates
    list.require(
      rates.control > 0 && rates.physics > 0 && rates.physics % max(1, rates.control) == 0,
      "The physics rate \(rates.physics) is not a multiple of the control rate \(rates.control).")
    list.require(
      (50...100_000).contains(rates.physics), "The physics rate \(rates.physics) Hz is outside 50...100000.")
    list.require(
      instance.gravity.isFinite && instance.gravity.length <= 1000,
      "The gravity \(instance.gravity) is not usable.")
    list.number("The grip force", instance.expert.gripForce, in: -1e6...1e6)
    robot(instance.robot, assets, &list)
    for pair in instance.materialPairs ?? [] {
      let name = "of \(pair.first) on \(pair.second)"
      list.number("The friction \(name)", pair.friction, in: 0...1e3)
      list.number("The kinetic friction \(name)", pair.kineticFriction, in: 0...1e3)
      list.number("The restitution \(name)", pair.restitution, in: 0...1)
    }
    if let pad = instance.robot.gripper.pad {
      list.number("The pads' stiffness", pad.stiffness, in: 1e2...1e9)
      list.number("The pads' damping", pad.damping, in: 0...1e7)
    }
    for object in instance.objects { self.object(object, &list) }
    return list.problems
  }

  private static func robot(_ robot: RobotInstance, _ assets: SceneAssets, _ list: inout ProblemList) {
    list.pose("The robot", robot.pose)
    list.pose("The tool centre point", robot.tcp)
    list.number("The fingers' friction", robot.fingerFriction, in: 0...1e3)
    list.number("The links' friction", robot.linkFriction, in: 0...1e3)
    list.require(assets.robot.linkIndex(robot.tcpLink) != nil, "The robot has no link \"\(robot.tcpLink)\" (tcpLink).")
    for name in robot.selfCollision?.disabled.joined() ?? [].joined() where assets.robot.linkIndex(name) == nil {
      list.require(false, "The robot has no link \"\(name)\" (selfCollision).")
    }
    for joint in robot.arm {
      let name = "of the arm joint \"\(joint.joint)\""
      list.number("The home value \(name)", joint.home, in: -1e4...1e4)
      list.number("The gain kp \(name)", joint.kp, in: 0...1e9)
      list.number("The gain kd \(name)", joint.kd, in: 0...1e9)
      list.number("The armature \(name)", joint.armature, in: 0...1e6)
      list.number("The effort \(name)", joint.effort, in: 0...1e9)
      list.require(
        joint.velocity > 0 && joint.velocity <= 1e4, "The velocity \(name) is \(joint.velocity), outside 0...10000.")
      list.require(joint.kp + joint.kd + joint.armature > 0, "The gains \(name) are all zero.")
      list.number("The damping \(name)", joint.damping ?? 0, in: 0...1e9)
      list.number("The friction \(name)", joint.friction ?? 0, in: 0...1e9)
      list.number("The delay \(name)", joint.delay ?? 0, in: 0...10)
      list.number("The backlash \(name)", joint.backlash ?? 0, in: 0...10)
    }
    let gripper = robot.gripper
    list.number("The gripper's delay", gripper.delay ?? 0, in: 0...10)
    list.number("The gripper's closed opening", gripper.closedOpening, in: -10...10)
    list.number("The gripper's largest opening", gripper.maxOpening, in: -10...10)
    list.number("The gripper's home opening", gripper.home, in: -10...10)
    list.number("The gripper's largest force", gripper.maxForce, in: 0...1e6)
    list.require(
      gripper.speed > 0 && gripper.speed <= 1e3, "The gripper's speed is \(gripper.speed), outside 0...1000.")
    for joint in assets.robot.joints {
      let mimic = [joint.mimic?.multiplier, joint.mimic?.offset].compactMap { $0 }
      list.require(
        mimic.allSatisfy { $0.isFinite && abs($0) < 1e6 } && joint.axis.isFinite,
        "The joint \"\(joint.name)\" has an axis or mimic that is not finite.")
      list.pose("The joint \"\(joint.name)\"", joint.origin)
    }
    for link in assets.robot.links {
      for collision in link.collisions { list.pose("A collision shape of the link \"\(link.name)\"", collision.origin) }
    }
  }

  private static func object(_ object: ObjectInstance, _ list: inout ProblemList) {
    let name = "the object \"\(object.name)\""
    list.pose("The pose of \(name)", object.pose)
    if case .urdf = object.shape {
      mechanism(object, name, &list)
    } else if !object.isFixed {
      list.number("The mass of \(name)", object.mass, in: 1e-6...1e6)
    }
    list.number("The friction of \(name)", object.friction, in: 0...1e3)
    list.number("The restitution of \(name)", object.restitution, in: 0...1)
    if case .bin(let size, let wall) = object.shape {
      list.require(
        wall > 0 && 2 * wall < min(size.x, size.y) && wall < size.z,
        "The wall of \(name), \(wall) m, does not fit its size \(size).")
    }
  }
}

extension InstanceCheck {
  fileprivate static func mechanism(_ object: ObjectInstance, _ name: String, _ list: inout ProblemList) {
    if !object.isFixed { list.number("The mass of \(name)", object.mass, in: 0...1e6) }
    if let density = object.density { list.number("The density of \(name)", density, in: 1e-3...1e6) }
    for joint in object.joints ?? [] {
      let which = "of the joint \"\(joint.joint)\" of \(name)"
      list.number("The position \(which)", joint.position, in: -1e4...1e4)
      list.number("The velocity \(which)", joint.velocity, in: -1e3...1e3)
      list.number("The damping \(which)", joint.damping, in: 0...1e6)
      list.number("The friction \(which)", joint.friction, in: 0...1e6)
    }
  }
}

/// Sentences about what is wrong.
struct ProblemList {
  private(set) var problems: [String] = []

  mutating func require(_ condition: Bool, _ message: String) {
    if !condition { problems.append(message) }
  }

  mutating func number(_ name: String, _ value: Double, in range: ClosedRange<Double>) {
    require(range.contains(value), "\(name) is \(value), outside \(range.lowerBound)...\(range.upperBound).")
  }

  mutating func pose(_ name: String, _ pose: Pose) {
    let q = pose.orientation
    let length = q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z
    require(
      pose.isFinite && pose.position.length < 1e6 && abs(length - 1) < 0.1,
      "\(name) has a pose that is not usable: \(pose.position), \(q).")
  }
}
