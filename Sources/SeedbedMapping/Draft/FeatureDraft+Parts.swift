/// The lines of single dimensions.
extension FeatureDraft {
  /// Joint `j` of ours for dimension `d`.
  func joint(_ j: Int, _ d: Int, _ all: [Int], _ role: FeatureRole, why: String, isSure: Bool) -> Draft.Line {
    let joint = simulated.arm[j]
    if role.isTarget, role.quantity == .position, areSpeeds(all) {
      return self.joint(
        j, d, all, role.with(.velocity), why: why + "; no place where the joints are, so taken for speeds",
        isSure: false)
    }
    switch role.quantity {
    case .velocity:
      let signal =
        role.isTarget ? "action.\(joint.name).pos.rate" : "observation.velocity.\(joint.name).vel"
      if !joint.isPrismatic, let unit = speedUnit(ofJoints: all) {
        return Draft.Line(text: "take: \(signal)" + unit.text, note: "\(why); \(unit.note)", isSure: false)
      }
      let reach = ranges.flatMap { ranges in all.map { ranges[$0].greatest }.max() }
      let unit = joint.isPrismatic ? "m/s" : (reach ?? 0) > 30 ? "deg/s" : "rad/s"
      return Draft.Line(
        text: "take: \(signal)" + (unit == "deg/s" ? ", unit: deg/s" : ""),
        note: "\(why); taken for \(unit)"
          + (reach.map { ": its joints' numbers reach \(short($0))" } ?? ": no data to judge by"), isSure: false)
    case .effort:
      return Draft.Line(
        text: "take: observation.effort.\(joint.name).effort",
        note: "\(why); taken for \(joint.isPrismatic ? "N" : "Nm")", isSure: false)
    case .position: break
    }
    let unit = angleUnit(all)
    let isDelta = role.isTarget && actionKind == .delta
    let signal: String
    var notes = [why, unit.note]
    switch (role.isTarget, actionKind) {
    case (true, .absolute): signal = "action.\(joint.name).pos"
    case (true, .delta):
      signal = "action.\(joint.name).pos.delta"
      notes.append("a step from the state")
    case (true, .nextState):
      signal = "observation.state.\(joint.name).pos.next"
      notes.append("the next frame's state, not a target")
    case (false, _): signal = "observation.state.\(joint.name).pos"
    }
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
      isSure: isSure && fits && ranges != nil && (!role.isTarget || actionKind == .absolute))
  }

  /// The gripper for dimension `d`.
  func gripper(_ d: Int, _ role: FeatureRole, isOneOfTwo: Bool = false) -> Draft.Line {
    switch role.quantity {
    case .velocity:
      let signal = role.isTarget ? "action.gripper.opening.rate" : "observation.velocity.gripper.vel"
      return Draft.Line(
        text: "take: \(signal)", note: "guessed; taken for m/s between the pads, positive = opening", isSure: false)
    case .effort:
      return Draft.Line(text: "take: observation.effort.gripper.force", note: "guessed; taken for N", isSure: false)
    case .position: break
    }
    let signal =
      !role.isTarget
      ? "observation.state.gripper.opening"
      : actionKind == .nextState ? "observation.state.gripper.opening.next" : "action.gripper.opening"
    let unit = GripperUnit(ranges?[d], opening: simulated.maxOpening, isOneOfTwo: isOneOfTwo)
    return Draft.Line(text: "take: \(signal)" + unit.text, note: "guessed: " + unit.note, isSure: false)
  }

  /// A number of the tool centre point's pose.
  ///
  /// - Parameter parts: What each dimension of the feature is.
  func pose(_ parts: [PosePart?], _ role: FeatureRole, isDelta: Bool, _ d: Int) -> Draft.Line? {
    guard let part = parts[d] else { return nil }
    let isStep = role.isTarget && (isDelta || actionKind == .delta || looksLikeSteps(parts))
    let isNext = role.isTarget && !isStep && actionKind == .nextState
    let signal =
      isStep
      ? "action.ee_delta.\(part)"
      : role.isTarget && !isNext ? "action.ee.\(part)" : "observation.ee_pose.ee.\(part)" + (isNext ? ".next" : "")
    let what =
      isStep
      ? "a step of the tool centre point"
      : "the tool centre point in the robot's base frame" + (isNext ? ", measured in the next frame" : "")
    let unit = PoseUnit(
      parts, ranges, kind: isStep ? .step : .place, names: [feature.name] + feature.names, rate: framesPerSecond)
    return Draft.Line(
      text: "take: \(signal)" + unit.text(part), note: "guessed: \(what); \(unit.note(part))", isSure: false)
  }

  /// How fast a number of the tool centre point's pose changes.
  func rate(_ parts: [PosePart?], _ role: FeatureRole, _ d: Int) -> Draft.Line? {
    guard let part = parts[d] else { return nil }
    let signal = (role.isTarget ? "action" : "observation") + ".ee_rate.\(part)"
    guard catalog[signal] != nil else { return nil }
    let what = "guessed: the speed of the tool centre point in the robot's base frame; "
    if let unit = speedUnit(ofPlaces: parts), part.isOfPlace || unit.isPerFrame {
      return part.isOfPlace
        ? Draft.Line(text: "take: \(signal)" + unit.text, note: what + unit.note, isSure: false)
        : Draft.Line(
          text: "take: \(signal), scale: \(short(1 / Double(framesPerSecond)))",
          note: what + "taken for rad a frame, as its places' speeds are a frame's", isSure: false)
    }
    let unit = PoseUnit(parts, ranges, kind: .rate, names: [feature.name] + feature.names, rate: framesPerSecond)
    return Draft.Line(
      text: "take: \(signal)" + unit.text(part), note: what + unit.note(part), isSure: false)
  }

  /// Steps are small, to both sides, and about 0 on average; places are not.
  func looksLikeSteps(_ parts: [PosePart?]) -> Bool {
    guard let ranges else { return false }
    let places = zip(parts, ranges).filter { $0.0?.isOfPlace == true }.map(\.1)
    return !places.isEmpty && places.allSatisfy(\.isAboutZero)
  }
}

extension RealEvidence.Range {
  /// To both sides of 0, and about 0 on average.
  var isAboutZero: Bool { lowest < 0 && highest > 0 && abs(mean) < 0.2 * (highest - lowest) }
}
