public import SeedbedGeometry

/// Two things that touch: all their contact points taken together.
public struct Contact: Sendable, Equatable {
  /// Who touches. Links come before objects, each by index.
  public enum Participant: Sendable, Hashable, Comparable {
    /// Index into `RobotDescription.links`.
    case link(Int)
    /// Index into `SceneInstance.objects`.
    case object(Int)
  }

  /// `first` < `second`.
  public var first: Participant, second: Participant
  /// Force-weighted middle of the contact points, world frame, m.
  public var point: Vector3
  /// Unit vector in the world, from `second` into `first`.
  public var normal: Vector3
  /// Sum of the normal forces, N.
  public var normalForce: Double
  /// Deepest overlap, m.
  public var depth: Double

  public init(
    first: Participant, second: Participant, point: Vector3, normal: Vector3, normalForce: Double, depth: Double
  ) {
    self.first = first
    self.second = second
    self.point = point
    self.normal = normal
    self.normalForce = normalForce
    self.depth = depth
  }
}
