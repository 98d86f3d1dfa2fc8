public import SeedbedGeometry

extension Inertial {
  /// kg. A body that moves with less than this is taken to have no mass of its own: many files write 1e-9 for nothing.
  public static let leastMovingMass = 1e-5

  /// Whether a body can have this mass and inertia: a positive mass, principal moments that are positive, and none
  /// larger than the sum of the two others (relative tolerance 1e-6).
  public var isPhysical: Bool { mass > 0 && mass.isFinite && implausibility == nil }

  /// Why no body can have this inertia, as the end of a sentence; nil where one can.
  public var implausibility: String? {
    let moments = principalMoments
    guard moments.isFinite else { return "is not finite" }
    let low = min(moments.x, moments.y, moments.z), high = max(moments.x, moments.y, moments.z)
    if high == 0 { return "is zero" }
    if low <= 0 { return "is not positive definite" }
    let sum = moments.x + moments.y + moments.z
    return 2 * high > sum * (1 + 1e-6) ? "has a principal moment larger than the two others together" : nil
  }

  /// The eigenvalues of the inertia in ascending order, kg m².
  public var principalMoments: Vector3 { inertia.symmetricEigenvalues }
}
