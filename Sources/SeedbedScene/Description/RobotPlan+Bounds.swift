import SeedbedRandomness

// What no draw goes beyond.

extension RobotPlan.ArmJoint {
  /// Largest speed that a planner may ask for, rad/s or m/s.
  public var mostVelocity: Double { velocity.bounds.upperBound }
}

extension RobotPlan.Gripper {
  /// m.
  public var leastClosedOpening: Double { closedOpening.bounds.lowerBound }
  /// m.
  public var mostOpening: Double { maxOpening.bounds.upperBound }
  /// N.
  public var mostForce: Double { maxForce.bounds.upperBound }
}
