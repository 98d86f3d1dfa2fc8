extension Matrix3 {
  /// The eigenvalues of a symmetric matrix, in ascending order.
  public var symmetricEigenvalues: Vector3 { symmetricEigen.values }

  /// Eigenvalues of a symmetric matrix in ascending order, and the rotation whose columns are the eigenvectors:
  /// m = R diag(values) Rᵀ. Cyclic Jacobi rotations; plain arithmetic only, so every CPU returns the same bits.
  public var symmetricEigen: (values: Vector3, axes: Matrix3) {
    var a = [
      [self[0, 0], self[0, 1], self[0, 2]], [self[0, 1], self[1, 1], self[1, 2]], [self[0, 2], self[1, 2], self[2, 2]],
    ]
    var v: [[Double]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    for _ in 0..<32 {
      let off = abs(a[0][1]) + abs(a[0][2]) + abs(a[1][2])
      guard off > 0, off.isFinite else { break }
      for (p, q) in [(0, 1), (0, 2), (1, 2)] where a[p][q] != 0 {
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot(), s = t * c
        for k in 0..<3 { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
        for k in 0..<3 { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
        for k in 0..<3 { (v[k][p], v[k][q]) = (c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]) }
        a[p][q] = 0
        a[q][p] = 0
      }
    }
    let order = [0, 1, 2].sorted { (a[$0][$0], $0) < (a[$1][$1], $1) }
    let columns = order.map { Vector3(v[0][$0], v[1][$0], v[2][$0]) }
    // A proper rotation: the last axis follows from the other two.
    let axes = Matrix3(columns: columns[0], columns[1], columns[0].cross(columns[1]))
    return (Vector3(a[order[0]][order[0]], a[order[1]][order[1]], a[order[2]][order[2]]), axes)
  }
}
