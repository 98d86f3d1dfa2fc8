public import SeedbedScene

/// How hard fingers press. A commanded force drives them as a motor with the force F at standstill and none at its free speed.
extension GripperInstance {
  /// How far short of its target a gripper that is told an opening must be stopped to press with its full force, m.
  public static let pressed = 2.5e-4

  /// What free fingers resist a commanded force by, N s/m: the force F moves them at F / drag, and at `speed` at most.
  public var drag: Double { max(1, 0.05 * maxForce / speed) }

  /// Damping of the drive (N s/m) and rate of the opening that it goes for (m/s). Their product is the force at
  /// standstill. Positive `force` squeezes; it is cut off at `maxForce`.
  func forceDrive(_ force: Double) -> (damping: Double, rate: Double) {
    let force = min(max(force, -maxForce), maxForce)
    let damping = max(drag, abs(force) / speed)
    return (damping, -force / damping)
  }
}
