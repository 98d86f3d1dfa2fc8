package import SeedbedGeometry
package import URDF

/// The face by which a finger holds things, found from its shape.
package struct FingerPad: Sendable, Equatable {
  /// The finger joint's child link.
  package var link: Int
  /// In the link: origin in the middle of the pad, z towards the other finger, x along the finger out of the hand,
  /// y = z × x.
  package var pose: Pose
  /// Extent along x and y, m.
  package var length: Double, width: Double

  /// Points this near to the innermost one belong to the pad, m.
  private static let depth = 0.002
  /// A face that is smaller than this, m, is none; then the pad is the finger's outline.
  private static let smallest = 0.002

  /// The pads of both fingers; nil where the joints are no pair of sliding fingers with shapes. Positive values of the first
  /// joint open, as in `SceneAssets`.
  package static func pair(
    _ robot: RobotDescription, _ instance: RobotInstance, meshes: [String: MeshAsset]
  ) -> [FingerPad]? {
    let fingers = instance.gripper.fingerJoints.compactMap(robot.jointIndex)
    guard fingers.count == 2, let tcpLink = robot.linkIndex(instance.tcpLink) else { return nil }
    var values: [String: Double] = [:]
    for joint in instance.arm { values[joint.joint] = joint.home }
    let poses = linkPoses(of: robot, jointValues: values, basePose: instance.pose)
    let approach = (poses[tcpLink] * instance.tcp).rotate(.unitZ)
    let first = robot.joints[fingers[0]]
    let opening = poses[first.child].rotate(first.axis)
    var pads: [FingerPad] = []
    for (joint, inward) in zip(fingers, [-opening, opening]) {
      let link = robot.joints[joint].child
      let turn = poses[link].orientation.conjugate
      guard
        let pad = FingerPad(
          link, robot.joints[joint].origin, points: fingerPoints(robot, joint, meshes), inward: turn.rotate(inward),
          along: turn.rotate(approach))
      else { return nil }
      pads.append(pad)
    }
    return pads
  }

  /// `points`: in the frame of the link that carries the finger, `origin`: of the finger's joint in it.
  private init?(_ link: Int, _ origin: Pose, points: [Vector3], inward: Vector3, along: Vector3) {
    guard let z = inward.normalized, let x = (along - z * along.dot(z)).normalized else { return nil }
    let y = z.cross(x)
    let local = points.map { origin.inverse.apply($0) }
    guard let innermost = local.map({ $0.dot(z) }).max() else { return nil }
    var face = Self.rectangle(local.filter { $0.dot(z) > innermost - Self.depth }, x, y)
    if face.map({ min($0.length, $0.width) < Self.smallest }) ?? true { face = Self.rectangle(local, x, y) }
    guard let face else { return nil }
    self.link = link
    pose = Pose(x * face.x + y * face.y + z * innermost, Quaternion(Matrix3(columns: x, y, z)))
    length = max(face.length, Self.smallest)
    width = max(face.width, Self.smallest)
  }

  private static func rectangle(
    _ points: [Vector3], _ x: Vector3, _ y: Vector3
  ) -> (x: Double, y: Double, length: Double, width: Double)? {
    let xs = points.map { $0.dot(x) }, ys = points.map { $0.dot(y) }
    guard let x0 = xs.min(), let x1 = xs.max(), let y0 = ys.min(), let y1 = ys.max() else { return nil }
    return ((x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0)
  }
}
