/// Dimensions with names: by what they say; joints that are called otherwise than ours in their order.
extension FeatureDraft {
  mutating func byName(_ role: FeatureRole) -> [Draft.Line] {
    let names = feature.names.map { name in
      var parsed = DimensionName(name)
      if role.isGripper, parsed.kind == .joint { parsed.kind = .gripper }
      return parsed
    }
    let side = FeatureDraft.side(names)
    var lines = [Draft.Line?](repeating: nil, count: feature.width)
    let parts: [PosePart?] = names.map { if case .pose(let part, _) = $0.kind { part } else { nil } }
    let rates: [PosePart?] = names.map { if case .rate(let part) = $0.kind { part } else { nil } }
    // A mobile base has no height.
    let isOfHand = role.isPose || parts.contains(.z) || rates.contains(.z)
    for (d, name) in names.enumerated() {
      switch name.kind {
      case .pose(_, let isDelta) where role.quantity == .position: lines[d] = pose(parts, role, isDelta: isDelta, d)
      case .pose where role.quantity == .velocity && isOfHand: lines[d] = rate(parts, role, d)
      case .rate where isOfHand: lines[d] = rate(rates, role, d)
      default: break
      }
    }
    if side != .none { note("two arms: ours stands for the \(side == .right ? "right" : "left") one") }
    func isOurs(_ name: DimensionName) -> Bool { side == .none || name.side == side || name.side == .none }
    for kind in [DimensionName.Kind.joint, .velocity, .effort] {
      let dimensions = names.indices.filter { lines[$0] == nil && names[$0].kind == kind && isOurs(names[$0]) }
      let grippers = dimensions.filter { feature.names[$0].isOfGripper }
      let joints = dimensions.filter { !grippers.contains($0) }
      let role = kind == .velocity ? role.with(.velocity) : kind == .effort ? role.with(.effort) : role
      for (d, line) in joint(joints, names, role) { lines[d] = line }
      for d in grippers { lines[d] = gripper(d, role) }
    }
    let grippers = names.indices.filter { lines[$0] == nil && names[$0].kind == .gripper && isOurs(names[$0]) }
    for d in grippers { lines[d] = gripper(d, role, isOneOfTwo: grippers.count == 2) }
    return lines.enumerated().map { d, line in line ?? fill(d, isOurs(names[d]) ? names[d].whyNot : "of the other arm")
    }
  }

  /// The arm that ours stands for where there are two.
  static func side(_ names: [DimensionName]) -> DimensionName.Side {
    // The left and the right finger are of one gripper.
    let isOneArm = names.contains { $0.kind == .joint && $0.side == .none }
    let sides = names.filter { !(isOneArm && $0.kind == .gripper) }.map(\.side)
    guard sides.contains(.left), sides.contains(.right) else { return .none }
    return .right
  }

  /// Whether a feature speaks of two arms like ours.
  static func isTwoArmed(_ feature: RealSchema.Numbers, arm: Int) -> Bool {
    feature.names.isEmpty
      ? feature.width == 2 * (arm + 1) && FeatureRole(feature.name)?.isPose == false
      : side(feature.names.map(DimensionName.init)) != .none
  }

  /// Joints of one arm: by equal names, else by their order.
  private mutating func joint(
    _ dimensions: [Int], _ names: [DimensionName], _ role: FeatureRole
  ) -> [(Int, Draft.Line)] {
    guard !dimensions.isEmpty, !role.isPose else { return [] }
    let own = FeatureDraft.cores(simulated.arm.map { DimensionName($0.name).core })
    let theirs = FeatureDraft.cores(dimensions.map { names[$0].core })
    let isNamed =
      Set(own).count == own.count && Set(theirs).count == theirs.count && theirs.allSatisfy(own.contains)
    if isNamed {
      // Any robot's joints are numbered; only words make a name.
      let isSpoken = theirs.allSatisfy { $0.contains { Int($0) == nil } }
      let full = simulated.arm.map { DimensionName($0.name).core }
      let isSure = isSpoken || dimensions.allSatisfy { full.contains(names[$0].core) && names[$0].core.count > 2 }
      let why = isSpoken || isSure ? "the same name" : "guessed by the same number"
      return zip(dimensions, theirs).compactMap { d, core in
        own.firstIndex(of: core).map { (d, joint($0, d, dimensions, role, why: why, isSure: isSure)) }
      }
    }
    if dimensions.count != simulated.arm.count {
      note(
        "\(dimensions.count) joints stand against \(simulated.arm.count) of ours: the first ones are taken in their order"
      )
    }
    return zip(dimensions, simulated.arm.indices).map { d, j in
      (d, joint(j, d, dimensions, role, why: "guessed by order", isSure: false))
    }
  }

  /// Names without the words that all of them share.
  private static func cores(_ names: [[String]]) -> [[String]] {
    guard names.count > 1, let first = names.first else { return names }
    let shared = Set(first.filter { word in names.allSatisfy { $0.contains(word) } })
    let cut = names.map { $0.filter { !shared.contains($0) } }
    return cut.contains([]) ? names : cut
  }
}

extension String {
  /// Does the name of a speed or an effort speak of the gripper?
  fileprivate var isOfGripper: Bool {
    !Set(DimensionName.words(self)).isDisjoint(with: ["gripper", "grip", "finger", "claw", "jaw"])
  }
}

extension DimensionName {
  /// Why nothing of the simulation feeds it.
  fileprivate var whyNot: String {
    switch kind {
    case .body: "no joint of an arm or gripper"
    case .rate: "the speed of a mobile base"
    default: "the simulated robot has nothing left for it"
    }
  }
}
