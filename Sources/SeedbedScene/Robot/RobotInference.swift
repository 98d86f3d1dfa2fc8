import SeedbedGeometry
import URDF

extension RobotDescription {
  /// The two finger joints of the first parallel gripper in the file: prismatic joints with one parent link and parallel
  /// axes. One that an arm moves goes before one that none does, such as a pair of springs under a base.
  func parallelGripper() -> (Int, Int)? {
    var still: (Int, Int)?
    for (i, first) in joints.enumerated() where first.kind == .prismatic {
      for j in joints.indices.dropFirst(i + 1) {
        let second = joints[j]
        guard second.kind == .prismatic, second.parent == first.parent else { continue }
        let parallel = first.origin.rotate(first.axis).dot(second.origin.rotate(second.axis))
        guard abs(parallel) > 0.9 else { continue }
        if !chain(to: first.parent).isEmpty { return (i, j) }
        still = still ?? (i, j)
      }
    }
    return still
  }

  /// The joints that can move between the root and a link, from the root on; mimic joints are left out.
  func chain(to link: Int) -> [Int] { path(to: link).filter { joints[$0].isDrivable } }

  /// All joints between the root and a link, from the root on.
  func path(to link: Int) -> [Int] {
    var path: [Int] = []
    var current = link
    for _ in joints.indices {
      guard let index = joints.firstIndex(where: { $0.child == current }) else { break }
      path.append(index)
      current = joints[index].parent
    }
    return path.reversed()
  }

  /// Where the last joint that moves a link is, in the link's frame; nil where none does.
  func wrist(of link: Int) -> Vector3? {
    var frame = Pose.identity
    for index in path(to: link).reversed() {
      if joints[index].isDrivable { return frame.inverse.position }
      frame = joints[index].origin * frame
    }
    return nil
  }

  /// The robot with its finger joints' signs chosen so that positive values open the gripper, as `GripperInstance` wants
  /// it; some URDFs close with positive values or open one finger towards negative ones.
  func openingPositively(fingers: (Int, Int), meshes: [String: MeshAsset]) -> RobotDescription {
    guard let geometry = GripperGeometry(robot: self, joints: fingers, meshes: meshes) else { return self }
    var robot = self
    if !geometry.opensPositive.0 { robot.reverseJoint(fingers.0) }
    if !geometry.opensPositive.1 { robot.reverseJoint(fingers.1) }
    return robot
  }

  /// Counts a joint's value the other way round; nothing moves by it.
  private mutating func reverseJoint(_ index: Int) {
    let joint = joints[index]
    joints[index].axis = -joint.axis
    joints[index].lower = joint.upper.map { -$0 }
    joints[index].upper = joint.lower.map { -$0 }
    if let mimic = joint.mimic {
      joints[index].mimic = Joint.Mimic(
        joint: mimic.joint, multiplier: -mimic.multiplier, offset: -mimic.offset)
    }
    for other in joints.indices where joints[other].mimic?.joint == joint.name {
      joints[other].mimic?.multiplier.negate()
    }
  }
}

extension Joint {
  /// Can be driven by a motor of its own.
  var isDrivable: Bool { [.revolute, .continuous, .prismatic].contains(kind) && mimic == nil }

  /// Beyond these a limit says "none", as the 0 of many files does.
  static let largestEffort = 1e6, largestVelocity = 1e3

  /// Effort limit, Nm or N, where the file sets one.
  var usableEffort: Double? { effort.flatMap { $0 > 0 && $0 <= Self.largestEffort ? $0 : nil } }
  /// Velocity limit, rad/s or m/s, where the file sets one.
  var usableVelocity: Double? { velocity.flatMap { $0 > 0 && $0 <= Self.largestVelocity ? $0 : nil } }

  /// Mid-range where there are limits on both sides, else the value nearest to 0.
  var restValue: Double {
    guard kind != .continuous else { return 0 }
    if let lower, let upper { return lower < upper ? (lower + upper) / 2 : lower }
    return min(max(0, lower ?? 0), upper ?? .infinity)
  }
}
