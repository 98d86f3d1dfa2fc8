/// The lines of single dimensions.
extension FeatureDraft {
  /// Joint `j` of ours for dimension `d`.
  func joint(_ j: Int, _ d: Int, _ all: [Int], _ role: Role, why: String, isSure: Bool) -> Draft.Line {
    let joint = simulated.arm[j]
    switch role {
    case .velocity:
      return Draft.Line(
        text: "take: observation.velocity.\(joint.name).vel",
        note: "\(why); taken for \(joint.isPrismatic ? "m/s" : "rad/s")", isSure: false)
    case .effort:
      return Draft.Line(
        text: "take: observation.effort.\(joint.name).effort",
        note: "\(why); taken for \(joint.isPrismatic ? "N" : "Nm")", isSure: false)
    default: break
    }
    let unit = angleUnit(all)
    let isDelta = role == .target && actionKind == .delta
    let signal: String
    switch (role, actionKind) {
    case (.target, .absolute): signal = "action.\(joint.name).pos"
    case (.target, .delta): signal = "action.\(joint.name).pos.delta"
    case (.target, .nextState): signal = "observation.state.\(joint.name).pos.next"
    default: signal = "observation.state.\(joint.name).pos"
    }
    var notes = [why, unit.note]
    var fits = unit.kind == .radians
    if unit.kind == .radians, !isDelta, let range = ranges?[d], let lower = joint.lower, let upper = joint.upper,
      range.lowest < lower - 0.05 || range.highest > upper + 0.05
    {
      notes.append(
        "but it runs from \(short(range.lowest)) to \(short(range.highest)), ours from \(short(lower)) to \(short(upper)): "
          + "another zero or sign (`offset`, `scale: -1`)?")
      fits = false
    }
    return Draft.Line(
      text: "take: \(signal)" + unit.text(joint, isDelta: isDelta), note: notes.joined(separator: "; "),
      isSure: isSure && fits && ranges != nil && actionKind == .absolute)
  }

  /// The gripper for dimension `d`, the i-th that speaks of it.
  func gripper(_ d: Int, _ role: Role, _ i: Int) -> Draft.Line {
    switch role {
    case .velocity:
      return Draft.Line(text: "take: observation.velocity.gripper.vel", note: "guessed; taken for m/s", isSure: false)
    case .effort:
      return Draft.Line(text: "take: observation.effort.gripper.force", note: "guessed; taken for N", isSure: false)
    default: break
    }
    let isTarget = role == .target || role == .targetPose
    let signal =
      !isTarget
      ? "observation.state.gripper.opening"
      : actionKind == .nextState ? "observation.state.gripper.opening.next" : "action.gripper.opening"
    let unit = GripperUnit(ranges?[d], opening: simulated.maxOpening)
    return Draft.Line(text: "take: \(signal)" + unit.text, note: "guessed: " + unit.note, isSure: false)
  }

  /// A number of the tool centre point's pose.
  func pose(_ part: PosePart, _ role: Role, isDelta: Bool, _ d: Int) -> Draft.Line {
    let isTarget = role == .target || role == .targetPose
    let isStep = isTarget && (isDelta || actionKind == .delta || looksLikeSteps)
    let signal = isStep ? "action.ee_delta.\(part)" : isTarget ? "action.ee.\(part)" : "observation.ee_pose.ee.\(part)"
    let what = isStep ? "a step of the tool centre point" : "the tool centre point in the robot's base frame"
    return Draft.Line(text: "take: \(signal)", note: "guessed: \(what), \(part.unit)", isSure: false)
  }

  /// Steps are small, to both sides, and about 0 on average; places are not.
  private var looksLikeSteps: Bool {
    guard let ranges else { return false }
    let poses = zip(feature.names, ranges).filter { name, _ in
      if case .pose(.x, _) = DimensionName(name).kind { return true }
      if case .pose(.y, _) = DimensionName(name).kind { return true }
      if case .pose(.z, _) = DimensionName(name).kind { return true }
      return false
    }.map(\.1)
    return !poses.isEmpty
      && poses.allSatisfy { $0.lowest < 0 && $0.highest > 0 && abs($0.mean) < 0.2 * ($0.highest - $0.lowest) }
  }
}

/// Dimensions without names: by their number and order.
extension FeatureDraft {
  mutating func byOrder(_ role: Role) -> [Draft.Line] {
    let arm = simulated.arm.count, width = feature.width
    note("the dataset gives no names: drafted by number and order")
    if role == .pose || role == .targetPose { return posesByOrder(role) }
    let isTwoArms = width == 2 * (arm + 1)
    let first = isTwoArms ? arm + 1 : 0
    if isTwoArms { note("two arms: ours stands for the second one") }
    let joints = Array(first..<min(width, first + arm))
    return (0..<width).map { d in
      if d < first { return fill(d, "of the other arm") }
      let j = d - first
      if j < arm { return joint(j, d, joints, role, why: "guessed by order", isSure: false) }
      if width - first == arm + 2, role == .position || role == .target {
        let signal = role == .position ? "observation.state.gripper.opening" : "action.gripper.opening"
        return Draft.Line(
          text: "take: \(signal), scale: 0.5", note: "guessed: the two fingers' ways in m stand last", isSure: false)
      }
      return j == arm ? gripper(d, role, 0) : fill(d, "the simulated robot has nothing left for it")
    }
  }

  private func posesByOrder(_ role: Role) -> [Draft.Line] {
    let parts: [PosePart] =
      feature.width >= 7 && role == .pose ? [.x, .y, .z, .qx, .qy, .qz, .qw] : [.x, .y, .z, .roll, .pitch, .yaw]
    return (0..<feature.width).map { d in
      if d < parts.count { return pose(parts[d], role, isDelta: false, d) }
      return d == parts.count ? gripper(d, role, 0) : fill(d, "no number of a pose or gripper")
    }
  }
}
