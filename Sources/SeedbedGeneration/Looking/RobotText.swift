import Diagnostics
import Glibc
import SeedbedGeometry
import SeedbedScene
import URDF

/// A robot in words: what its URDF says, and how a scene would drive it.
func describeRobot(_ path: String) throws -> String {
  let loaded = try loadRobot(path: path)
  let robot = loaded.robot
  var lines = loaded.warnings.map(\.description)
  let mass = robot.links.reduce(0.0) { $0 + ($1.inertial?.mass ?? 0) }
  lines.append("robot \(robot.name): \(robot.links.count) links, \(robot.joints.count) joints, \(fixed(mass, 3)) kg")
  lines.append("root link: \(robot.links[robot.rootLink].name)")
  for joint in robot.joints where joint.kind != .fixed { lines.append("  " + text(of: joint, in: robot)) }
  let origin = loaded.profile.map { "as \($0) says" } ?? "inferred; a profile could say otherwise"
  if let drive = loaded.drive {
    lines.append("drive, \(origin): \(loaded.robotType)")
    lines += text(of: drive, for: robot)
  } else {
    lines.append(
      loaded.profile.map { "drive: \($0) does not fit the robot:" }
        ?? "drive: cannot be inferred, and there is no profile:"
    )
    lines += loaded.problems.map { "  " + $0.description }
  }
  return lines.map(\.escapingControlCharacters).joined(separator: "\n")
}

/// A profile (`NAME.robot.yaml`) with the robot that it drives.
func describeProfile(_ path: String) throws -> String {
  let urdf = path.dropLast(".robot.yaml".count) + ".urdf"
  guard access(String(urdf), F_OK) == 0 else {
    throw GenerationError(
      "\(path) says how a robot is driven, but there is no \(urdf) beside it. Keep the two together.", kind: .input)
  }
  let problems = try loadRobot(path: String(urdf)).problems
  guard problems.isEmpty else { throw InputError(problems) }
  return try describeRobot(String(urdf))
}

private func text(of joint: Joint, in robot: RobotDescription) -> String {
  var text = "\(joint.name): \(joint.kind.rawValue), \(robot.links[joint.parent].name) -> "
  text += robot.links[joint.child].name
  let angular = joint.kind == .revolute || joint.kind == .continuous
  let unit = angular ? "rad" : "m"
  if let lower = joint.lower, let upper = joint.upper { text += ", \(lower) ... \(upper) \(unit)" }
  if let effort = joint.effort { text += ", \(effort) \(angular ? "Nm" : "N")" }
  if let velocity = joint.velocity { text += ", \(velocity) \(unit)/s" }
  if let mimic = joint.mimic { text += ", mimics \(mimic.joint) x \(mimic.multiplier) + \(mimic.offset)" }
  return text
}

private func text(of drive: RobotInstance, for robot: RobotDescription) -> [String] {
  var lines = ["  arm:"]
  for joint in drive.arm {
    let kind = robot.jointIndex(joint.joint).map { robot.joints[$0].kind }
    let unit = kind == .prismatic ? "m" : "rad", force = kind == .prismatic ? "N" : "Nm"
    lines.append(
      "    \(joint.joint): home \(fixed(joint.home, 4)) \(unit), kp \(fixed(joint.kp, 1)), kd \(fixed(joint.kd, 1)), "
        + "armature \(fixed(joint.armature, 4)), at most \(fixed(joint.effort, 3)) \(force), "
        + "\(fixed(joint.velocity, 3)) \(unit)/s")
  }
  let gripper = drive.gripper
  lines.append(
    "  gripper: \(gripper.fingerJoints.joined(separator: " ")), opens to \(fixed(gripper.maxOpening, 4)) m "
      + "(\(fixed(gripper.closedOpening, 4)) m with both joints at 0), starts at \(fixed(gripper.home, 4)) m, "
      + "at most \(fixed(gripper.maxForce, 1)) N, \(fixed(gripper.speed, 3)) m/s")
  let p = drive.tcp.position
  lines.append("  tool centre point: on link \(drive.tcpLink), at \(text(of: p)) m")
  lines.append(
    "    z (out of the hand) is \(text(of: drive.tcp.rotate(.unitZ))), y (closing) \(text(of: drive.tcp.rotate(.unitY)))"
      + " of that link")
  lines.append("  friction: fingers \(fixed(drive.fingerFriction, 2)), other links \(fixed(drive.linkFriction, 2))")
  return lines
}

private func text(of v: Vector3) -> String { "(\(fixed(v.x, 4)), \(fixed(v.y, 4)), \(fixed(v.z, 4)))" }
