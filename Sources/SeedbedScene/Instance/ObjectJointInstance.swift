package import SeedbedGeometry
package import URDF

/// A joint of an articulated object: nothing drives it; it slides or turns as it is pushed.
public struct ObjectJointInstance: Sendable, Codable, Equatable {
  /// Its name in the object's URDF.
  public var joint: String
  /// Slides (m, m/s, N s/m, N) instead of turning (rad, rad/s, Nm s/rad, Nm).
  public var isPrismatic: Bool
  /// At the start.
  public var position: Double
  public var velocity: Double
  /// Viscous damping: force against the motion = damping × velocity.
  public var damping: Double
  /// Dry friction: the largest force against the motion, and what holds the joint at rest.
  public var friction: Double

  public init(
    joint: String, isPrismatic: Bool, position: Double, velocity: Double = 0, damping: Double = 0, friction: Double = 0
  ) {
    self.joint = joint
    self.isPrismatic = isPrismatic
    self.position = position
    self.velocity = velocity
    self.damping = damping
    self.friction = friction
  }
}

extension Joint {
  /// Whether it moves as a joint of an object: it slides or turns, and its limits leave it room.
  package var isPassive: Bool {
    switch kind {
    case .revolute, .prismatic: lower == nil || upper == nil || lower != upper
    case .continuous: true
    case .fixed, .floating, .planar: false
    }
  }

  /// 0, or the limit that is nearest to it.
  package var restPosition: Double {
    kind == .continuous ? 0 : min(max(0, lower ?? -.infinity), upper ?? .infinity)
  }
}

extension ObjectInstance {
  /// Poses of its URDF's links in the world before anything has moved, one a link of `model`.
  package func startLinkPoses(_ model: RobotDescription) -> [Pose] {
    startLinkPosesInRoot(model, joints ?? []).map { pose * $0 }
  }
}

/// Poses of an articulated object's links in the frame of its root link at the joints' start positions.
func startLinkPosesInRoot(_ model: RobotDescription, _ joints: [ObjectJointInstance]) -> [Pose] {
  var values = model.joints.map(\.restPosition)
  for joint in joints {
    if let number = model.jointIndex(joint.joint) { values[number] = joint.position }
  }
  return linkPoses(of: model, values: values)
}
