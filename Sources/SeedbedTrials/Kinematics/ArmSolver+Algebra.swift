typealias Six = (Double, Double, Double, Double, Double, Double)

/// The 6x6 normal equations of a step, in place.
extension ArmSolver {
  @inline(__always)
  func add(_ sum: inout Six, column i: Int, times s: Double) {
    let k = 6 * i
    sum.0 += jacobian[k] * s
    sum.1 += jacobian[k + 1] * s
    sum.2 += jacobian[k + 2] * s
    sum.3 += jacobian[k + 3] * s
    sum.4 += jacobian[k + 4] * s
    sum.5 += jacobian[k + 5] * s
  }

  /// `normal` = lower Cholesky factor of J Jᵀ + damping, locked joints left out. Positive definite because damping > 0.
  mutating func factorNormal(damping: Double) {
    for r in 0..<6 {
      for c in 0...r {
        var sum = r == c ? damping : 0
        for i in 0..<model.count where !isLocked[i] { sum += jacobian[6 * i + r] * jacobian[6 * i + c] }
        normal[6 * r + c] = sum
      }
    }
    for r in 0..<6 {
      for c in 0...r {
        var sum = normal[6 * r + c]
        for k in 0..<c { sum -= normal[6 * r + k] * normal[6 * c + k] }
        normal[6 * r + c] = r == c ? max(sum, 1e-18).squareRoot() : sum / normal[6 * c + c]
      }
    }
  }

  /// Solves with the factor in `normal`.
  func substitute(_ b: Six) -> Six {
    let n = normal
    let a0 = b.0 / n[0]
    let a1 = (b.1 - n[6] * a0) / n[7]
    let a2 = (b.2 - n[12] * a0 - n[13] * a1) / n[14]
    let a3 = (b.3 - n[18] * a0 - n[19] * a1 - n[20] * a2) / n[21]
    let a4 = (b.4 - n[24] * a0 - n[25] * a1 - n[26] * a2 - n[27] * a3) / n[28]
    let a5 = (b.5 - n[30] * a0 - n[31] * a1 - n[32] * a2 - n[33] * a3 - n[34] * a4) / n[35]
    let x5 = a5 / n[35]
    let x4 = (a4 - n[34] * x5) / n[28]
    let x3 = (a3 - n[27] * x4 - n[33] * x5) / n[21]
    let x2 = (a2 - n[20] * x3 - n[26] * x4 - n[32] * x5) / n[14]
    let x1 = (a1 - n[13] * x2 - n[19] * x3 - n[25] * x4 - n[31] * x5) / n[7]
    let x0 = (a0 - n[6] * x1 - n[12] * x2 - n[18] * x3 - n[24] * x4 - n[30] * x5) / n[0]
    return (x0, x1, x2, x3, x4, x5)
  }
}
