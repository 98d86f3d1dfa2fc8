import Diagnostics
import SeedbedGeometry
import SeedbedRandomness
import URDF

extension Decoder {
  struct FoundGripper {
    var hand: Int
    var geometry: GripperGeometry?
    var plan: RobotPlan.Gripper
  }

  func gripper(_ value: YAMLNode?, _ source: RobotSource) -> FoundGripper? {
    let keys = ["joints", "closedOpening", "maxOpening", "home", "maxForce", "speed", "pad", "delay"]
    let fields = value.flatMap { map($0, "the gripper", keys: keys) }
    if value != nil, fields == nil { return nil }
    let robot = source.robot
    let pair: (Int, Int)
    if let node = fields?["joints"] {
      guard let named = joints(node, "the gripper's joints", robot) else { return nil }
      guard named.count == 2, named.allSatisfy({ robot.joints[$0].kind == .prismatic }) else {
        error(node, "A gripper has two prismatic joints.", "Name the two joints that move its fingers in and out.")
        return nil
      }
      pair = (named[0], named[1])
    } else {
      guard let found = robot.parallelGripper() else {
        error(
          source.keys,
          "The robot `\(robot.name)` has no parallel gripper: no two prismatic joints with parallel axes on one link (fingers that "
            + "turn are not modelled).",
          "Declare it in `gripper: {joints: [a, b]}`, here or in \(source.profile).")
        return nil
      }
      pair = found
    }
    guard checkLine(of: pair, source, at: fields?["joints"]) else { return nil }
    let opening = robot.openingPositively(fingers: pair, meshes: source.meshes)
    let first = opening.joints[pair.0], second = opening.joints[pair.1]
    let geometry = GripperGeometry(robot: opening, joints: pair, meshes: source.meshes)
    func figure(_ key: String, _ quantity: Quantity, _ standard: Double) -> Variable<Double> {
      fields?[key].map { number($0, "robot/gripper/\(key)", quantity) } ?? .constant(standard)
    }
    // Both fingers move alike: the one that stops first ends the way of both.
    let travel = min(first.upper ?? second.upper ?? 0.04, second.upper ?? first.upper ?? 0.04)
    // Where the fingers interlock at their roots the gap between their tips tells.
    let gaps: [Double] = geometry.map { found in [found.gapAtZero, found.tipGapAtZero] } ?? [0]
    let gap = gaps.first { $0 + travel + travel > 1e-3 } ?? gaps[0]
    let known = problems.count
    let closed = figure(
      "closedOpening", .between("the gripper's `closedOpening`", "m", -1, 1), gap)
    let reach = closed.bounds.lowerBound + travel + travel
    if fields?["maxOpening"] == nil, reach <= 1e-3 {
      error(
        source.keys, "The gripper of `\(robot.name)` would open by \(reach.short) m at most.",
        "Declare `gripper: {closedOpening: ..., maxOpening: ...}`, here or in \(source.profile).")
      return nil
    }
    let maxOpening = figure(
      "maxOpening", .between("the gripper's `maxOpening`", "m", 1e-3, 1), min(1, max(1e-3, reach)))
    let home = figure("home", .between("the gripper's home", "m", 0, 1), maxOpening.bounds.lowerBound)
    // What a wrong number is replaced by must not be judged.
    let isSound = problems.count == known
    if isSound, home.bounds.upperBound > maxOpening.bounds.lowerBound + 1e-9 {
      error(
        fields?["home"] ?? source.keys,
        "The gripper starts at an opening of \(home.bounds.upperBound.short) m, but opens only \(maxOpening.bounds.lowerBound.short) m.",
        "Lower `home`.")
    }
    if isSound { checkStart(home, closed, [first, second], at: fields?["home"] ?? source.keys) }
    let effort = min(500, max(1, first.usableEffort ?? second.usableEffort ?? 40))
    let speed = 2 * min(0.5, max(0.005, first.usableVelocity ?? second.usableVelocity ?? 0.05))
    return FoundGripper(
      hand: first.parent, geometry: geometry,
      plan: RobotPlan.Gripper(
        fingerJoints: [first.name, second.name], closedOpening: closed, maxOpening: maxOpening, home: home,
        maxForce: figure("maxForce", .between("the gripper's `maxForce`", "N", 0.1, 10_000), effort),
        speed: figure("speed", .between("the gripper's speed", "m/s", 1e-3, 10), speed),
        pad: fields?["pad"].flatMap(pad),
        delay: fields?["delay"].map {
          number($0, "robot/gripper/delay", .delay("the gripper's delay"))
        }))
  }

