/// Solves with a small symmetric positive definite matrix, row by row in memory.
enum Cholesky {
  /// Replaces the lower triangle by the factor L with A = L Lᵀ; false where the matrix is not positive definite.
  static func factor(_ a: UnsafeMutablePointer<Double>, _ n: Int) -> Bool {
    for i in 0..<n {
      let row = a + i * n
      for j in 0...i {
        let other = a + j * n
        var sum = row[j]
        for k in 0..<j { sum -= row[k] * other[k] }
        if j < i {
          row[j] = sum / other[j]
        } else {
          guard sum > 0, sum.isFinite else { return false }
          row[i] = sum.squareRoot()
        }
      }
    }
    return true
  }

  /// b ← L⁻¹ b.
  static func forward(_ l: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ n: Int) {
    for i in 0..<n {
      var sum = b[i]
      for k in 0..<i { sum -= l[i * n + k] * b[k] }
      b[i] = sum / l[i * n + i]
    }
  }

  /// b ← A⁻¹ b.
  static func solve(_ l: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ n: Int) {
    forward(l, b, n)
    for i in stride(from: n - 1, through: 0, by: -1) {
      var sum = b[i]
      for k in (i + 1)..<n { sum -= l[k * n + i] * b[k] }
      b[i] = sum / l[i * n + i]
    }
  }
}
