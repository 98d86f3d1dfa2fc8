/// Volume, centre of mass and inertia of a solid of one density.
public struct SolidProperties: Sendable, Equatable {
  /// m³.
  public var volume: Double
  /// In the frame of the vertices, metres.
  public var center: Vector3
  /// About the centre, along the axes of the vertices, at 1 kg/m³: kg m².
  public var inertia: Matrix3

  /// Of the solid inside a closed surface whose triangles are counter-clockwise seen from outside; nil where they enclose
  /// no volume (open, flat or inside out).
  ///
  /// Sums tetrahedra from the middle of the surface; their second moments: Tonon, "Explicit exact formulas for the 3-D
  /// tetrahedron inertia tensor", 2004.
  public init?(positions: [Vector3], triangles: [TriangleMesh.Triangle]) {
    guard let box = AxisAlignedBox(containing: positions) else { return nil }
    let origin = box.center
    var volume = 0.0, first = Vector3.zero
    // xx, yy, zz and xy, yz, zx.
    var squares = Vector3.zero, products = Vector3.zero
    for t in triangles {
      let a = positions[Int(t.a)] - origin, b = positions[Int(t.b)] - origin, c = positions[Int(t.c)] - origin
      let v = a.dot(b.cross(c)) / 6, s = a + b + c
      volume += v
      first += s * (v / 4)
      squares += (a.scaled(by: a) + b.scaled(by: b) + c.scaled(by: c) + s.scaled(by: s)) * (v / 20)
      let turned = [a, b, c, s].reduce(Vector3.zero) { $0 + $1.scaled(by: Vector3($1.y, $1.z, $1.x)) }
      products += turned * (v / 20)
    }
    let size = box.size
    guard volume.isFinite, volume > 1e-9 * size.x * size.y * size.z else { return nil }
    let c = first / volume
    squares -= c.scaled(by: c) * volume
    products -= c.scaled(by: Vector3(c.y, c.z, c.x)) * volume
    self.volume = volume
    center = origin + c
    inertia = Matrix3(
      rows: Vector3(squares.y + squares.z, -products.x, -products.z),
      Vector3(-products.x, squares.z + squares.x, -products.y),
      Vector3(-products.z, -products.y, squares.x + squares.y))
  }
}

extension TriangleMesh {
  /// Whether every edge has one triangle on either side, where vertices in one place count as one.
  public var isClosed: Bool {
    struct Edge: Hashable { var from: Int, to: Int }
    var places: [Vector3: Int] = [:]
    let numbers = positions.map { position -> Int in
      let number = places[position] ?? places.count
      places[position] = number
      return number
    }
    var open: Set<Edge> = []
    for t in triangles {
      let corners = [numbers[Int(t.a)], numbers[Int(t.b)], numbers[Int(t.c)]]
      for k in 0..<3 {
        let edge = Edge(from: corners[k], to: corners[(k + 1) % 3])
        if open.remove(Edge(from: edge.to, to: edge.from)) == nil, !open.insert(edge).inserted { return false }
      }
    }
    return open.isEmpty && !triangles.isEmpty
  }

  /// Volume, centre and inertia of the solid inside, at 1 kg/m³; nil where the surface is not closed.
  public var solidProperties: SolidProperties? {
    isClosed ? SolidProperties(positions: positions, triangles: triangles) : nil
  }
}
