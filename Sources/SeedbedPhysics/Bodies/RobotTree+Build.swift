internal import SeedbedGeometry
package import SeedbedScene
package import URDF

extension RobotTree {
  /// Reduces the robot. Problems are appended; the tree is usable only where none were.
  package init(_ robot: RobotDescription, _ instance: RobotInstance, _ hulls: CollisionHulls, problems: inout [String])
  {
    joints = []
    bodies = []
    warnings = []
    secondFingerSign = 1
    mounts = Array(repeating: Mount(body: nil, pose: .identity), count: robot.links.count)

    let values = JointValues(robot, instance, problems: &problems)
    var children: [[Int]] = Array(repeating: [], count: robot.links.count)
    for (i, joint) in robot.joints.enumerated() {
      guard robot.links.indices.contains(joint.parent), robot.links.indices.contains(joint.child) else {
        problems.append("The joint \"\(joint.name)\" refers to a link that does not exist.")
        return
      }
      children[joint.parent].append(i)
    }
    guard robot.links.indices.contains(robot.rootLink) else {
      problems.append("The robot \"\(robot.name)\" has no root link.")
      return
    }
    // Depth first in the order of the file; the stack keeps deep trees from deep recursion.
    mounts[robot.rootLink].pose = instance.pose.normalized
    var stack: [Int] = children[robot.rootLink].reversed()
    var numbers: [Int: Int] = [:]
    var visited = 1
    while let j = stack.popLast() {
      let joint = robot.joints[j]
      visited += 1
      guard visited <= robot.links.count else {
        problems.append("The joints of the robot \"\(robot.name)\" form a loop.")
        return
      }
      let parent = mounts[joint.parent]
      let origin = parent.pose * joint.origin.normalized
      if let role = values.roles[j] {
        numbers[j] = joints.count
        let limits = joint.limits(role)
        joints.append(
          MovingJoint(
            joint: j, role: role, isHinge: joint.kind != .prismatic, parent: parent.body, origin: origin,
            axis: joint.axis.normalized ?? .unitX, lower: limits?.lower, upper: limits?.upper,
            start: values.values[j]))
        mounts[joint.child] = Mount(body: joints.count - 1, pose: .identity)
        bodies.append(Body(mass: .none, links: []))
      } else {
        mounts[joint.child] = Mount(body: parent.body, pose: origin * joint.lockedMotion(values.values[j]))
      }
      stack.append(contentsOf: children[joint.child].reversed())
    }
    // Followers named their leader by URDF joint; now it has a number.
    for i in joints.indices {
      if case .follower(let leader, let multiplier, let offset) = joints[i].role, let number = numbers[leader] {
        joints[i].role = .follower(leader: number, multiplier: multiplier, offset: offset)
      }
    }
    for (link, mount) in mounts.enumerated() {
      if let body = mount.body { bodies[body].links.append(link) }
    }
    addMasses(robot, hulls, problems: &problems)
    orientFingers(robot, problems: &problems)
  }

  /// Checks that the fingers are opposed and sets their start values.
  private mutating func orientFingers(_ robot: RobotDescription, problems: inout [String]) {
    guard let (first, second) = fingers else { return }
    guard joints[first].parent == joints[second].parent else {
      problems.append("The two finger joints are not mounted on the same body.")
      return
    }
    let a = joints[first].origin.rotate(joints[first].axis), b = joints[second].origin.rotate(joints[second].axis)
    guard abs(a.dot(b)) > 0.99 else {
      problems.append("The two fingers do not move along one line.")
      return
    }
    secondFingerSign = a.dot(b) < 0 ? 1 : -1
    joints[second].start *= secondFingerSign
    for j in [joints[first], joints[second]] {
      if let lower = j.lower, let upper = j.upper, j.start < lower - 2e-3 || j.start > upper + 2e-3 {
        problems.append(
          "The gripper's home opening puts the joint \"\(robot.joints[j.joint].name)\" at \(j.start), outside its limits \(lower)...\(upper)."
        )
      }
    }
  }

  private mutating func addMasses(_ robot: RobotDescription, _ hulls: CollisionHulls, problems: inout [String]) {
    for body in bodies.indices {
      var sum = MassProperties.none
      for link in bodies[body].links {
        if let own = LinkMass.properties(robot.links[link], hulls, warnings: &warnings) {
          sum = sum + own.transformed(by: mounts[link].pose)
        }
      }
      if sum.mass < Inertial.leastMovingMass, let first = bodies[body].links.first {
        sum = LinkMass.fallback(robot.links[first], hulls, warnings: &warnings)
      }
      guard sum.center.isFinite, sum.center.length < 1e4, InertiaCheck.verdict(sum.inertia) != .notPositiveDefinite
      else {
        let name = bodies[body].links.first.map { robot.links[$0].name } ?? ""
        problems.append("The mass properties of the link \"\(name)\" are not usable: \(sum.mass) kg at \(sum.center).")
        continue
      }
      bodies[body].mass = sum.withCredibleMoments
    }
  }
}

extension Joint {
  /// Limits that are of use: none of a continuous joint, none the wrong way round or beyond all reach, and none of a
  /// follower, which goes where its leader takes it.
  func limits(_ role: RobotTree.Role) -> (lower: Double, upper: Double)? {
    if case .follower = role { return nil }
    guard kind != .continuous, let lower, let upper, lower <= upper, lower > -1e4, upper < 1e4 else { return nil }
    return (lower, upper)
  }

  /// Where a locked joint holds its child.
  func lockedMotion(_ value: Double) -> Pose {
    switch kind {
    case .revolute, .continuous: Pose(.zero, Quaternion(axis: axis.normalized ?? .unitX, angle: value))
    case .prismatic: Pose((axis.normalized ?? .unitX) * value)
    case .fixed, .floating, .planar: .identity
    }
  }
}

extension Pose {
  /// The same pose with a unit quaternion.
  var normalized: Pose { Pose(position, orientation.normalized) }
}
