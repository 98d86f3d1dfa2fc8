/// Which links of a robot touch each other.
///
/// Never those that are welded together or joined by one joint, those of the gripper among themselves, and those whose
/// shapes overlap where the arm starts.
public struct SelfCollision: Sendable, Codable, Equatable {
  public var isOn: Bool
  /// Pairs of links that pass through each other, by name.
  public var disabled: [[String]]

  public init(isOn: Bool = true, disabled: [[String]] = []) {
    self.isOn = isOn
    self.disabled = disabled
  }
}
