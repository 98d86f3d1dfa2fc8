/// Joins a hull's triangles that lie in one plane into polygons.
struct HullFaces {
  /// Point numbers of each polygon, counter-clockwise from outside.
  private(set) var loops: [[Int]] = []
  /// Outward unit normals.
  private(set) var normals: [Vector3] = []

  private struct Edge: Hashable { var from: Int, to: Int }

  /// Corners within 1e-7 of the extent of a plane lie in it.
  init(_ triangles: [(Int, Int, Int)], points: [Vector3], extent: Double) {
    let crosses = triangles.map { (points[$0.1] - points[$0.0]).cross(points[$0.2] - points[$0.0]) }
    var owner: [Edge: Int] = [:]
    for (t, (a, b, c)) in triangles.enumerated() {
      for edge in [Edge(from: a, to: b), Edge(from: b, to: c), Edge(from: c, to: a)] { owner[edge] = t }
    }
    var group = [Int](repeating: -1, count: triangles.count), groups: [[Int]] = []
    // The largest triangles know their planes best.
    let order = triangles.indices.sorted { (crosses[$1].squaredLength, $0) < (crosses[$0].squaredLength, $1) }
    for seed in order where group[seed] < 0 {
      guard let normal = crosses[seed].normalized else { continue }
      let origin = points[triangles[seed].0]
      var members = [seed], next = 0
      group[seed] = groups.count
      while next < members.count {
        let (a, b, c) = triangles[members[next]]
        next += 1
        for edge in [Edge(from: b, to: a), Edge(from: c, to: b), Edge(from: a, to: c)] {
          guard let other = owner[edge], group[other] < 0, crosses[other].dot(normal) > 0 else { continue }
          let (p, q, r) = triangles[other]
          let isFlat = [p, q, r].allSatisfy { abs((points[$0] - origin).dot(normal)) <= 1e-7 * extent }
          if isFlat {
            group[other] = groups.count
            members.append(other)
          }
        }
      }
      groups.append(members)
    }
    for (number, members) in groups.enumerated() {
      var next: [Int: Int] = [:], isSimple = true
      for t in members {
        let (a, b, c) = triangles[t]
        for edge in [Edge(from: a, to: b), Edge(from: b, to: c), Edge(from: c, to: a)] {
          if let other = owner[Edge(from: edge.to, to: edge.from)], group[other] == number { continue }
          if next.updateValue(edge.to, forKey: edge.from) != nil { isSimple = false }
        }
      }
      let sum = members.reduce(Vector3.zero) { $0 + crosses[$1] }
      if isSimple, let loop = Self.loop(next), let normal = sum.normalized {
        loops.append(loop)
        normals.append(normal)
      } else {
        for t in members {
          guard let normal = crosses[t].normalized else { continue }
          loops.append([triangles[t].0, triangles[t].1, triangles[t].2])
          normals.append(normal)
        }
      }
    }
    removeStraightCorners()
  }

  /// The one loop that the steps make, from its smallest number; nil where they make several.
  private static func loop(_ next: [Int: Int]) -> [Int]? {
    guard let first = next.keys.min() else { return nil }
    var loop = [first]
    while let following = next[loop[loop.count - 1]], following != first {
      loop.append(following)
      if loop.count > next.count { return nil }
    }
    return loop.count == next.count && loop.count >= 3 ? loop : nil
  }

  /// A corner of only two faces lies on the straight edge between them.
  private mutating func removeStraightCorners() {
    var uses: [Int: Int] = [:]
    for corner in loops.joined() { uses[corner, default: 0] += 1 }
    for i in loops.indices {
      let kept = loops[i].filter { uses[$0, default: 0] > 2 }
      if kept.count >= 3 { loops[i] = kept }
    }
  }
}
