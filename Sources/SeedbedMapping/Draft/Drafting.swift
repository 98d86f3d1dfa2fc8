import SeedbedEpisodes

extension Draft {
  /// Drafts what of a simulated robot feeds a real dataset's features.
  public init(_ real: RealSchema, evidence: RealEvidence, simulated: Simulated) {
    let catalog = SignalCatalog(simulated.features)
    for feature in real.numbers {
      let ranges = evidence.ranges[feature.name]
      var drafting = FeatureDraft(
        feature: feature, ranges: ranges, robotType: real.robotType, simulated: simulated, catalog: catalog,
        actionKind: evidence.actionKind, framesPerSecond: real.framesPerSecond,
        siblings: real.numbers.compactMap { other in evidence.ranges[other.name].map { (other, $0) } })
      let lines = drafting.lines()
      features.append(
        Part(
          name: feature.name, names: feature.names, shape: "\(feature.dataType.rawValue)[\(feature.width)]",
          note: drafting.remark, lines: lines))
    }
    let isTwoArmed = real.numbers.contains { FeatureDraft.isTwoArmed($0, arm: simulated.arm.count) }
    cameras = CameraDraft(simulated.cameras, isTwoArmed: isTwoArmed).parts(real.cameras)
    remarks.append(
      evidence.frames == 0
        ? "No episode of it could be read: units and fill values are not judged by its numbers."
        : "Guessed from its names and from the numbers of \(evidence.episodes) episodes (\(evidence.frames) frames).")
    judgeActions(evidence)
  }

  /// What the numbers say of the action's convention, beside what its lines take.
  private mutating func judgeActions(_ evidence: RealEvidence) {
    guard evidence.actionDistances.count == 3, let name = evidence.actionName else { return }
    let d = evidence.actionDistances.map(short)
    let texts = features.first { $0.name == name }?.lines.map(\.text) ?? []
    func takes(_ signal: String) -> Bool { texts.contains { $0.contains(signal) } }
    let taken: RealEvidence.ActionKind = takes(".next") ? .nextState : takes("delta") ? .delta : .absolute
    remarks.append(
      "`\(name)` is taken for \(taken.words): on average its numbers are \(d[0]) away from the state, \(d[1]) from the next "
        + "one, and \(d[2]) from the way between them.")
    guard taken != evidence.actionKind else { return }
    let conflict =
      "by these distances the real `\(name)` would be \(evidence.actionKind.words)"
      + (texts.contains { $0.hasPrefix("take: action.") } && taken == .absolute
        ? "; its names are the simulation's own, so the commanded targets are taken" : "")
    remarks.append(conflict.prefix(1).uppercased() + conflict.dropFirst() + ".")
    self.conflict =
      "the actions of the real dataset look like \(evidence.actionKind.words), those of the simulation are \(taken.words); "
      + "where that matters, say so in a mapping (`seedbed schema draft`)."
  }
}

extension RealEvidence.ActionKind {
  fileprivate var words: String {
    switch self {
    case .absolute: "absolute targets"
    case .nextState: "the next frame's state"
    case .delta: "steps from the state"
    }
  }
}

/// Drafts one feature.
struct FeatureDraft {
  let feature: RealSchema.Numbers
  let ranges: [RealEvidence.Range]?
  let robotType: String?
  let simulated: Simulated
  let catalog: SignalCatalog
  let actionKind: RealEvidence.ActionKind
  let framesPerSecond: Int
  /// All features whose numbers are known.
  let siblings: [(RealSchema.Numbers, [RealEvidence.Range])]
  private(set) var remark = ""

  init(
    feature: RealSchema.Numbers, ranges: [RealEvidence.Range]?, robotType: String?, simulated: Simulated,
    catalog: SignalCatalog, actionKind: RealEvidence.ActionKind, framesPerSecond: Int,
    siblings: [(RealSchema.Numbers, [RealEvidence.Range])]
  ) {
    self.feature = feature
    self.ranges = ranges
    self.robotType = robotType
    self.simulated = simulated
    self.catalog = catalog
    self.actionKind = actionKind
    self.framesPerSecond = framesPerSecond
    self.siblings = siblings
  }

