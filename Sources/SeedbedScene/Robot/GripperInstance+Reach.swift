import SeedbedGeometry
package import URDF

extension GripperInstance {
  /// The smallest opening that the fingers reach, m: pads that touch, or a finger at its stop before that.
  ///
  /// `robot`: the gripper's, as `SceneAssets` has it.
  package func smallestOpening(_ robot: RobotDescription) -> Double {
    let joints = fingerJoints.compactMap { robot.jointIndex($0).map { robot.joints[$0] } }
    guard joints.count == 2 else { return min(0, closedOpening) }
    let directions = joints.map { $0.origin.rotate($0.axis) }
    // In the direction of opening both fingers have the same value: the one that stops first ends the way of both.
    let isMirrored = joints[0].parent == joints[1].parent && directions[0].dot(directions[1]) > 0
    let stops = [joints[0].lower, isMirrored ? joints[1].upper.map { -$0 } : joints[1].lower].compactMap { $0 }
    return max(min(0, closedOpening), stops.max().map { closedOpening + 2 * $0 } ?? -.infinity)
  }
}
