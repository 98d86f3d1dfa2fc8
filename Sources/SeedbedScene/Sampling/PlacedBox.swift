import SeedbedGeometry
import URDF

/// A box with a pose in some object's frame.
struct PlacedBox: Sendable {
  var pose: Pose
  /// In the frame that has the pose.
  var box: AxisAlignedBox

  /// In the object's frame.
  var corners: [Vector3] { boxCorners(box.size * 0.5).map { pose.apply($0 + box.center) } }
}

/// Boxes around the collision shapes of an articulated object.
struct MechanismBoxes: Sendable {
  private let model: RobotDescription
  /// In the link's frame.
  private let boxes: [(link: Int, box: PlacedBox)]

  init(_ model: RobotDescription, meshes: [String: MeshAsset]) {
    self.model = model
    boxes = model.links.enumerated().flatMap { number, link in
      link.collisions.compactMap { shape in
        AxisAlignedBox(containing: shape.geometry.outline(meshes)).map {
          (number, PlacedBox(pose: shape.origin, box: $0))
        }
      }
    }
  }

  /// In the frame of the root link, the joints at their start.
  func placed(_ joints: [ObjectJointInstance]) -> [PlacedBox] {
    let poses = startLinkPosesInRoot(model, joints)
    return boxes.map { PlacedBox(pose: poses[$0.link] * $0.box.pose, box: $0.box.box) }
  }
}