  mutating func lines() -> [Draft.Line] {
    if let own = ownLines() { return own }
    if feature.dataType == .string { return [text()] }
    if let marks = markLines() { return marks }
    guard let role = FeatureRole(feature.name) else {
      remark = "the simulation has nothing of this name"
      return (0..<feature.width).map { fill($0, "nothing simulated has this meaning") }
    }
    return feature.names.isEmpty || feature.names.allSatisfy({ Int($0) != nil }) ? byOrder(role) : byName(role)
  }

  /// Where its names are those of a feature of ours, in any order.
  private func ownLines() -> [Draft.Line]? {
    guard let own = simulated.features.first(where: { $0.name == feature.name }) else { return nil }
    let isUnnamed = feature.width == 1 && own.width == 1
    let dimensions =
      isUnnamed ? own.dimensions : feature.names.compactMap { name in own.dimensions.first { $0.name == name } }
    guard dimensions.count == feature.width, Set(dimensions.map(\.name)).count == feature.width else { return nil }
    let unit =
      feature.name == "observation.state" || feature.name == "action" ? angleUnit(Array(0..<feature.width)) : nil
    return dimensions.enumerated().map { d, dimension in
      let signal = "\(own.name).\(dimension.name)"
      if dimension.unit == "rad", let unit, unit.kind != .radians,
        let joint = simulated.arm.first(where: { dimension.name == $0.name + ".pos" })
      {
        return Draft.Line(
          text: "take: \(signal)" + unit.text(joint, isDelta: false), note: "guessed: \(unit.note)", isSure: false)
      }
      if dimension.name == "gripper.opening", let range = ranges?[d], range.highest > simulated.maxOpening * 1.25 {
        let gripper = GripperUnit(range, opening: simulated.maxOpening)
        return Draft.Line(text: "take: \(signal)" + gripper.text, note: "guessed: \(gripper.note)", isSure: false)
      }
      return Draft.Line(text: "take: \(signal)", note: "the same name", isSure: true)
    }
  }

  /// The unit of the joints among some dimensions.
  func angleUnit(_ dimensions: [Int]) -> JointUnit {
    let joints = dimensions.filter {
      !feature.names.indices.contains($0) || DimensionName(feature.names[$0]).kind == .joint
    }
    return JointUnit(
      ranges.map { all in joints.map { all[$0] } } ?? [],
      names: joints.compactMap { feature.names.indices.contains($0) ? feature.names[$0] : nil }, robotType: robotType)
  }

  /// A dimension that nothing feeds.
  func fill(_ d: Int, _ why: String) -> Draft.Line {
    let mean = ranges?[d].mean
    let value: String
    switch feature.dataType {
    case .bool: value = (mean ?? 0) >= 0.5 ? "true" : "false"
    case .int64: value = short((mean ?? 0).rounded())
    case .string: value = "\"\""
    case .float32, .float64: value = short(mean.map { FeatureDraft.fourDigits($0) } ?? 0)
    }
    return Draft.Line(
      text: "fill: \(value)", note: "not simulated (\(why)): " + (mean == nil ? "0" : "the real data's mean"),
      isSure: false)
  }

  private func text() -> Draft.Line {
    let words = Set(DimensionName.words(feature.name))
    return words.isDisjoint(with: ["task", "language", "instruction", "prompt", "annotation"])
      ? Draft.Line(text: "fill: \"\"", note: "not simulated (a text): nothing", isSure: false)
      : Draft.Line(text: "take: task", note: "guessed: the episode's instruction", isSure: false)
  }

  private static func fourDigits(_ value: Double) -> Double {
    var scale = 1.0, magnitude = abs(value)
    guard magnitude > 1e-9 else { return 0 }
    while magnitude < 999.95, scale < 1e12 {
      magnitude *= 10
      scale *= 10
    }
    return (value * scale).rounded() / scale
  }

  mutating func note(_ text: String) { remark = remark.isEmpty ? text : remark + "; " + text }
}
