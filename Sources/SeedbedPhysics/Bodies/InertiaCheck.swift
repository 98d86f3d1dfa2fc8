internal import SeedbedGeometry

/// What is wrong with an inertia tensor, and the nearest credible one.
enum InertiaCheck {
  enum Verdict: Equatable {
    case good
    /// A principal moment exceeds the sum of the other two: no rigid body has that. Carries the cure.
    case triangle(Matrix3)
    case notPositiveDefinite
  }

  static func verdict(_ m: Matrix3) -> Verdict {
    let e = m.symmetricEigenvalues
    guard e.z.isFinite, e.z > 0, e.x > 1e-9 * e.z else { return .notPositiveDefinite }
    let excess = e.z - e.x - e.y
    guard excess > 1e-6 * e.z else { return .good }
    // Raising all three moments by the excess keeps the axes and meets the inequality with equality.
    return .triangle(m + .diagonal(Vector3(excess, excess, excess)))
  }
}
