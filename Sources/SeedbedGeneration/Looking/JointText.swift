import SeedbedScene
import URDF

/// A line a joint of an articulated object.
func describeJoints(_ object: ObjectInstance, _ assets: SceneAssets) -> [String] {
  guard case .urdf(let path) = object.shape, let model = assets.mechanisms[path] else { return [] }
  return (object.joints ?? []).compactMap { joint in
    guard let number = model.jointIndex(joint.joint) else { return nil }
    let description = model.joints[number]
    let (length, force) = joint.isPrismatic ? ("m", "N") : ("rad", "Nm")
    let lower = description.kind == .continuous ? nil : description.lower
    let upper = description.kind == .continuous ? nil : description.upper
    let range =
      lower == nil && upper == nil
      ? "without limits"
      : "from \(lower.map { fixed($0, 4) } ?? "-∞") to \(upper.map { fixed($0, 4) } ?? "∞") \(length)"
    return "  joint \(joint.joint): \(description.kind.rawValue), \(range), at \(fixed(joint.position, 4)) \(length), "
      + "damping \(joint.damping) \(force) s/\(length), friction \(joint.friction) \(force)"
  }
}
