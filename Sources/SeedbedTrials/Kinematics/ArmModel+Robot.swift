public import SeedbedScene
public import URDF

import SeedbedGeometry

/// Why a robot cannot be planned for.
public enum ArmModelError: Error, Sendable, Equatable, CustomStringConvertible {
  case unknownLink(String)
  case unknownJoint(String)
  case notDriven(String)
  case noDrivenJoint(tcpLink: String)

  public var description: String {
    switch self {
    case .unknownLink(let name): "the robot has no link \(name)"
    case .unknownJoint(let name): "the robot has no joint \(name)"
    case .notDriven(let name): "joint \(name) is neither revolute, continuous nor prismatic"
    case .noDrivenJoint(let link): "no driven joint lies between the robot's base and its link \(link)"
    }
  }
}

extension ArmModel {
  /// Share of a joint's range that is kept free at either end, at most 0.02 rad or m.
  static let marginShare = 0.01

  /// The chain of `robot` as `instance` drives it. Joints of the chain that nobody drives stay at 0, or at the nearest
  /// value that their limits allow.
  public init(_ robot: RobotDescription, _ instance: RobotInstance) throws(ArmModelError) {
    guard var link = robot.linkIndex(instance.tcpLink) else { throw .unknownLink(instance.tcpLink) }
    var bounds: [Bounds] = []
    for joint in instance.arm {
      guard let index = robot.jointIndex(joint.joint) else { throw .unknownJoint(joint.joint) }
      bounds.append(try ArmModel.bounds(robot.joints[index], joint))
    }
    var parents = [Int?](repeating: nil, count: robot.links.count)
    for (index, joint) in robot.joints.enumerated() where robot.links.indices.contains(joint.child) {
      parents[joint.child] = index
    }
    var path: [Int] = []
    while let joint = parents[link], path.count <= robot.joints.count {
      path.append(joint)
      link = robot.joints[joint].parent
    }
    var steps: [Step] = []
    var pending = Pose.identity
    for index in path.reversed() {
      let joint = robot.joints[index]
      pending = pending * joint.origin
      let prismatic = joint.kind == .prismatic
      if let driver = ArmModel.driver(of: joint, robot, instance) {
        steps.append(
          Step(
            offset: pending, axis: joint.axis, isPrismatic: prismatic, driver: driver.index,
            multiplier: driver.multiplier, bias: driver.bias))
        pending = .identity
      } else {
        pending = pending * ArmModel.motion(joint, at: ArmModel.restValue(joint))
      }
    }
    guard !steps.isEmpty else { throw .noDrivenJoint(tcpLink: instance.tcpLink) }
    self.init(base: instance.pose, steps: steps, tool: pending * instance.tcp, bounds: bounds)
  }

  private static func bounds(_ joint: Joint, _ driven: ArmJointInstance) throws(ArmModelError) -> Bounds {
    let velocity = driven.velocity > 0 ? driven.velocity : .infinity
    switch joint.kind {
    case .revolute, .prismatic:
      let lower = joint.lower ?? -.infinity, upper = joint.upper ?? .infinity
      let margin = lower.isFinite && upper.isFinite ? min(0.02, marginShare * max(0, upper - lower)) : 0
      return Bounds(
        lower: min(lower + margin, driven.home), upper: max(upper - margin, driven.home), velocity: velocity,
        home: driven.home)
    case .continuous:
      return Bounds(lower: -.infinity, upper: .infinity, velocity: velocity, home: driven.home)
    case .fixed, .floating, .planar: throw .notDriven(joint.name)
    }
  }

  /// The driven joint behind `joint`, through any chain of mimics.
  static func isDriven(_ joint: Joint, _ robot: RobotDescription, _ instance: RobotInstance) -> Bool {
    driver(of: joint, robot, instance) != nil
  }

  private static func driver(
    of joint: Joint, _ robot: RobotDescription, _ instance: RobotInstance
  ) -> (index: Int, multiplier: Double, bias: Double)? {
    guard joint.kind == .revolute || joint.kind == .continuous || joint.kind == .prismatic else { return nil }
    var current = joint
    var multiplier = 1.0, bias = 0.0
    for _ in 0...robot.joints.count {
      if let index = instance.arm.firstIndex(where: { $0.joint == current.name }) {
        return (index, multiplier, bias)
      }
      guard let mimic = current.mimic, let next = robot.jointIndex(mimic.joint) else { return nil }
      bias += multiplier * mimic.offset
      multiplier *= mimic.multiplier
      current = robot.joints[next]
    }
    return nil
  }

  static func restValue(_ joint: Joint) -> Double {
    let lower = joint.lower ?? 0, upper = joint.upper ?? 0
    guard lower <= upper else { return 0 }
    return min(max(0, lower), upper)
  }

  static func motion(_ joint: Joint, at value: Double) -> Pose {
    switch joint.kind {
    case .prismatic: Pose(joint.axis * value)
    case .revolute, .continuous: Pose(.zero, Quaternion(axis: joint.axis, angle: value))
    case .fixed, .floating, .planar: .identity
    }
  }
}
