package import SeedbedGeometry
internal import URDF

/// A robot reduced to what moves: rigid bodies (links welded over fixed and locked joints) and the joints between them.
///
/// Joints that belong neither to the arm nor to the gripper and follow neither are locked: their links are welded at
/// the locked value (0 clamped into the joint's limits; for a mimic joint what its leader's value makes of it), which
/// costs the solver nothing and holds perfectly.
package struct RobotTree: Sendable {
  /// What drives a joint.
  package enum Role: Sendable, Equatable {
    /// Index into `RobotInstance.arm`.
    case arm(Int)
    /// Index into `GripperInstance.fingerJoints`.
    case finger(Int)
    /// Follows `MovingJoint` number `leader`: value = multiplier × leader + offset.
    case follower(leader: Int, multiplier: Double, offset: Double)
  }

  /// A joint that moves; its child is the body of the same number.
  package struct MovingJoint: Sendable {
    /// Index into `RobotDescription.joints`.
    package var joint: Int
    package var role: Role
    package var isHinge: Bool
    /// Body number; nil: the world.
    package var parent: Int?
    /// Of the child body's frame in the parent body's (or the world) at value 0.
    package var origin: Pose
    /// Unit vector in the child's frame.
    package var axis: Vector3
    package var lower: Double?, upper: Double?
    package var start: Double

    /// Pose of the child body's frame in the parent's at the value.
    package func childPose(at value: Double) -> Pose {
      origin * (isHinge ? Pose(.zero, Quaternion(axis: axis, angle: value)) : Pose(axis * value))
    }
  }

  /// Links that move as one; the frame is that of the joint's child link.
  package struct Body: Sendable {
    /// In the body's frame.
    package var mass: MassProperties
    package var links: [Int]
  }

  /// Where a link is attached.
  package struct Mount: Sendable {
    /// Body number; nil: fixed in the world.
    package var body: Int?
    /// Of the link in the body's frame or the world.
    package var pose: Pose
  }

  /// Parents before children.
  package var joints: [MovingJoint]
  /// One a joint.
  package var bodies: [Body]
  /// One a link of the description.
  package var mounts: [Mount]
  /// Odd things that were mended, with their place in the URDF.
  package var warnings: [String]

  /// opening = closedOpening + first + sign × second: -1 where both axes point the same way.
  package var secondFingerSign: Double

  /// Poses of the body frames in the world, the joints' values given.
  package func bodyPoses(_ values: [Double]) -> [Pose] {
    var poses: [Pose] = []
    for (i, joint) in joints.enumerated() {
      let local = joint.childPose(at: values[i])
      poses.append(joint.parent.map { poses[$0] * local } ?? local)
    }
    return poses
  }

  /// Number of the joint that plays the role; nil where there is none.
  func index(_ role: Role) -> Int? { joints.firstIndex { $0.role == role } }

  /// Numbers of the two finger joints.
  var fingers: (first: Int, second: Int)? {
    guard let first = index(.finger(0)), let second = index(.finger(1)) else { return nil }
    return (first, second)
  }

  /// Numbers of the bodies that the joint moves: its child and all further out.
  func outboard(of joint: Int) -> [Int] {
    var moved = [joint]
    for i in joints.indices.dropFirst(joint + 1) {
      if let parent = joints[i].parent, moved.contains(parent) { moved.append(i) }
    }
    return moved
  }
}
