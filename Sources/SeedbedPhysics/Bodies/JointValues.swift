internal import SeedbedScene
internal import URDF

/// What every joint of a URDF does in an episode: who drives it and where it starts.
struct JointValues {
  /// By URDF joint; nil: locked. A follower's leader is still a URDF joint here.
  var roles: [RobotTree.Role?]
  /// By URDF joint: the value at the start.
  var values: [Double]

  init(_ robot: RobotDescription, _ instance: RobotInstance, problems: inout [String]) {
    roles = Array(repeating: nil, count: robot.joints.count)
    values = robot.joints.map { joint in
      guard joint.kind != .continuous, let lower = joint.lower, let upper = joint.upper, lower <= upper else {
        return 0
      }
      return min(max(0, lower), upper)
    }
    for (i, arm) in instance.arm.enumerated() {
      guard let j = robot.jointIndex(arm.joint) else {
        problems.append("The robot has no joint \"\(arm.joint)\" (arm).")
        continue
      }
      let joint = robot.joints[j]
      guard [.revolute, .continuous, .prismatic].contains(joint.kind), joint.mimic == nil else {
        problems.append(
          "The arm joint \"\(arm.joint)\" cannot be driven: it is \(joint.mimic == nil ? joint.kind.rawValue : "mimic")."
        )
        continue
      }
      claim(j, .arm(i), arm.home, robot, problems: &problems)
    }
    let gripper = instance.gripper
    guard gripper.fingerJoints.count == 2 else {
      problems.append("A gripper has two finger joints, not \(gripper.fingerJoints.count).")
      return
    }
    for (k, name) in gripper.fingerJoints.enumerated() {
      guard let j = robot.jointIndex(name) else {
        problems.append("The robot has no joint \"\(name)\" (gripper).")
        continue
      }
      guard robot.joints[j].kind == .prismatic else {
        problems.append("The finger joint \"\(name)\" is \(robot.joints[j].kind.rawValue), not prismatic.")
        continue
      }
      claim(j, .finger(k), (gripper.home - gripper.closedOpening) / 2, robot, problems: &problems)
    }
    for j in robot.joints.indices where roles[j] == nil && robot.joints[j].mimic != nil { follow(j, robot) }
  }

  private mutating func claim(
    _ j: Int, _ role: RobotTree.Role, _ value: Double, _ robot: RobotDescription, problems: inout [String]
  ) {
    let joint = robot.joints[j]
    guard roles[j] == nil else {
      problems.append("The joint \"\(joint.name)\" is named twice in arm and gripper.")
      return
    }
    roles[j] = role
    values[j] = value
    if case .arm = role, joint.kind != .continuous, let lower = joint.lower, let upper = joint.upper, lower <= upper,
      value < lower - 1e-3 || value > upper + 1e-3
    {
      problems.append(
        "The start value \(value) of the joint \"\(joint.name)\" is outside its limits \(lower)...\(upper).")
    }
  }

  /// Walks a chain of mimic joints up to its first leader.
  private mutating func follow(_ j: Int, _ robot: RobotDescription) {
    var multiplier = 1.0, offset = 0.0
    var at = j
    for _ in robot.joints.indices {
      // A finger that mimics the other one is driven itself.
      if case .arm = roles[at] { break }
      if case .finger = roles[at] { break }
      guard let mimic = robot.joints[at].mimic, let next = robot.jointIndex(mimic.joint) else { break }
      offset += multiplier * mimic.offset
      multiplier *= mimic.multiplier
      at = next
    }
    guard at != j else { return }
    let value = multiplier * values[at] + offset
    guard value.isFinite else { return }
    values[j] = value
    switch roles[at] {
    case .arm, .finger:
      let kind = robot.joints[j].kind
      if kind == .revolute || kind == .continuous || kind == .prismatic {
        roles[j] = .follower(leader: at, multiplier: multiplier, offset: offset)
      }
    case .follower, nil: break
    }
  }
}
