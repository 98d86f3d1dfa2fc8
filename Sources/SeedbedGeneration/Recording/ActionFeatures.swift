import SeedbedEpisodes
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials
import URDF

/// The contract of each action space as a dataset's feature: names, units, frames, conventions and limits of its numbers.
struct ActionFeatures {
  /// What no draw changes; where a limit is drawn, its widest range counts.
  let plan: RobotPlan
  let robot: RobotDescription
  let framesPerSecond: Int

  /// - Parameter isBeside: The feature stands beside `action` under a name of its own, `command.<space>`: LeRobot takes
  ///   every name that begins with `action` or `observation` for what a policy gives or sees.
  func feature(_ space: ActionSpace, isBeside: Bool) -> Feature {
    Feature(
      name: isBeside ? "command." + space.name : "action", dataType: .float32,
      dimensions: arm(space.arm) + [gripper(space.gripper)],
      summary: "Action space `\(space.name)`: \(summary(space.arm)) \(summary(space.gripper))"
        + (isBeside ? " The same command as `action`, in other numbers." : ""))
  }

  /// The simulation's own `action` with the limits of its numbers.
  func limited(_ own: Feature) -> Feature {
    var feature = own
    for (i, limited) in (arm(.jointPosition) + [gripper(.opening)]).enumerated() where i < own.dimensions.count {
      feature.dimensions[i].limits = limited.limits
    }
    return feature
  }

  private func arm(_ space: ActionSpace.Arm) -> [Dimension] {
    switch space {
    case .jointPosition:
      plan.arm.map { joint in
        Dimension(
          name: joint.joint + ".pos", unit: unit(joint), frame: "joint",
          convention: "absolute target, reached linearly over the frame's duration", limits: range(joint))
      }
    case .jointDelta:
      plan.arm.map { joint in
        let most = RobotCommand.overspeed * joint.mostVelocity / Double(framesPerSecond)
        return Dimension(
          name: joint.joint + ".delta", unit: unit(joint), frame: "joint",
          convention: "relative to the last commanded target (the first to the start), reached linearly over the frame",
          limits: Limits(-most, most))
      }
    case .jointVelocity:
      plan.arm.map { joint in
        let most = RobotCommand.overspeed * joint.mostVelocity
        return Dimension(
          name: joint.joint + ".vel", unit: unit(joint) + "/s", frame: "joint",
          convention: "speed over the frame, absolute; the servos follow its integral from the start on",
          limits: Limits(-most, most))
      }
    case .eePose: position + quaternion
    case .eePose6D: position + columns
    case .eeDeltaBase: motion("base", frame: "robot base (root link)", "axes of the robot's base")
    case .eeDeltaTool: motion("tool", frame: "last commanded tool frame", "axes of the last commanded tool frame")
    }
  }

  private static let tool = "tool centre point (z out of the hand, y closing direction)"

  private var position: [Dimension] {
    ["x", "y", "z"].map {
      Dimension(
        name: "ee.\($0)", unit: "m", frame: "robot base (root link)",
        convention: "absolute target position of the \(Self.tool)")
    }
  }

  private var quaternion: [Dimension] {
    ["qw", "qx", "qy", "qz"].map {
      Dimension(
        name: "ee.\($0)", unit: "1", frame: "robot base (root link)",
        convention:
          "absolute target orientation, unit quaternion, scalar first; of its two signs the one nearer to the "
          + "frame before, at first to the orientation at the start", limits: Limits(-1, 1))
    }
  }

  private var columns: [Dimension] {
    (0..<2).flatMap { column in
      (0..<3).map { row in
        Dimension(
          name: "ee.r\(row)\(column)", unit: "1", frame: "robot base (root link)",
          convention:
            "absolute target orientation: row \(row), column \(column) of the rotation matrix (tool to base), "
            + "counted from 0; the third column is their cross product", limits: Limits(-1, 1))
      }
    }
  }

  private func motion(_ name: String, frame: String, _ axes: String) -> [Dimension] {
    ["dx", "dy", "dz"].map {
      Dimension(
        name: "ee.\(name).\($0)", unit: "m", frame: frame,
        convention:
          "translation of the tool centre point from the last commanded pose (the first from the start), in the "
          + axes)
    }
      + ["drx", "dry", "drz"].map {
        Dimension(
          name: "ee.\(name).\($0)", unit: "rad", frame: frame,
          convention: "rotation vector (axis times angle) from the last commanded orientation, in the " + axes,
          limits: Limits(-Double.pi, Double.pi))
      }
  }

  private func gripper(_ convention: ActionSpace.Gripper) -> Dimension {
    switch convention {
    case .opening:
      Dimension(
        name: "gripper.opening", unit: "m", frame: "gripper",
        convention: "absolute target of the distance between the pads; 0 = closed",
        limits: Limits(min(0, plan.gripper.leastClosedOpening), plan.gripper.mostOpening))
    case .openness:
      Dimension(
        name: "gripper.openness", unit: "1", frame: "gripper",
        convention: "absolute target as a share of the gripper's largest opening; 0 = closed, 1 = open",
        limits: Limits(0, 1))
    case .closedness:
      Dimension(
        name: "gripper.closedness", unit: "1", frame: "gripper",
        convention: "absolute target, 1 minus the share of the gripper's largest opening; 0 = open, 1 = closed",
        limits: Limits(0, 1))
    case .force:
      Dimension(
        name: "gripper.force", unit: "N", frame: "gripper",
        convention: "force of the fingers at standstill; positive = squeezing, negative = opening",
        limits: Limits(-plan.gripper.mostForce, plan.gripper.mostForce))
    }
  }

  private func summary(_ arm: ActionSpace.Arm) -> String {
    switch arm {
    case .jointPosition: "Absolute joint targets, exactly what the servos were given."
    case .jointDelta: "Joint targets relative to the last commanded ones."
    case .jointVelocity: "Joint speeds whose integral the servos follow."
    case .eePose: "The tool centre point's absolute target pose in the robot's base frame, with a quaternion."
    case .eePose6D:
      "The tool centre point's absolute target pose in the robot's base frame, with six numbers of its rotation matrix."
    case .eeDeltaBase, .eeDeltaTool:
      "The tool centre point's motion from the last commanded (not the measured) pose, so that it does not drift."
    }
  }

  private func summary(_ gripper: ActionSpace.Gripper) -> String {
    switch gripper {
    case .opening, .openness, .closedness:
      "How hard the fingers squeeze is a setting of the episode, not an action: the draw `expert.gripForce`."
    case .force:
      "Free fingers move at the force over the gripper's drag (a twentieth of its largest force over its speed), at most at its speed."
    }
  }

  private func joint(_ driven: RobotPlan.ArmJoint) -> Joint? {
    robot.jointIndex(driven.joint).map { robot.joints[$0] }
  }

  /// Metres for sliding joints, radians for turning ones.
  private func unit(_ driven: RobotPlan.ArmJoint) -> String { joint(driven)?.kind == .prismatic ? "m" : "rad" }

  private func range(_ driven: RobotPlan.ArmJoint) -> Limits? {
    guard let joint = joint(driven), joint.kind != .continuous, let lower = joint.lower, let upper = joint.upper,
      lower <= upper
    else { return nil }
    return Limits(lower, upper)
  }
}
