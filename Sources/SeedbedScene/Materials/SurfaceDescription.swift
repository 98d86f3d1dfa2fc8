public import SeedbedRandomness

/// How a surface rubs and bounces, before the draws.
public struct SurfaceDescription: Sendable {
  /// Of its own: against what has no material.
  public var friction: Variable<Double>
  public var restitution: Variable<Double>
  /// nil: the scene names none.
  public var material: SurfaceMaterial?

  public init(friction: Variable<Double>, restitution: Variable<Double>, material: SurfaceMaterial? = nil) {
    self.friction = friction
    self.restitution = restitution
    self.material = material
  }
}
