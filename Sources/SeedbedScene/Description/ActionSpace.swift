public import Diagnostics

/// The numbers in which a robot is told what to do for a frame: how its arm is commanded, and how its gripper.
///
/// Written `ARM` or `ARM.GRIPPER`, for example `ee_delta_tool.force`; without a gripper's word it is `opening`.
public struct ActionSpace: Sendable, Hashable {
  public enum Arm: String, Sendable, CaseIterable {
    /// Absolute joint targets at the end of the frame, rad or m.
    case jointPosition = "joint_position"
    /// Joint targets relative to the last commanded ones, rad or m.
    case jointDelta = "joint_delta"
    /// Joint speeds over the frame, rad/s or m/s.
    case jointVelocity = "joint_velocity"
    /// The tool centre point's pose in the robot's base frame: position and unit quaternion, scalar first.
    case eePose = "ee_pose"
    /// The same with the first two columns of the rotation matrix instead of a quaternion.
    case eePose6D = "ee_pose_6d"
    /// The tool centre point's motion from the last commanded pose, in the axes of the robot's base: m and rad.
    case eeDeltaBase = "ee_delta_base"
    /// The same in the axes of the last commanded tool frame.
    case eeDeltaTool = "ee_delta_tool"
  }

  public enum Gripper: String, Sendable, CaseIterable {
    /// Absolute opening, m; 0 = closed.
    case opening
    /// Share of the largest opening: 0 = closed, 1 = open.
    case openness
    /// 1 - openness: 0 = open, 1 = closed.
    case closedness
    /// Force of the fingers, N; positive = squeezing.
    case force
  }

  public var arm: Arm
  public var gripper: Gripper

  public init(_ arm: Arm, _ gripper: Gripper = .opening) {
    self.arm = arm
    self.gripper = gripper
  }

  public var name: String { gripper == .opening ? arm.rawValue : arm.rawValue + "." + gripper.rawValue }

  /// Reads what `name` says.
  ///
  /// - Throws: What is wrong, with the names that there are.
  public init(parsing text: String, at place: SourceLocation) throws(InputError) {
    let words = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let arms = Arm.allCases.map(\.rawValue), grippers = Gripper.allCases.map(\.rawValue)
    func remedy(_ word: String, _ known: [String]) -> String {
      closestMatch(to: word, among: known).map { "Did you mean `\($0)`?" }
        ?? "There are: \(known.joined(separator: ", "))."
    }
    guard let arm = Arm(rawValue: words[0]) else {
      throw InputError(
        at: place, "`\(text)` is no action space: an arm is not commanded by `\(words[0])`.",
        remedy: remedy(words[0], arms))
    }
    guard words.count > 1 else {
      self.init(arm)
      return
    }
    let word = words.dropFirst().joined(separator: ".")
    guard let gripper = Gripper(rawValue: word) else {
      throw InputError(
        at: place, "`\(text)` is no action space: a gripper is not commanded by `\(word)`.",
        remedy: remedy(word, grippers))
    }
    self.init(arm, gripper)
  }
}

extension ActionSpace: Codable {
  public init(from decoder: any Swift.Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      try self.init(parsing: text, at: SourceLocation(file: "run.json"))
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is no action space")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

/// In which action spaces a dataset records the commands.
public struct ActionChoice: Sendable, Equatable {
  /// Of the feature `action`.
  public var space = ActionSpace(.jointPosition)
  /// Of the features `command.<space>` beside it.
  public var also: [ActionSpace] = []

  public init(space: ActionSpace = ActionSpace(.jointPosition), also: [ActionSpace] = []) {
    self.space = space
    self.also = also
  }

  /// The first space that is named twice; nil where none is.
  public var repeated: ActionSpace? {
    let all = [space] + also
    return all.indices.first { all[..<$0].contains(all[$0]) }.map { all[$0] }
  }
}
