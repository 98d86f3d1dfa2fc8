package import SeedbedGeometry
package import SeedbedPhysics
package import SeedbedScene
package import URDF

extension HandModel {
  /// Sorts every link's collision shapes to the finger or the arm step that carries it, joints that nobody drives at
  /// rest. Links that no moving joint carries (the base) are left out.
  package init(
    _ robot: RobotDescription, _ instance: RobotInstance, _ model: ArmModel, meshes: [String: MeshAsset],
    hulls: CollisionHulls
  ) {
    var throat = Throat()
    let chain = HandModel.chainJoints(robot, instance)
    var fingers = instance.gripper.fingerJoints.map { _ in Finger(bounds: [], axis: .zero) }
    var palm: [SolidBound] = []
    var arm: [ArmPart] = []
    /// Where a link hangs: on an arm step or a finger, and its pose in that step's frame (for fingers: the last step's).
    struct Mount {
      var step = -1
      var finger: Int?
      var pose = Pose.identity
    }
    let toolInverse = model.tool.inverse
    let last = model.steps.count - 1
    var mounts = [Mount?](repeating: nil, count: robot.links.count)
    mounts[robot.rootLink] = Mount()
    var queue = [robot.rootLink]
    while let link = queue.popLast(), let mount = mounts[link] {
      if mount.step >= 0 {
        for collision in robot.links[link].collisions {
          let bound = SolidBound(collision, meshes: meshes).placed(in: mount.pose)
          if let finger = mount.finger {
            fingers[finger].bounds.append(bound.placed(in: toolInverse))
          } else if mount.step == last {
            palm.append(bound.placed(in: toolInverse))
            if case .mesh(let path, let scale) = collision.geometry, let hull = hulls.hull(path, scale: scale) {
              throat.add(hull, at: toolInverse * mount.pose * collision.origin)
            } else {
              throat.add(bound.placed(in: toolInverse))
            }
          } else if mount.step >= 1 {
            arm.append(ArmPart(step: mount.step, bound: bound))
          }
        }
      }
      for joint in robot.joints where joint.parent == link && mounts[joint.child] == nil {
        var next = mount
        if let step = chain.firstIndex(of: joint.name) {
          next.step = step
          next.pose = .identity
        } else {
          next.pose = next.pose * joint.origin
          if let finger = instance.gripper.fingerJoints.firstIndex(of: joint.name) {
            next.finger = finger
            fingers[finger].axis = toolInverse.rotate(next.pose.rotate(joint.axis))
          } else {
            next.pose = next.pose * ArmModel.motion(joint, at: ArmModel.restValue(joint))
          }
        }
        mounts[joint.child] = next
        queue.append(joint.child)
      }
    }
    self.init(
      palm: palm, fingers: fingers, arm: arm, openingAtZero: instance.gripper.closedOpening,
      smallestOpening: max(0, instance.gripper.smallestOpening(robot)), maxOpening: instance.gripper.maxOpening,
      speed: max(0.005, instance.gripper.speed),
      throatDepth: throat.depth)
  }

  /// Names of the joints that are `ArmModel.steps`, in order.
  private static func chainJoints(_ robot: RobotDescription, _ instance: RobotInstance) -> [String] {
    guard var link = robot.linkIndex(instance.tcpLink) else { return [] }
    var names: [String] = []
    while let joint = robot.joints.first(where: { $0.child == link }), names.count <= robot.joints.count {
      if ArmModel.isDriven(joint, robot, instance) { names.append(joint.name) }
      link = joint.parent
    }
    return names.reversed()
  }
}
