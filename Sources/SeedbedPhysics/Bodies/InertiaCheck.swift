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
    let e = eigenvalues(m)
    guard e.z.isFinite, e.z > 0, e.x > 1e-9 * e.z else { return .notPositiveDefinite }
    let excess = e.z - e.x - e.y
    guard excess > 1e-6 * e.z else { return .good }
    // Raising all three moments by the excess keeps the axes and meets the inequality with equality.
    return .triangle(m + .diagonal(Vector3(excess, excess, excess)))
  }

  /// Ascending eigenvalues of a symmetric matrix (cyclic Jacobi rotations).
  static func eigenvalues(_ m: Matrix3) -> Vector3 {
    var a = [[m[0, 0], m[0, 1], m[0, 2]], [m[0, 1], m[1, 1], m[1, 2]], [m[0, 2], m[1, 2], m[2, 2]]]
    for _ in 0..<24 {
      for (p, q) in [(0, 1), (0, 2), (1, 2)] where a[p][q] != 0 {
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot(), s = t * c
        for k in 0..<3 {
          let x = a[k][p], y = a[k][q]
          a[k][p] = c * x - s * y
          a[k][q] = s * x + c * y
        }
        for k in 0..<3 {
          let x = a[p][k], y = a[q][k]
          a[p][k] = c * x - s * y
          a[q][k] = s * x + c * y
        }
      }
    }
    let e = [a[0][0], a[1][1], a[2][2]].sorted()
    return Vector3(e[0], e[1], e[2])
  }
}
