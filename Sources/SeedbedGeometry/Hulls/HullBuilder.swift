/// Quickhull's working state: triangles with their neighbours and the points that still lie outside them.
struct HullBuilder {
  private struct Face {
    var corners: (Int, Int, Int)
    /// Faces across the edges (0, 1), (1, 2), (2, 0).
    var neighbours: (Int, Int, Int) = (-1, -1, -1)
    var normal: Vector3
    var offset: Double
    /// Points outside this face, and the farthest of them.
    var outside: [Int] = []
    var farthest = -1, reach = 0.0
    var isAlive = true
  }

  private struct Edge: Hashable { var from: Int, to: Int }

  private let points: [Vector3]
  private let extent: Double
  private let tolerance: Double
  private var faces: [Face] = []
  private var alive: [Int] = []

  init(points: [Vector3], extent: Double) {
    self.points = points
    self.extent = extent
    tolerance = 1e-9 * extent
  }

  /// Corner numbers of the hull's triangles, counter-clockwise from outside.
  var triangles: [(Int, Int, Int)] { faces.filter(\.isAlive).map(\.corners) }

  /// The first tetrahedron; false where the points have no volume.
  mutating func start() -> Bool {
    func farthest(_ distance: (Vector3) -> Double) -> (Int, Double) {
      var best = (-1, -1.0)
      for (i, p) in points.enumerated() {
        let d = distance(p)
        if d > best.1 { best = (i, d) }
      }
      return best
    }
    let (a, _) = farthest { $0.x + extent }
    guard a >= 0 else { return false }
    let pa = points[a]
    let (b, ab) = farthest { ($0 - pa).length }
    guard ab > 1e-6 * extent, let line = (points[b] - pa).normalized else { return false }
    let (c, height) = farthest { (($0 - pa) - line * ($0 - pa).dot(line)).length }
    guard height > 1e-6 * extent, let up = (points[b] - pa).cross(points[c] - pa).normalized else { return false }
    let (d, depth) = farthest { abs(($0 - pa).dot(up)) }
    guard depth > 1e-6 * extent else { return false }
    let isAbove = (points[d] - pa).dot(up) > 0
    let (p, q) = isAbove ? (c, b) : (b, c)
    let corners = [(a, p, q), (a, q, d), (q, p, d), (p, a, d)]
    for triple in corners { guard makeFace(triple.0, triple.1, triple.2) != nil else { return false } }
    join(Array(faces.indices))
    assign(Array(points.indices), to: Array(faces.indices))
    return true
  }

  /// Adds farthest points until none is outside or the hull has that many corners. With a limit the farthest of all
  /// comes first, which takes a search each time; without one the order does not matter.
  mutating func grow(to maxVertices: Int) {
    alive = Array(faces.indices)
    if maxVertices >= points.count {
      while let face = alive.popLast() {
        while faces[face].isAlive, faces[face].farthest >= 0 { advance(face) }
      }
      return
    }
    var corners = 4
    while corners < maxVertices {
      alive.removeAll { !faces[$0].isAlive }
      var best = -1
      for f in alive where faces[f].farthest >= 0 {
        if best < 0 || faces[f].reach > faces[best].reach { best = f }
      }
      guard best >= 0 else { return }
      if advance(best) { corners += 1 }
    }
  }

  /// Takes the farthest point of a face into the hull; passes it over (false) where rounding forbids that.
  @discardableResult
  private mutating func advance(_ face: Int) -> Bool {
    let eye = faces[face].farthest
    if add(eye, from: face) { return true }
    drop(eye, from: face)
    return false
  }

