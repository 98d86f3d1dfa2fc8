import Diagnostics
import SeedbedGeometry
import SeedbedRandomness
import URDF

/// Everything that a robot's drive is decoded from.
struct RobotSource {
  /// The profile beside the URDF with the scene's own keys laid over it.
  var keys: YAMLNode
  /// Logical path of the URDF.
  var urdf: String
  var robot: RobotDescription
  var meshes: [String: MeshAsset]
  /// The profile's path as the user would type it, whether there is one or not.
  var profile: String
  /// A logical path as the user would type it.
  var displayed: (String) -> String

  /// A place in the URDF as the user would type it.
  func place(_ location: SourceLocation) -> SourceLocation {
    SourceLocation(file: displayed(location.file), line: location.line, column: location.column)
  }
}

extension Decoder {
  static let profileKeys = ["robotType", "arm", "gripper", "tcp", "friction", "material", "dynamics", "selfCollision"]
  static let robotKeys = ["urdf", "pose"] + profileKeys

  /// The robot's plan; nil (and problems) where the robot cannot be driven.
  func robotPlan(_ source: RobotSource) -> RobotPlan? {
    guard let fields = map(source.keys, "the robot", keys: Self.robotKeys + ["seedbed-robot"]) else { return nil }
    let pose = fields["pose"].flatMap { self.pose($0, "robot/pose", "the robot's pose") } ?? .identity
    let robotType =
      fields["robotType"].flatMap { name($0, "the robot's type") }
      ?? String(source.robot.name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    let losses = losses(fields["arm"])
    let gripper = gripper(fields["gripper"], source)
    let arm = arm(fields["arm"], source, hand: gripper?.hand)
    let tcp = tcp(fields["tcp"], source, gripper)
    let frictions = fields["friction"].flatMap { map($0, "the robot's `friction`", keys: ["finger", "link"]) }
    let materials = fields["material"].flatMap { map($0, "the robot's `material`", keys: ["finger", "link"]) }
    func surface(_ part: String, standard: Double) -> SurfaceDescription {
      let friction = frictions?[part].map { number($0, "robot/friction/\(part)", .between("the friction", "", 0, 10)) }
      // A material that the scene names goes before a coefficient of the profile.
      let isOverlaid =
        frictions?[part]?.location.file == source.profile && materials?[part]?.location.file != source.profile
      return self.surface(
        material: materials?[part], friction: materials?[part] != nil && isOverlaid ? nil : friction, restitution: nil,
        standard: standard)
    }
    let finger = surface("finger", standard: 1), link = surface("link", standard: 0.4)
    let dynamics = fields["dynamics"].map(dynamics) ?? .hybrid
    checkParts(source, driven: (arm ?? []).map(\.joint) + (gripper?.plan.fingerJoints ?? []))
    for joint in arm ?? [] where gripper?.plan.fingerJoints.contains(joint.joint) == true {
      error(
        fields["arm"]?["joints"] ?? source.keys, "The joint `\(joint.joint)` is of both the arm and the gripper.",
        "Leave it out of `arm: {joints: ...}`, or name other fingers in `gripper: {joints: ...}`.")
    }
    guard let gripper, let arm, let tcp else { return nil }
    return RobotPlan(
      urdf: source.urdf, robotType: robotType.isEmpty ? "robot" : robotType, pose: pose, arm: arm,
      dampingScale: losses.damping, frictionScale: losses.friction, gripper: gripper.plan, tcpLink: tcp.link,
      tcp: tcp.pose, finger: finger, link: link, dynamics: dynamics,
      selfCollision: fields["selfCollision"].flatMap { selfCollision($0, source.robot) })
  }

  private func dynamics(_ value: YAMLNode) -> ArmDynamics {
    guard let word = text(value, "the robot's dynamics") else { return .hybrid }
    if let known = ArmDynamics(rawValue: word) { return known }
    let words = ArmDynamics.allCases.map(\.rawValue)
    error(
      value, "The robot's dynamics are `\(word)`, not one of \(words.joined(separator: ", ")).", suggestion(word, words)
    )
    return .hybrid
  }

  // MARK: Arm

  private static let armKeys = [
    "joints", "home", "kp", "kd", "armature", "effort", "velocity", "damping", "friction",
    "dampingScale",
    "frictionScale", "delay", "backlash",
  ]

  /// Factors on the losses of all joints.
  private func losses(_ arm: YAMLNode?) -> (damping: Variable<Double>?, friction: Variable<Double>?) {
    func scale(_ key: String, _ what: String) -> Variable<Double>? {
      guard arm?.entries != nil, let node = arm?[key] else { return nil }
      return number(node, "robot/arm/\(key)", .between(what, "", 0, 100))
    }
    return (
      scale("dampingScale", "the factor on the damping"),
      scale("frictionScale", "the factor on the friction")
    )
  }

  private func arm(_ value: YAMLNode?, _ source: RobotSource, hand: Int?) -> [RobotPlan.ArmJoint]? {
    let fields = value.flatMap { map($0, "the arm", keys: Self.armKeys) }
    if value != nil, fields == nil { return nil }
    let indices: [Int]
    if let node = fields?["joints"] {
      guard let named = joints(node, "the arm's joints", source.robot) else { return nil }
      indices = named
      for (item, index) in zip(node.items ?? [], named) {
        guard let leader = source.robot.joints[index].mimic?.joint else { continue }
        error(
          item, "The joint `\(source.robot.joints[index].name)` follows `\(leader)` and is not driven by itself.",
          "Leave it out, or name `\(leader)`.")
      }
    } else {
      guard let hand else { return nil }
      indices = source.robot.chain(to: hand)
      guard !indices.isEmpty else {
        error(
          source.keys, "The robot `\(source.robot.name)` has no joint that moves its gripper.",
          "Name the joints in `arm: {joints: [...]}`.")
        return nil
      }
    }
    let chosen = indices.map { source.robot.joints[$0] }
    func each(_ key: String, _ quantity: Quantity, _ standard: (Joint) -> Double) -> [Variable<Double>] {
      perJoint(fields?[key], "robot/arm/\(key)", chosen, quantity, standard)
    }
    checkChain(to: hand, chosen: indices, source)
    checkLimits(of: chosen, fields, source)
    let homes = each("home", .angle("the home value"), \.restValue)
    let kp = each("kp", .between("the gain `kp`", "", 1e-3, 1e7)) {
      max(10, 50 * ($0.usableEffort ?? Joint.standardEffort))
    }
    let kd = each("kd", .between("the gain `kd`", "", 0, 1e6)) { max(1, 5 * ($0.usableEffort ?? Joint.standardEffort)) }
    let armature = each("armature", .between("the armature", "", 0, 1e3)) {
      min(0.1, max(0.001, 0.00115 * ($0.usableEffort ?? Joint.standardEffort)))
    }
    let effort = each("effort", .between("the effort", "", 1e-3, 1e6)) { $0.usableEffort ?? Joint.standardEffort }
    let velocity = each("velocity", .between("the velocity", "", 1e-3, 1e3)) {
      $0.usableVelocity ?? Joint.standardVelocity
    }
    // What nobody writes about stays out of the instance.
    func optional(
      _ key: String, scale: String? = nil, _ quantity: Quantity, _ standard: (Joint) -> Double
    ) -> [Variable<Double>?] {
      guard fields?[key] != nil || scale.flatMap({ fields?[$0] }) != nil else {
        return chosen.map { _ in nil }
      }
      return each(key, quantity, standard)
    }
    let damping = optional(
      "damping", scale: "dampingScale", .between("the damping", "", 0, 1e6), \.damping)
    let friction = optional(
      "friction", scale: "frictionScale", .between("the joint friction", "", 0, 1e6), \.friction)
    let delay = optional("delay", .delay("the delay")) { _ in 0 }
    let backlash = optional(
      "backlash",
      Quantity(
        what: "the backlash", unit: "rad or m", lower: 0, upper: 0.5, isAngle: true, standIn: 0)
    ) { _ in 0 }
    for (joint, home) in zip(chosen, homes) where joint.kind != .continuous {
      let lower = joint.lower ?? -.infinity, upper = joint.upper ?? .infinity
      for bound in [home.bounds.lowerBound, home.bounds.upperBound] where bound < lower - 1e-9 || bound > upper + 1e-9 {
        error(
          fields?["home"] ?? source.keys,
          "The home value \(bound.short) of `\(joint.name)` lies outside its limits \(lower.short) to \(upper.short).",
          "Move it inside.")
        break
      }
    }
    return chosen.indices.map {
      RobotPlan.ArmJoint(
        joint: chosen[$0].name, home: homes[$0], kp: kp[$0], kd: kd[$0], armature: armature[$0],
        effort: effort[$0],
        velocity: velocity[$0], damping: damping[$0], friction: friction[$0], delay: delay[$0],
        backlash: backlash[$0])
    }
  }

  /// One number for all joints, a list with one a joint, or a map by joint name; what is not given is `standard`.
  private func perJoint(
    _ value: YAMLNode?, _ path: String, _ joints: [Joint], _ quantity: Quantity, _ standard: (Joint) -> Double
  ) -> [Variable<Double>] {
    let defaults = joints.map { Variable<Double>.constant(standard($0)) }
    guard let value else { return defaults }
    if value.items != nil {
      guard let items = list(value, "\(quantity.what) of the arm", count: joints.count) else { return defaults }
      return zip(items, joints).map {
        number($0, "\(path)/\($1.name)", quantity.renamed("\(quantity.what) of `\($1.name)`"))
      }
    }
    if value.isMapOfOther(than: distributionKeys) {
      guard let fields = map(value, "the arm's joints", keys: joints.map(\.name)) else { return defaults }
      return zip(joints, defaults).map { joint, standard in
        fields[joint.name].map {
          number($0, "\(path)/\(joint.name)", quantity.renamed("\(quantity.what) of `\(joint.name)`"))
        } ?? standard
      }
    }
    let all = number(value, path, quantity)
    return joints.map { _ in all }
  }

  func joints(_ value: YAMLNode, _ what: String, _ robot: RobotDescription) -> [Int]? {
    guard let items = list(value, what) else { return nil }
    var indices: [Int] = []
    var isComplete = !items.isEmpty
    if items.isEmpty { error(value, "\(what.capitalizedFirst) are an empty list.", "Name at least one joint.") }
    for item in items {
      guard let name = text(item, "a joint's name") else {
        isComplete = false
        continue
      }
      guard let index = robot.jointIndex(name) else {
        isComplete = false
        error(item, "The robot `\(robot.name)` has no joint `\(name)`.", suggestion(name, robot.joints.map(\.name)))
        continue
      }
      if indices.contains(index) {
        isComplete = false
        error(item, "The joint `\(name)` is named twice.", "Name it once.")
      } else if ![.revolute, .continuous, .prismatic].contains(robot.joints[index].kind) {
        isComplete = false
        error(
          item, "The joint `\(name)` is \(robot.joints[index].kind.rawValue) and cannot be driven.", "Leave it out.")
      }
      indices.append(index)
    }
    return isComplete ? indices : nil
  }

  func suggestion(_ word: String, _ candidates: [String]) -> String {
    if let match = closestMatch(to: word, among: candidates) { return "Did you mean `\(match)`?" }
    let shown = candidates.prefix(12).joined(separator: ", ")
    return candidates.isEmpty ? "There is none." : "There are: \(shown)\(candidates.count > 12 ? ", ..." : "")."
  }
}

extension PoseDescription {
  init(_ pose: Pose) {
    let p = pose.position, q = pose.orientation
    self.init(
      position: VariableVector(constant: p.x, p.y, p.z),
      rotation: .quaternion(w: .constant(q.w), VariableVector(constant: q.x, q.y, q.z)))
  }
}

/// Where a robot's profile lies: `panda.urdf` has `panda.robot.yaml`.
func profilePath(forURDF path: String) -> String {
  (path.hasSuffix(".urdf") ? String(path.dropLast(5)) : path) + ".robot.yaml"
}
