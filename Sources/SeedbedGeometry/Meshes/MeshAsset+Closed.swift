extension MeshAsset {
  /// The area of the surface's holes as a share of its own; 0 where it is closed.
  ///
  /// A hole is a ring of edges that an odd number of triangles share; its area is the length of ½ Σ p × q over the ring.
  /// Slivers and T-junctions, which many programs write, have none. Vertices within a millionth of the mesh's size are one.
  package var openShare: Double {
    var surface = WeldedSurface(self)
    let share = surface.openShare
    guard share > 1e-6 else { return share }
    // Vertices that were rounded apart; to look for them is dearer.
    surface.joinNeighbours()
    return surface.openShare
  }
}

/// Triangles by the numbers of vertices that are all in different places.
private struct WeldedSurface {
  private var points: [Vector3] = []
  private var triangles: [(Int, Int, Int)] = []

  init(_ asset: MeshAsset) {
    var numbers: [Vector3: Int] = [:]
    for part in asset.parts {
      let welded = part.mesh.positions.map { position in
        if let number = numbers[position] { return number }
        numbers[position] = points.count
        points.append(position)
        return points.count - 1
      }
      triangles += part.mesh.triangles.map { (welded[Int($0.a)], welded[Int($0.b)], welded[Int($0.c)]) }
    }
  }

  /// Makes one of vertices that lie within a millionth of the mesh's size of each other.
  mutating func joinNeighbours() {
    guard let box = AxisAlignedBox(containing: points), box.size.length > 0 else { return }
    let reach = 1e-6 * box.size.length
    var first: [SIMD3<Int32>: Int] = [:]
    var groups = Groups(count: points.count)
    for (number, point) in points.enumerated() {
      let place = (point - box.lower) * (1 / reach)
      let cell = SIMD3<Int32>(Int32(place.x), Int32(place.y), Int32(place.z))
      for index in 0..<27 {
        let neighbour = cell &+ SIMD3(Int32(index % 3) - 1, Int32(index / 3 % 3) - 1, Int32(index / 9) - 1)
        guard let other = first[neighbour], (points[other] - point).length <= reach else { continue }
        groups.join(number, other)
      }
      if first[cell] == nil { first[cell] = number }
    }
    triangles = triangles.map { (groups.first(of: $0.0), groups.first(of: $0.1), groups.first(of: $0.2)) }
  }

  var openShare: Double {
    var area = 0.0
    // Each once a triangle: the lower vertex, the higher one, and whether the triangle runs from the lower one.
    var edges: [UInt64] = []
    edges.reserveCapacity(3 * triangles.count)
    for (a, b, c) in triangles where a != b && b != c && c != a {
      area += 0.5 * (points[b] - points[a]).cross(points[c] - points[a]).length
      for (p, q) in [(a, b), (b, c), (c, a)] {
        edges.append(UInt64(min(p, q)) << 33 | UInt64(max(p, q)) << 1 | (p < q ? 1 : 0))
      }
    }
    guard area > 0, area.isFinite else { return 0 }
    edges.sort()
    var rims: [(from: Int, to: Int)] = []
    var start = 0
    while start < edges.count {
      var end = start, forward = 0
      while end < edges.count, edges[end] >> 1 == edges[start] >> 1 {
        forward += edges[end] & 1 == 1 ? 1 : -1
        end += 1
      }
      let low = Int(edges[start] >> 33), high = Int(edges[start] >> 1 & 0xFFFF_FFFF)
      if (end - start) % 2 == 1 { rims.append(forward > 0 ? (low, high) : (high, low)) }
      start = end
    }
    return areaOfRings(rims) / area
  }

  private func areaOfRings(_ rims: [(from: Int, to: Int)]) -> Double {
    var groups = Groups(count: points.count)
    for rim in rims { groups.join(rim.from, rim.to) }
    var areas: [Int: Vector3] = [:]
    for rim in rims {
      let ring = groups.first(of: rim.from), origin = points[ring]
      areas[ring, default: .zero] += (points[rim.from] - origin).cross(points[rim.to] - origin) * 0.5
    }
    return areas.keys.sorted().reduce(0) { $0 + (areas[$1]?.length ?? 0) }
  }
}

/// Numbers that belong together, each group by its lowest.
private struct Groups {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func first(of number: Int) -> Int {
    var number = number
    while parents[number] != number {
      parents[number] = parents[parents[number]]
      number = parents[number]
    }
    return number
  }

  mutating func join(_ a: Int, _ b: Int) {
    let a = first(of: a), b = first(of: b)
    parents[max(a, b)] = min(a, b)
  }
}
