/// What a feature's name says of its numbers.
struct FeatureRole: Equatable {
  enum Quantity { case position, velocity, effort }

  var quantity: Quantity
  /// Commanded, not measured.
  var isTarget: Bool
  /// Of the tool centre point, not of joints.
  var isPose: Bool
  /// Of the gripper alone.
  var isGripper: Bool

  private static let poses: Set<String> = [
    "ee", "eef", "tcp", "cartesian", "effector", "endeffector", "pose", "poses",
  ]
  private static let positions: Set<String> = [
    "state", "states", "qpos", "joint", "joints", "proprio", "position", "positions",
  ]
  /// What no arm has.
  private static let elsewhere: Set<String> = [
    "environment", "base", "odom", "odometry", "chassis", "mobile", "wheel", "wheels", "torso", "trunk", "head", "neck",
    "leg", "legs",
  ]

  /// nil where it is nothing that an arm with a gripper has.
  init?(_ name: String) {
    let words = Set(DimensionName.words(name))
    guard words.isDisjoint(with: Self.elsewhere) else { return nil }
    func speaks(_ meaning: Set<String>) -> Bool { !words.isDisjoint(with: meaning) }
    isTarget = speaks(["action", "actions"])
    isPose = speaks(Self.poses)
    isGripper = speaks(DimensionName.grippers) && !speaks(["joint", "joints", "arm"])
    let isOfPlaces = isPose || speaks(Self.positions), isForce = speaks(["force", "forces", "wrench"])
    if speaks(DimensionName.speeds) {
      quantity = .velocity
    } else if isForce || speaks(DimensionName.efforts) && !(isOfPlaces && speaks(["current"])) {
      // No sensor at the hand measures what the tool centre point meets.
      guard isGripper || !isPose && !isForce else { return nil }
      quantity = .effort
    } else {
      quantity = .position
      guard isTarget || isGripper || isOfPlaces else { return nil }
    }
  }

  /// The same for a dimension that is a speed or an effort by its own name.
  func with(_ quantity: Quantity) -> FeatureRole {
    var role = self
    role.quantity = quantity
    return role
  }
}