  /// Replaces the faces that see the point by a cone to it; false (nothing done) where rounding makes that impossible.
  private mutating func add(_ eye: Int, from seed: Int) -> Bool {
    var visible = [seed], isVisible: Set<Int> = [seed], next = 0
    var horizon: [(edge: Edge, beyond: Int)] = []
    while next < visible.count {
      let f = visible[next]
      next += 1
      let (a, b, c) = faces[f].corners, n = faces[f].neighbours
      for (edge, other) in [(Edge(from: a, to: b), n.0), (Edge(from: b, to: c), n.1), (Edge(from: c, to: a), n.2)] {
        if isVisible.contains(other) { continue }
        // Faces in one plane with the eye go too; a sliver would stay otherwise.
        if points[eye].dot(faces[other].normal) - faces[other].offset > -tolerance {
          isVisible.insert(other)
          visible.append(other)
        } else {
          horizon.append((edge, other))
        }
      }
    }
    horizon.removeAll { isVisible.contains($0.beyond) }
    guard isOneLoop(horizon.map(\.edge)) else { return false }
    let first = faces.count
    for (edge, _) in horizon {
      guard makeFace(edge.from, edge.to, eye) != nil else {
        faces.removeSubrange(first...)
        return false
      }
    }
    let fresh = Array(first..<faces.count)
    for (f, (edge, beyond)) in zip(fresh, horizon) {
      faces[f].neighbours.0 = beyond
      replaceNeighbour(of: beyond, across: Edge(from: edge.to, to: edge.from), by: f)
    }
    join(fresh)
    var orphans: [Int] = []
    for f in visible {
      faces[f].isAlive = false
      orphans += faces[f].outside
      faces[f].outside = []
    }
    assign(orphans.filter { $0 != eye }, to: fresh)
    alive += fresh
    return true
  }

  private func isOneLoop(_ edges: [Edge]) -> Bool {
    guard edges.count >= 3 else { return false }
    var next: [Int: Int] = [:]
    for edge in edges { guard next.updateValue(edge.to, forKey: edge.from) == nil else { return false } }
    var at = edges[0].from
    for step in 1...edges.count {
      guard let following = next[at] else { return false }
      at = following
      if at == edges[0].from { return step == edges.count }
    }
    return false
  }

  private mutating func makeFace(_ a: Int, _ b: Int, _ c: Int) -> Int? {
    let u = points[b] - points[a], v = points[c] - points[a]
    let cross = u.cross(v), longest = max(u.squaredLength, v.squaredLength, (points[c] - points[b]).squaredLength)
    guard cross.length > 1e-12 * longest, longest > 0 else { return nil }
    let normal = cross / cross.length
    let offset = (normal.dot(points[a]) + normal.dot(points[b]) + normal.dot(points[c])) / 3
    faces.append(Face(corners: (a, b, c), normal: normal, offset: offset))
    return faces.count - 1
  }

  /// Makes faces that share an edge neighbours of each other.
  private mutating func join(_ some: [Int]) {
    var owner: [Edge: Int] = [:]
    for f in some {
      let (a, b, c) = faces[f].corners
      for edge in [Edge(from: a, to: b), Edge(from: b, to: c), Edge(from: c, to: a)] {
        let back = Edge(from: edge.to, to: edge.from)
        if let other = owner[back] {
          replaceNeighbour(of: f, across: edge, by: other)
          replaceNeighbour(of: other, across: back, by: f)
        }
        owner[edge] = f
      }
    }
  }

  private mutating func replaceNeighbour(of face: Int, across edge: Edge, by other: Int) {
    let (a, b, c) = faces[face].corners
    if edge == Edge(from: a, to: b) {
      faces[face].neighbours.0 = other
    } else if edge == Edge(from: b, to: c) {
      faces[face].neighbours.1 = other
    } else if edge == Edge(from: c, to: a) {
      faces[face].neighbours.2 = other
    }
  }

  /// Gives each point to the face that it is farthest outside of.
  private mutating func assign(_ some: [Int], to candidates: [Int]) {
    for p in some {
      var best = -1, reach = tolerance
      for f in candidates {
        let d = points[p].dot(faces[f].normal) - faces[f].offset
        if d > reach { (best, reach) = (f, d) }
      }
      guard best >= 0 else { continue }
      faces[best].outside.append(p)
      if reach > faces[best].reach || faces[best].farthest < 0 {
        faces[best].farthest = p
        faces[best].reach = reach
      }
    }
  }

  private mutating func drop(_ point: Int, from face: Int) {
    let rest = faces[face].outside.filter { $0 != point }
    faces[face].outside = []
    faces[face].farthest = -1
    faces[face].reach = 0
    for p in rest {
      let d = points[p].dot(faces[face].normal) - faces[face].offset
      faces[face].outside.append(p)
      if d > faces[face].reach {
        faces[face].farthest = p
        faces[face].reach = d
      }
    }
  }
}
