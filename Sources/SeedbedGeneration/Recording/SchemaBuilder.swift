public import SeedbedEpisodes
import SeedbedGeometry
public import SeedbedScene
import SeedbedTrials
public import URDF

/// The features that a scene's episodes have: a pure function of the parts of an instance that no draw changes
/// (robot, names of objects, cameras).
public func featureSchema(
  for instance: SceneInstance, robot description: RobotDescription, robotType: String, withPictures: Bool
) -> FeatureSchema {
  let features =
    robotFeatures(instance.robot, description) + sensorFeatures(instance, description) + outcomeFeatures
    + privilegedFeatures(instance)
  let cameras =
    withPictures
    ? instance.cameras.map { camera in
      CameraFeature(
        name: camera.name, width: camera.width, height: camera.height,
        summary: camera.link.map { "Mounted on link \($0)" } ?? "Fixed in the world")
    } : []
  return FeatureSchema(
    framesPerSecond: instance.rates.control, robotType: robotType, features: features, cameras: cameras)
}

/// What any robot has.
func robotFeatures(_ robot: RobotInstance, _ description: RobotDescription) -> [Feature] {
  /// Metres for sliding joints, radians for turning ones.
  func isPrismatic(_ joint: ArmJointInstance) -> Bool {
    description.jointIndex(joint.joint).map { description.joints[$0].kind == .prismatic } ?? false
  }
  return [
    .init(
      name: "observation.state", dataType: .float32,
      dimensions: robot.arm.map {
        .init(
          name: $0.joint + ".pos", unit: isPrismatic($0) ? "m" : "rad", frame: "joint",
          convention: "URDF sign and zero, absolute")
      } + [.opening],
      summary: "Measured joint positions and gripper opening at the start of the frame, before the action acts."),
    .init(
      name: "observation.velocity", dataType: .float32,
      dimensions: robot.arm.map {
        .init(name: $0.joint + ".vel", unit: isPrismatic($0) ? "m/s" : "rad/s", frame: "joint", convention: "URDF sign")
      } + [.init(name: "gripper.vel", unit: "m/s", frame: "gripper", convention: "positive = opening")],
      summary: "Measured joint velocities and rate of the gripper opening at the start of the frame."),
    .init(
      name: "observation.effort", dataType: .float32,
      dimensions: robot.arm.map {
        .init(
          name: $0.joint + ".effort", unit: isPrismatic($0) ? "N" : "Nm", frame: "joint",
          convention: "applied; " + ArmJointInstance.effortConvention)
      } + [.init(name: "gripper.force", unit: "N", frame: "gripper", convention: "positive = squeezing")],
      summary: "Joint torques on the link side and grip force over the last physics step before the frame."),
    .init(
      name: "observation.ee_pose", dataType: .float32,
      dimensions: poseDimensions(
        "ee", frame: "robot base (root link)", of: "tool centre point (z out of the hand, y closing direction)"),
      summary: "Pose of the tool centre point in the robot's base frame at the start of the frame."),
    .init(
      name: "action", dataType: .float32,
      dimensions: robot.arm.map {
        .init(
          name: $0.joint + ".pos", unit: isPrismatic($0) ? "m" : "rad", frame: "joint",
          convention: "absolute target, reached linearly over the frame's duration")
      } + [
        .init(
          name: "gripper.opening", unit: "m", frame: "gripper",
          convention: "absolute target of the distance between the pads; 0 = closed")
      ],
      summary: "The command sent at the start of the frame; exactly the targets that the controller was given. "
        + "How hard the fingers squeeze is a setting of the episode, not an action: the draw `expert.gripForce`."),
  ]
}

/// What every scene's task gives.
var outcomeFeatures: [Feature] {
  [
    .init(
      name: "next.reward", dataType: .float32,
      dimensions: [
        .init(
          name: "reward", unit: "1", frame: "none",
          convention: "1 from the frame on that completes success, as long as it lasts, else 0")
      ], summary: "Sparse reward after the action."),
    .init(
      name: "next.done", dataType: .bool,
      dimensions: [.init(name: "done", unit: "1", frame: "none", convention: "true on the last frame only")],
      summary: "Whether the episode ends with this frame."),
    .init(
      name: "next.success", dataType: .bool,
      dimensions: [
        .init(
          name: "success", unit: "1", frame: "none",
          convention: "true from the frame on that completes success, as long as it lasts")
      ], summary: "Whether the task is done after the action."),
  ]
}

/// What only a simulator knows: never under `observation.`, so that no policy trains on it by accident.
private func privilegedFeatures(_ instance: SceneInstance) -> [Feature] {
  let movable = instance.objects
  var features: [Feature] = []
  if !movable.isEmpty {
    features.append(
      .init(
        name: "privileged.object_poses", dataType: .float32,
        dimensions: movable.flatMap { poseDimensions($0.name, frame: "world", of: "object \($0.name)") },
        summary: "True poses of all objects in the world frame (Z up) at the start of the frame."))
    features.append(
      .init(
        name: "privileged.object_contact_forces", dataType: .float32,
        dimensions: movable.flatMap { object in
          [
            Dimension(
              name: object.name + ".robot_force", unit: "N", frame: "none",
              convention: "sum of normal forces between robot and object, never negative"),
            Dimension(
              name: object.name + ".other_force", unit: "N", frame: "none",
              convention: "sum of normal forces between the object and all other objects, never negative"),
          ]
        }, summary: "Contact forces over the last physics step before the frame."))
  }
  features += jointFeatures(instance)
  if !instance.cameras.isEmpty {
    features.append(
      .init(
        name: "privileged.camera_poses", dataType: .float32,
        dimensions: instance.cameras.flatMap {
          poseDimensions($0.name, frame: "world", of: "camera \($0.name)'s optical frame (x right, y down, z forward)")
        },
        summary: "True poses of the cameras; with `cameras` in the episode's instance (fovy, size) they give "
          + "fx = fy = height / (2 tan(fovy / 2)), cx = width / 2, cy = height / 2."))
  }
  features.append(
    .init(
      name: "privileged.phase", dataType: .int64,
      dimensions: [
        .init(
          name: "phase", unit: "1", frame: "none",
          convention: TrialPhase.allCases.map { "\($0.rawValue) = \($0)" }.joined(separator: ", "))
      ], summary: "What the scripted expert was doing."))
  return features
}

extension Dimension {
  static let opening = Dimension(
    name: "gripper.opening", unit: "m", frame: "gripper", convention: "distance between the pads; 0 = closed")
}

/// x y z and a unit quaternion, scalar first.
func poseDimensions(_ prefix: String, frame: String, of what: String) -> [Dimension] {
  ["x", "y", "z"].map { Dimension(name: "\(prefix).\($0)", unit: "m", frame: frame, convention: "position of \(what)") }
    + ["qw", "qx", "qy", "qz"].map {
      Dimension(
        name: "\(prefix).\($0)", unit: "1", frame: frame,
        convention: "orientation of \(what), unit quaternion, scalar first; \(Quaternion.recordedSign)")
    }
}
