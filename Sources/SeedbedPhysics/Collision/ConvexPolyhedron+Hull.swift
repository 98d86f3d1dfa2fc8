package import SeedbedGeometry
internal import SeedbedMath

extension ConvexPolyhedron {
  /// A hull has at most this many vertices; a finer one is simplified from the inside.
  package static let maximumVertices = 64
  /// Flat things are made at least this thick, as a share of their diagonal (meshes come in any unit).
  private static let minimumThickness = 0.01

  /// The convex hull of the points; their bounding box where they have no volume; nil where the points have no extent.
  ///
  /// Every plane through three points that has all others on one side is a face. With at most 64 points that is cheap,
  /// needs no repair of nearly flat facets, and the result does not depend on the order of the points' triangles.
  package init?(hullOf points: some Sequence<Vector3>) {
    let finite = points.filter(\.isFinite)
    guard let bounds = AxisAlignedBox(containing: finite) else { return nil }
    let extent = bounds.size.length
    guard extent > 0, extent.isFinite else { return nil }
    let thin = Self.minimumThickness * extent
    let thick = Vector3(max(bounds.size.x, thin), max(bounds.size.y, thin), max(bounds.size.z, thin))
    let box = ConvexPolyhedron(box: thick, center: bounds.center)
    let chosen = Self.extremes(of: finite, extent: extent)
    guard let hull = Self.hull(of: chosen, extent: extent), hull.isClosed(extent),
      hull.massProperties(mass: 1) != nil
    else {
      self = box
      return
    }
    self = hull
  }

  /// At most `maximumVertices` different points, the outermost in evenly spread directions where there are more.
  private static func extremes(of points: [Vector3], extent: Double) -> [Vector3] {
    let tolerance = 1e-6 * extent
    let sorted = points.sorted { ($0.x, $0.y, $0.z) < ($1.x, $1.y, $1.z) }
    var unique: [Vector3] = []
    for p in sorted {
      // Sorted by x: only the tail can be near.
      let isNew = unique.reversed().prefix { p.x - $0.x <= tolerance }.allSatisfy { ($0 - p).length > tolerance }
      if isNew { unique.append(p) }
      if unique.count > 4096 { break }
    }
    guard unique.count > maximumVertices else { return unique }
    let candidates = unique.count > 4096 ? sorted : unique
    var chosen: [Int] = []
    for direction in directions {
      var best = 0
      var reach = -Double.infinity
      for (i, p) in candidates.enumerated() where p.dot(direction) > reach {
        reach = p.dot(direction)
        best = i
      }
      let p = candidates[best]
      if chosen.allSatisfy({ (candidates[$0] - p).length > tolerance }) { chosen.append(best) }
    }
    return chosen.sorted().map { candidates[$0] }
  }

  /// The corners of a cube first, then its faces and edges, then a spiral over the sphere.
  private static let directions: [Vector3] = {
    var result: [Vector3] = []
    for x in [-1.0, 0, 1] {
      for y in [-1.0, 0, 1] {
        for z in [-1.0, 0, 1] {
          if let d = Vector3(x, y, z).normalized { result.append(d) }
        }
      }
    }
    let count = maximumVertices - result.count
    for k in 0..<count {
      let z = 1 - (2 * Double(k) + 1) / Double(count)
      let (s, c) = Elementary.sinCos(2.399963229728653 * Double(k))
      let r = (1 - z * z).squareRoot()
      result.append(Vector3(r * c, r * s, z))
    }
    return result
  }()

  private static func hull(of points: [Vector3], extent: Double) -> ConvexPolyhedron? {
    guard points.count >= 4 else { return nil }
    let tolerance = 2e-6 * extent
    var faces: [(points: UInt64, normal: Vector3)] = []
    for i in 0..<points.count {
      for j in (i + 1)..<points.count {
        for k in (j + 1)..<points.count where points.count > k {
          let triple: UInt64 = 1 << UInt64(i) | 1 << UInt64(j) | 1 << UInt64(k)
          if faces.contains(where: { $0.points & triple == triple }) { continue }
          let cross = (points[j] - points[i]).cross(points[k] - points[i])
          guard cross.length > 1e-5 * extent * extent, let n = cross.normalized else { continue }
          guard let face = supportingFace(points, through: points[i], normal: n, tolerance: tolerance) else { continue }
          faces.append(face)
        }
      }
    }
    guard faces.count >= 4 else { return nil }
    let loops = faces.map { outline(points, $0.points, normal: $0.normal) }
    let used = Set(loops.joined()).sorted()
    var number: [Int: Int] = [:]
    for (new, old) in used.enumerated() { number[old] = new }
    return ConvexPolyhedron(
      vertices: used.map { points[$0] }, faces: loops.map { $0.compactMap { number[$0] } }, normals: faces.map(\.normal)
    )
  }

  /// The points on the plane where no point lies beyond it; nil where points lie on both sides.
  private static func supportingFace(
    _ points: [Vector3], through origin: Vector3, normal: Vector3, tolerance: Double
  ) -> (points: UInt64, normal: Vector3)? {
    var on: UInt64 = 0
    var above = false, below = false
    for (m, p) in points.enumerated() {
      let d = (p - origin).dot(normal)
      if d > tolerance { above = true } else if d < -tolerance { below = true } else { on |= 1 << UInt64(m) }
      if above && below { return nil }
    }
    guard above || below else { return nil }
    return (on, above ? -normal : normal)
  }

  /// The convex outline of the marked points, counter-clockwise about the normal (monotone chain).
  private static func outline(_ points: [Vector3], _ marked: UInt64, normal: Vector3) -> [Int] {
    let u = normal.anyOrthogonal, v = normal.cross(u)
    let flat = points.indices.filter { marked & (1 << UInt64($0)) != 0 }
      .map { (index: $0, x: points[$0].dot(u), y: points[$0].dot(v)) }
      .sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    let scale = flat.map { abs($0.x) + abs($0.y) }.max() ?? 1
    func half(_ sequence: [(index: Int, x: Double, y: Double)]) -> [(index: Int, x: Double, y: Double)] {
      var chain: [(index: Int, x: Double, y: Double)] = []
      for p in sequence {
        while chain.count >= 2 {
          let a = chain[chain.count - 2], b = chain[chain.count - 1]
          let turn = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
          if turn > 1e-9 * scale * scale { break }
          chain.removeLast()
        }
        chain.append(p)
      }
      return chain
    }
    return (half(flat).dropLast() + half(flat.reversed()).dropLast()).map(\.index)
  }

  /// The faces' areas times normals of a closed surface add up to nothing.
  private func isClosed(_ extent: Double) -> Bool {
    guard faces.allSatisfy({ $0.count >= 3 }) else { return false }
    var sum = Vector3.zero
    for face in faces {
      for i in 1..<(face.count - 1) {
        let a = vertices[face[0]]
        sum += (vertices[face[i]] - a).cross(vertices[face[i + 1]] - a)
      }
    }
    return sum.length < 1e-3 * extent * extent
  }
}
