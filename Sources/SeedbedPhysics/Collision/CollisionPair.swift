internal import CODE

/// Two geoms that may touch; the first one always has a body.
struct CollisionPair {
  let first: Int32, second: Int32
  /// Geometric means of the two.
  let friction: Double
  let restitution: Double
  let needsManifold: Bool
  let touchesLine: Bool

  init(_ first: Int, _ second: Int, _ geoms: [CollisionGeom]) {
    let a = geoms[first], b = geoms[second]
    self.first = Int32(first)
    self.second = Int32(second)
    friction = (a.friction * b.friction).squareRoot()
    restitution = (a.restitution * b.restitution).squareRoot()
    needsManifold = Self.givesOnePoint(a, b) || Self.givesOnePoint(b, a)
    touchesLine = a.isRound || b.isRound
  }

  /// ODE's general convex collider and its capsule-box collider find a single point.
  private static func givesOnePoint(_ a: CollisionGeom, _ b: CollisionGeom) -> Bool {
    switch (a.shape, b.shape) {
    case (.sphere, _), (_, .sphere): false
    case (.polyhedron, .polyhedron): a.isHull || b.isHull
    case (.polyhedron, .cylinder): a.isHull
    case (.polyhedron, .capsule): true
    case (.cylinder, _), (.capsule, _): false
    }
  }
}

extension CollisionGeom {
  /// Rolls on its side.
  var isRound: Bool {
    switch shape {
    case .cylinder, .capsule: true
    case .sphere, .polyhedron: false
    }
  }
}

/// A contact point of the last step of a frame.
struct Touching {
  var pair: Int32
  var point: (Double, Double, Double)
  var normal: (Double, Double, Double)
  var depth: Double
}
