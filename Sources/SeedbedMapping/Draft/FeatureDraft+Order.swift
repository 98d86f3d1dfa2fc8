/// Dimensions without names: by their number, order and values.
extension FeatureDraft {
  mutating func byOrder(_ role: FeatureRole) -> [Draft.Line] {
    let arm = simulated.arm.count, width = feature.width
    note("the dataset gives no names: drafted by number and order")
    if role.isGripper, !role.isPose { return (0..<width).map { gripper($0, role, isOneOfTwo: width == 2) } }
    if role.isPose || isOfHand(role) { return posesByOrder(role) }
    let isTwoArms = FeatureDraft.isTwoArmed(feature, arm: arm)
    let first = isTwoArms ? arm + 1 : 0
    if isTwoArms { note("two arms: ours stands for the second one") }
    let joints = Array(first..<min(width, first + arm))
    let isFingers = width - first == arm + 2
    return (0..<width).map { d in
      if d < first { return fill(d, "of the other arm") }
      let j = d - first
      if j < arm { return joint(j, d, joints, role, why: "guessed by order", isSure: false) }
      if isFingers, ranges == nil, role.quantity == .position {
        let signal = role.isTarget ? "action.gripper.opening" : "observation.state.gripper.opening"
        return Draft.Line(
          text: "take: \(signal), scale: 0.5", note: "guessed: the two fingers' ways in m stand last", isSure: false)
      }
      return j == arm || isFingers
        ? gripper(d, role, isOneOfTwo: isFingers) : fill(d, "the simulated robot has nothing left for it")
    }
  }

  /// Where the numbers rather are those of a tool centre point than of joints, though nothing says so.
  private func isOfHand(_ role: FeatureRole) -> Bool {
    guard role.quantity == .position, let ranges else { return false }
    let width = feature.width
    if role.isTarget {
      // Six steps to both sides and a gripper that is opened and closed; steps of joints would fit the state's.
      return width == 7 && actionKind != .delta && ranges.allSatisfy { $0.greatest <= 1.001 }
        && ranges.prefix(6).allSatisfy(\.isAboutZero) && ranges[6].greatest >= 0.99
    }
    return endsWithFingers && width - 2 != simulated.arm.count && (6...7).contains(width - 2)
  }

  /// The last two numbers are those of two fingers in m: the same, or with opposite signs.
  private var endsWithFingers: Bool {
    guard let ranges, ranges.count >= 3 else { return false }
    let a = ranges[ranges.count - 2], b = ranges[ranges.count - 1]
    guard max(a.greatest, b.greatest) <= 0.11, min(a.greatest, b.greatest) >= 0.005 else { return false }
    func isNear(_ x: Double, _ y: Double) -> Bool { abs(x - y) < 0.01 }
    let areAlike = isNear(a.lowest, b.lowest) && isNear(a.highest, b.highest)
    return areAlike || isNear(a.lowest, -b.highest) && isNear(a.highest, -b.lowest)
  }

  private func posesByOrder(_ role: FeatureRole) -> [Draft.Line] {
    let fingers = endsWithFingers ? 2 : 0
    let isQuaternion = role.quantity == .position && !role.isTarget && feature.width - fingers >= 7
    let turns: [PosePart] =
      isQuaternion ? [.qx, .qy, .qz, .qw] : turnsFurtherThanRoll ? [.rx, .ry, .rz] : [.roll, .pitch, .yaw]
    let some = ([.x, .y, .z] + turns).prefix(feature.width)
    let parts: [PosePart?] = some.map { $0 } + [PosePart?](repeating: nil, count: feature.width - some.count)
    return (0..<feature.width).map { d in
      let line =
        role.quantity == .velocity
        ? rate(parts, role, d) : role.quantity == .position ? pose(parts, role, isDelta: false, d) : nil
      if let line { return line }
      let isGripper = d == some.count || (fingers == 2 && d > some.count && d < some.count + 2)
      return isGripper ? gripper(d, role, isOneOfTwo: fingers == 2) : fill(d, "no number of a pose or gripper")
    }
  }

  /// Roll, pitch and yaw stay within half a turn, and pitch within a quarter; rotation vectors do not.
  private var turnsFurtherThanRoll: Bool {
    guard let ranges, ranges.count >= 6 else { return false }
    let turns = ranges[3..<6]
    let greatest = turns.map(\.greatest).max() ?? 0
    return greatest < 6.3 && (greatest > 3.15 || ranges[4].greatest > 1.58)
  }
}
