/// In what a real dataset gives the positions of joints, guessed from its numbers.
struct JointUnit {
  enum Kind: Equatable {
    case radians, degrees
    /// LeRobot's normalised positions: the joint's range becomes -100...100.
    case percent
    /// The joint's range becomes -1...1.
    case unit
    /// A servo's steps, so many a turn with the middle at half of them.
    case steps(Double)
  }

  var kind: Kind
  var note: String

  /// Robots that LeRobot records in normalised positions unless it is asked for degrees.
  private static let normalised = ["so100", "so101", "so-100", "so-101", "so_100", "koch", "lekiwi", "omx"]

  /// - Parameters:
  ///   - ranges: Of the joints' dimensions.
  ///   - names: Of them as the dataset writes them.
  init(_ ranges: [RealEvidence.Range], names: [String], robotType: String?) {
    guard let greatest = ranges.map(\.greatest).max() else {
      (kind, note) = (.radians, "taken for rad: no data to judge by")
      return
    }
    let robot = robotType?.lowercased() ?? ""
    let isNormalising = Self.normalised.contains { robot.contains($0) }
    let extent = "its joints' numbers reach \(short(greatest))"
    let saturated = ranges.count { abs($0.greatest - 1) < 1e-3 }
    switch greatest {
    case ...1.001 where ranges.count > 2 && saturated >= 2:
      (kind, note) = (.unit, "-1...1 over the joint's range: \(saturated) of its joints' numbers reach just 1")
    case ...6.3: (kind, note) = (.radians, "rad: \(extent)")
    case ...100.01 where isNormalising || names.allSatisfy({ $0.hasSuffix(".pos") }):
      (kind, note) = (.percent, "-100...100 over the joint's range: \(extent), named as LeRobot's recorder does")
    case ...400: (kind, note) = (.degrees, "degrees: \(extent)")
    default: (kind, note) = (.steps(4096), "4096 steps a turn: \(extent)")
    }
  }

  /// What turns a joint's position into it.
  func text(_ joint: Simulated.Joint, isDelta: Bool) -> String {
    if joint.isPrismatic { return ", unit: m" }
    let half = 3.141593
    let lower = joint.lower ?? -half, upper = joint.upper ?? half
    func range(_ from: Double, _ to: Double) -> String {
      isDelta
        ? ", scale: \(short((to - from) / (upper - lower)))"
        : ", range: {ours: [\(short(lower)), \(short(upper))], real: [\(short(from)), \(short(to))]}"
    }
    switch kind {
    case .radians: return ", unit: rad"
    case .degrees: return ", unit: deg"
    case .percent: return range(-100, 100)
    case .unit: return range(-1, 1)
    case .steps(let count):
      return ", scale: \(short(count / (2 * half)))" + (isDelta ? "" : ", offset: \(short(count / 2))")
    }
  }
}

/// In what a real dataset gives the gripper, guessed from its numbers: the text of the mapping, and why.
struct GripperUnit {
  var text: String
  var note: String

  init(_ range: RealEvidence.Range?, opening: Double) {
    guard let range, range.lowest < range.highest else {
      self.text = ", range: {ours: [0, \(short(opening))], real: [0, 1]}"
      note = "taken for 0 = closed, 1 = open: \(range == nil ? "no data to judge by" : "its number never changes")"
      return
    }
    let (low, high) = (range.lowest, range.highest)
    let extent = "its numbers run from \(short(low)) to \(short(high))"
    /// Episodes begin with an open gripper more often than not.
    let opensUp = abs(range.first - high) <= abs(range.first - low)
    let start = "episodes begin at \(short(range.first)), taken for open"
    func text(_ closed: Double, _ open: Double) -> String {
      ", range: {ours: [0, \(short(opening))], real: [\(short(closed)), \(short(open))]}"
    }
    switch (low, high) {
    case ((-0.01)..., ...0.045) where opening > 0.06:
      (self.text, note) = (", unit: m, scale: 0.5", "the way of one finger in m: \(extent)")
    case ((-0.01)..., ...0.2): (self.text, note) = (", unit: m", "the width in m: \(extent)")
    case ((-0.06)..., ...1.06):
      (self.text, note) = (text(opensUp ? 0 : 1, opensUp ? 1 : 0), "0...1: \(extent); \(start)")
    case ((-1.06)..., ...1.06):
      (self.text, note) = (text(opensUp ? -1 : 1, opensUp ? 1 : -1), "-1...1: \(extent); \(start)")
    case ((-3.0)..., ...103) where high > 20:
      (self.text, note) = (text(0, 100), "percent, 100 = open, as LeRobot's recorder writes it: \(extent)")
    case ((-0.5)..., ...255.5) where high > 103:
      (self.text, note) = (text(opensUp ? 0 : 255, opensUp ? 255 : 0), "0...255: \(extent); \(start)")
    default:
      (self.text, note) = (text(opensUp ? low : high, opensUp ? high : low), "a motor's angle: \(extent); \(start)")
    }
  }
}