  /// Whether both fingers ride on one body and move along one line, as the gripper's drive takes for granted.
  private func checkLine(of pair: (Int, Int), _ source: RobotSource, at node: YAMLNode?) -> Bool {
    let robot = source.robot, first = robot.joints[pair.0], second = robot.joints[pair.1]
    let place = node?.location ?? source.place(second.location)
    let names = "The joints `\(first.name)` and `\(second.name)` of the gripper"
    guard first.parent == second.parent else {
      // Apart by fixed joints is as good.
      if robot.chain(to: first.parent).last == robot.chain(to: second.parent).last { return true }
      error(place, "\(names) are not on the same body.", "Name two joints that move fingers of one hand.")
      return false
    }
    let along = abs(first.origin.rotate(first.axis).dot(second.origin.rotate(second.axis)))
    guard along <= 0.99 else { return true }
    error(
      place,
      "\(names) do not move along one line (the cosine between their axes is \(significant(along, 3))).",
      "Correct <axis> or rpy of their <origin>, or name two that do.")
    return false
  }

  private func pad(_ value: YAMLNode) -> (stiffness: Variable<Double>, damping: Variable<Double>?)? {
    guard let fields = map(value, "a pad", keys: ["stiffness", "damping"]),
      let node = fields.required("stiffness", "Write {stiffness: 20000} in N/m.")
    else { return nil }
    return (
      number(node, "robot/gripper/pad/stiffness", .between("the pad's stiffness", "N/m", 1000, 1e7)),
      fields["damping"].map {
        number($0, "robot/gripper/pad/damping", .between("the pad's damping", "N s/m", 0, 1e5))
      }
    )
  }

  /// Each finger makes half of the opening; where the episode starts must be within its limits.
  private func checkStart(
    _ home: Variable<Double>, _ closed: Variable<Double>, _ fingers: [Joint], at node: YAMLNode
  ) {
    let lowest = (home.bounds.lowerBound - closed.bounds.upperBound) / 2
    let highest = (home.bounds.upperBound - closed.bounds.lowerBound) / 2
    for finger in fingers {
      guard let lower = finger.lower, let upper = finger.upper else { continue }
      for value in [lowest, highest] where value < lower - 2e-3 || value > upper + 2e-3 {
        error(
          node,
          "The gripper's home opening puts the joint `\(finger.name)` at \(value.short) m, outside its limits \(lower.short) to \(upper.short).",
          "Correct `home` or `closedOpening` of the gripper: each finger moves (home - closedOpening) / 2.")
        return
      }
    }
  }

  func tcp(
    _ value: YAMLNode?, _ source: RobotSource, _ gripper: FoundGripper?
  ) -> (link: String, pose: PoseDescription)? {
    if let value {
      guard let fields = map(value, "the tool centre point", keys: ["link", "pose"]),
        let node = fields.required("link", "Name the link that carries the tool centre point."),
        let link = text(node, "the link")
      else { return nil }
      guard source.robot.linkIndex(link) != nil else {
        let names = source.robot.links.map(\.name)
        error(node, "The robot `\(source.robot.name)` has no link `\(link)`.", suggestion(link, names))
        return nil
      }
      return (link, fields["pose"].flatMap { pose($0, "robot/tcp/pose", "the tool's pose") } ?? .identity)
    }
    guard let gripper else { return nil }
    guard let geometry = gripper.geometry else {
      error(
        source.keys, "The fingers of `\(source.robot.name)` have no shapes to find the tool centre point from.",
        "Declare `tcp: {link: ..., pose: ...}`, here or in \(source.profile).")
      return nil
    }
    return (source.robot.links[geometry.hand].name, PoseDescription(geometry.tool))
  }
}
