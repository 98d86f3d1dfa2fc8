/// In what a real dataset gives the gripper, guessed from its numbers: the text of the mapping, and why.
struct GripperUnit {
  var text: String
  var note: String

  /// - Parameters:
  ///   - opening: Largest opening of the simulated gripper, m.
  ///   - isOneOfTwo: Two dimensions speak of one gripper: each is a finger's.
  init(_ range: RealEvidence.Range?, opening: Double, isOneOfTwo: Bool = false) {
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
    /// One finger goes half of the way; two of them count theirs from the middle, often with opposite signs.
    let isFinger = isOneOfTwo || opening > 0.06
    switch (low, high) {
    case ((-0.01)..., ...0.045) where isFinger, ((-0.01)..., ...0.12) where isOneOfTwo:
      (self.text, note) = (", unit: m, scale: 0.5", "the way of one finger in m: \(extent)")
    case ((-0.01)..., ...0.2): (self.text, note) = (", unit: m", "the width in m: \(extent)")
    case ((-0.045)..., ...0.01) where isFinger, ((-0.12)..., ...0.01) where isOneOfTwo:
      (self.text, note) = (", unit: m, scale: -0.5", "the way of one finger in m, to the negative side: \(extent)")
    case ((-0.2)..., ...0.01):
      (self.text, note) = (", unit: m, scale: -1", "the width in m, to the negative side: \(extent)")
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
