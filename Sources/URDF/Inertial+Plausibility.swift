public import SeedbedGeometry

extension Inertial {
  /// kg. A body that moves with less than this is taken to have no mass of its own: many files write 1e-9 for nothing.
  public static let leastMovingMass = 1e-5

  /// m. Largest radii of gyration between which an inertia can be that of a robot's or an object's part.
  public static let credibleRadii = 1e-5...1e3

  /// Whether a body can have this mass and inertia: a positive mass, principal moments that are positive, none larger than
  /// the sum of the two others (relative tolerance 1e-6), and a radius of gyration within `credibleRadii`.
  public var isPhysical: Bool { mass > 0 && mass.isFinite && implausibility == nil }

  /// Why no body can have this inertia, as the end of a sentence; nil where one can.
  public var implausibility: String? {
    let moments = principalMoments
    guard moments.isFinite else { return "is not finite" }
    let low = min(moments.x, moments.y, moments.z), high = max(moments.x, moments.y, moments.z)
    if high == 0 { return "is zero" }
    if low <= 1e-9 * high { return "is not positive definite" }
    if 2 * high > (moments.x + moments.y + moments.z) * (1 + 1e-6) {
      return "has a principal moment larger than the two others together"
    }
    guard mass > 0 else { return nil }
    if radiusOfGyration < Self.credibleRadii.lowerBound {
      return "is that of a body of less than a hundredth of a millimetre"
    }
    return radiusOfGyration > Self.credibleRadii.upperBound ? "is that of a body of more than a kilometre" : nil
  }

  /// m, of the largest principal moment: sqrt(I / m). A body has parts at least as far from its centre of mass.
  public var radiusOfGyration: Double { (principalMoments.z / mass).squareRoot() }

  /// The eigenvalues of the inertia in ascending order, kg m².
  public var principalMoments: Vector3 { inertia.symmetricEigenvalues }
}
