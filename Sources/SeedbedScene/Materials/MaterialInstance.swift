/// The material of a surface, where its friction or restitution follows from it.
public struct SurfaceMaterial: Sendable, Codable, Equatable {
  public var name: String
  /// No coefficient of its own was written beside it.
  public var setsFriction: Bool
  public var setsRestitution: Bool

  public init(_ name: String, setsFriction: Bool = true, setsRestitution: Bool = true) {
    self.name = name
    self.setsFriction = setsFriction
    self.setsRestitution = setsRestitution
  }
}

/// What two materials do to each other.
public struct MaterialPair: Sendable, Codable, Equatable {
  /// `first` <= `second`.
  public var first: String, second: String
  /// Coulomb coefficient at rest.
  public var friction: Double
  /// While sliding; not above `friction`.
  public var kineticFriction: Double
  /// 0 (dead) ... 1 (elastic).
  public var restitution: Double

  public init(_ a: String, _ b: String, friction: Double, kineticFriction: Double, restitution: Double) {
    (first, second) = (min(a, b), max(a, b))
    self.friction = friction
    self.kineticFriction = kineticFriction
    self.restitution = restitution
  }
}
