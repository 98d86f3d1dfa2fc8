import SeedbedEpisodes
import SeedbedScene

/// Of the joints of articulated objects; none where the scene has no such joint.
func jointFeatures(_ instance: SceneInstance) -> [Feature] {
  let joints = instance.objects.flatMap { object in (object.joints ?? []).map { (object: object.name, joint: $0) } }
  guard !joints.isEmpty else { return [] }
  func dimensions(_ end: String, _ units: (prismatic: String, turning: String), _ convention: String) -> [Dimension] {
    joints.map { entry in
      Dimension(
        name: "\(entry.object).\(entry.joint.joint).\(end)",
        unit: entry.joint.isPrismatic ? units.prismatic : units.turning, frame: "joint", convention: convention)
    }
  }
  return [
    Feature(
      name: "privileged.object_joint_positions", dataType: .float32,
      dimensions: dimensions("pos", ("m", "rad"), "sign and zero of the object's URDF, absolute; turns are counted"),
      summary: "True positions of the joints of articulated objects at the start of the frame."),
    Feature(
      name: "privileged.object_joint_velocities", dataType: .float32,
      dimensions: dimensions("vel", ("m/s", "rad/s"), "sign of the object's URDF"),
      summary: "True velocities of the joints of articulated objects at the start of the frame."),
  ]
}
