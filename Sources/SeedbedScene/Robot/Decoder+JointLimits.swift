import Diagnostics
import URDF

extension Decoder {
  /// Looks at the URDF's effort and velocity limits of the arm's joints, where the profile gives no others.
  func checkLimits(of joints: [Joint], _ fields: Fields?, _ source: RobotSource) {
    checkLimit(
      "effort", \.effort, joints, fields?["effort"], source, atMost: Joint.largestEffort,
      standard: Joint.standardEffort
    ) { $0.isAngular ? "Nm" : "N" }
    checkLimit(
      "velocity", \.velocity, joints, fields?["velocity"], source, atMost: Joint.largestVelocity,
      standard: Joint.standardVelocity
    ) { $0.isAngular ? "rad/s" : "m/s" }
  }

  private func checkLimit(
    _ key: String, _ limit: (Joint) -> Double?, _ joints: [Joint], _ given: YAMLNode?, _ source: RobotSource,
    atMost: Double, standard: Double, unit: (Joint) -> String
  ) {
    let least = 1e-3
    var none: [Joint] = []
    for joint in joints where !isGiven(joint, joints, in: given) {
      guard let value = limit(joint) else { continue }
      if value == 0 || value > atMost {
        none.append(joint)
      } else if value < least {
        error(
          source.place(joint.location),
          "The \(key) limit of the joint `\(joint.name)` is \(value.short) \(unit(joint)): it could hardly move.",
          "Correct its <limit>, or write `arm: {\(key): {\(joint.name): ...}}` in \(source.profile).")
      }
    }
    guard let first = none.first else { return }
    let names = none.prefix(8).map { "`\($0.name)`" }.joined(separator: ", ") + (none.count > 8 ? ", …" : "")
    warning(
      source.place(first.location),
      "The \(key) limit of \(names) is 0 or above \(atMost.short) \(unit(first)) and says nothing; \(standard.short) \(unit(first)) is used.",
      "Correct <limit>, or write `arm: {\(key): ...}` in \(source.profile).")
  }

  /// Whether a profile's value, which may be a map by joint, covers this joint.
  private func isGiven(_ joint: Joint, _ joints: [Joint], in value: YAMLNode?) -> Bool {
    guard let value else { return false }
    guard let entries = value.entries, entries.contains(where: { entry in joints.contains { $0.name == entry.key } })
    else { return true }
    return value[joint.name] != nil
  }

  /// Joints on the way to the gripper that no motor can drive: what lies beyond one of them cannot be placed.
  func checkChain(to hand: Int?, chosen: [Int], _ source: RobotSource) {
    guard let hand else { return }
    var isDrivenBefore = false
    for index in source.robot.path(to: hand) {
      let joint = source.robot.joints[index]
      if chosen.contains(index) { isDrivenBefore = true }
      guard joint.kind == .floating || joint.kind == .planar else { continue }
      let what =
        "The joint `\(joint.name)` on the way to the gripper is \(joint.kind.rawValue); no motor drives such a joint"
      if isDrivenBefore {
        error(source.place(joint.location), what + ".", "Make it fixed, revolute, continuous or prismatic.")
      } else {
        warning(source.place(joint.location), what + ", and it is held where it is.", "Make it fixed.")
      }
    }
  }
}

extension Joint {
  /// Where a URDF says nothing of use: Nm or N, rad/s or m/s.
  static let standardEffort = 100.0, standardVelocity = 2.0

  var isAngular: Bool { kind == .revolute || kind == .continuous }
}
