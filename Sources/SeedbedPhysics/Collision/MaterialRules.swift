internal import SeedbedScene

/// What two surfaces do to each other: the pair of their materials says it, where both follow from their materials; else
/// the geometric mean of what each has of its own.
struct MaterialRules {
  private let pairs: [String: [String: MaterialPair]]

  init(_ pairs: [MaterialPair]) {
    var table: [String: [String: MaterialPair]] = [:]
    for pair in pairs { table[pair.first, default: [:]][pair.second] = pair }
    self.pairs = table
  }

  private func pair(_ a: SurfaceMaterial, _ b: SurfaceMaterial) -> MaterialPair? {
    pairs[min(a.name, b.name)]?[max(a.name, b.name)]
  }

  /// Coulomb coefficients.
  func friction(_ a: CollisionGeom, _ b: CollisionGeom) -> (atRest: Double, sliding: Double) {
    if let first = a.material, let second = b.material, first.setsFriction, second.setsFriction,
      let pair = pair(first, second)
    {
      return (pair.friction, min(pair.friction, pair.kineticFriction))
    }
    let mean = (a.friction * b.friction).squareRoot()
    return (mean, mean)
  }

  /// A robot's motors hold what its links are hit with: its contacts do not bounce.
  func restitution(_ a: CollisionGeom, _ b: CollisionGeom) -> Double {
    if let first = a.material, let second = b.material, first.setsRestitution, second.setsRestitution,
      !a.isLink, !b.isLink, let pair = pair(first, second)
    {
      return pair.restitution
    }
    return (a.restitution * b.restitution).squareRoot()
  }
}
