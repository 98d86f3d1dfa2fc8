/// A dimension's name taken apart: what it is, of which side, and what is left of it to compare.
struct DimensionName {
  enum Kind: Equatable {
    case joint, velocity, effort, gripper
    case pose(PosePart, isDelta: Bool)
    /// The speed of such a number: of the tool centre point's, or of a mobile base.
    case rate(PosePart)
    /// What is no part of an arm: of the trunk, the head, a wheel, a mobile base.
    case body
  }

  enum Side: Equatable { case left, right, none }

  var kind: Kind
  var side: Side
  /// What is left without words that say nothing: `["joint", "1"]` of `panda_joint1.pos`.
  var core: [String]

  private static let noise: Set<String> = [
    "k", "pos", "position", "positions", "qpos", "state", "goal", "target", "action", "main", "follower", "leader",
    "left", "right", "l", "r", "arm", "motor", "motors", "robot", "rad", "deg", "angle",
  ]
  static let speeds: Set<String> = ["vel", "velocity", "velocities", "qvel", "speed", "speeds", "dq", "qdot"]
  static let efforts: Set<String> = [
    "effort", "efforts", "torque", "torques", "tau", "current", "currents", "load", "force",
  ]
  /// Stand behind what a number is of: `x.pos`, `x_mm`.
  private static let suffixes: Set<String> =
    speeds.union(["pos", "position", "delta", "d", "m", "cm", "mm", "rad", "deg", "degrees", "target", "goal", "cmd"])
  static let grippers: Set<String> = [
    "gripper", "grip", "finger", "fingers", "claw", "jaw", "hand", "pinky", "thumb",
  ]
  private static let joints: Set<String> = [
    "joint", "shoulder", "elbow", "wrist", "forearm", "upperarm", "waist", "pan", "lift", "flex", "arm",
  ]
  private static let bodies: Set<String> = [
    "torso", "trunk", "neck", "head", "hip", "knee", "ankle", "leg", "wheel", "base", "mobile",
  ]

  init(_ name: String) {
    let words = DimensionName.words(name)
    let set = Set(words)
    side =
      set.contains("left") || words.first == "l" ? .left : set.contains("right") || words.first == "r" ? .right : .none
    core = words.filter { !DimensionName.noise.contains($0) }
    if core.isEmpty { core = words }
    let isDelta = set.contains("delta") || set.contains("d")
    let last = words.last { !DimensionName.suffixes.contains($0) }
    let isOfArm = !set.isDisjoint(with: DimensionName.joints) || !set.isDisjoint(with: DimensionName.grippers)
    let isSpeed = !set.isDisjoint(with: DimensionName.speeds), isEffort = !set.isDisjoint(with: DimensionName.efforts)
    let isBody = !set.isDisjoint(with: DimensionName.bodies)
    if (isSpeed || isEffort) && isBody {
      kind = .body
    } else if isEffort {
      // A wrench at the hand is no joint's torque.
      kind = !isOfArm && last.flatMap(DimensionName.part) != nil ? .body : .effort
    } else if let part = words.last.flatMap(DimensionName.rate), !isOfArm {
      kind = isBody ? .body : .rate(part)
    } else if isSpeed {
      if !isOfArm, let part = last.flatMap(DimensionName.part) {
        kind = .rate(part.part)
      } else {
        kind = isOfArm || set.isDisjoint(with: ["theta", "linear", "angular", "omega"]) ? .velocity : .body
      }
    } else if !set.isDisjoint(with: DimensionName.grippers), !set.contains("rotation") {
      kind = .gripper
    } else if set.isDisjoint(with: DimensionName.joints), !isBody, let part = last.flatMap(DimensionName.part) {
      kind = .pose(part.part, isDelta: isDelta || part.isDelta)
    } else if isBody || set.contains("rotation") {
      kind = .body
    } else {
      kind = .joint
    }
  }

  private static func part(_ word: String) -> (part: PosePart, isDelta: Bool)? {
    if let part = PosePart(rawValue: word) { return (part, false) }
    if word.hasPrefix("d"), let part = PosePart(rawValue: String(word.dropFirst())) { return (part, true) }
    return switch word {
    case "ax": (.rx, false)
    case "ay": (.ry, false)
    case "az": (.rz, false)
    default: nil
    }
  }

  /// Of names that are speeds by themselves: vx, wz.
  private static func rate(_ word: String) -> PosePart? {
    switch word {
    case "vx": .x
    case "vy": .y
    case "vz": .z
    case "wx": .rx
    case "wy": .ry
    case "wz": .rz
    default: nil
    }
  }

  /// Small letters; cut at anything but letters and digits, before capitals, and between letters and numbers, but for the
  /// names of pose numbers.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = "", last: Character = " "
    func isDigit(_ c: Character) -> Bool { c.isASCII && c.isNumber }
    for character in name {
      let isPart = character.isLetter || character.isNumber
      let isCut =
        !isPart || (character.isUppercase && last.isLowercase) || (isDigit(character) != isDigit(last) && !word.isEmpty)
      if isCut, !word.isEmpty {
        words.append(word.lowercased())
        word = ""
      }
      if isPart { word.append(character) }
      last = character
    }
    if !word.isEmpty { words.append(word.lowercased()) }
    // A letter in front of a capital stands for "constant" in some vendors' names: kLeftElbow.
    return words
  }
}
