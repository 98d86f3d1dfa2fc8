import SeedbedGeometry
import URDF

/// Boxes around the links' collision shapes, each in its link's frame: where the robot stands before anything moves.
struct LinkBoxes: Sendable {
  /// By link index; nil for links without collision shapes.
  private let boxes: [AxisAlignedBox?]

  init(_ robot: RobotDescription, meshes: [String: MeshAsset]) {
    boxes = robot.links.map { link in
      AxisAlignedBox(
        containing: link.collisions.flatMap { shape in
          shape.geometry.outline(meshes).map { shape.origin.apply($0) }
        })
    }
  }

  /// What each link covers at the start of an episode.
  func footprints(of robot: RobotDescription, at instance: RobotInstance) -> [(link: String, footprint: Footprint)] {
    var values: [String: Double] = [:]
    for joint in instance.arm { values[joint.joint] = joint.home }
    for finger in instance.gripper.fingerJoints {
      values[finger] = (instance.gripper.home - instance.gripper.closedOpening) / 2
    }
    let poses = linkPoses(of: robot, jointValues: values, basePose: instance.pose)
    return zip(robot.links, zip(boxes, poses)).compactMap { link, place in
      guard let box = place.0 else { return nil }
      let corners = boxCorners(box.size * 0.5).map { place.1.apply($0 + box.center) }
      return AxisAlignedBox(containing: corners).map { (link.name, Footprint($0)) }
    }
  }
}
