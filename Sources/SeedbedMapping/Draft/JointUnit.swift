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
    let words = names.map { Set(DimensionName.words($0)) }
    for (unit, named) in [(Kind.degrees, ["deg", "degrees", "degree"]), (.radians, ["rad", "radians", "radian"])]
    where !words.isEmpty && words.allSatisfy({ !$0.isDisjoint(with: named) }) {
      (kind, note) = (unit, "\(unit == .degrees ? "degrees" : "rad") by its name")
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
