import SeedbedGeometry

/// Which way the triangles of a surface look.
enum SurfaceOrientation: Equatable {
  /// Closed, all triangles counter-clockwise seen from outside.
  case outward
  /// Closed, but inside out.
  case inward
  /// Open or inconsistent.
  case mixed

  /// Judges several meshes as one surface. Vertices at the same place count as one.
  init(_ meshes: [TriangleMesh]) {
    var edges: [DirectedEdge] = []
    var volume = 0.0
    let places = Self.numbers(of: meshes)
    var first = 0
    for mesh in meshes {
      for t in mesh.triangles {
        let corner = (places[first + Int(t.a)], places[first + Int(t.b)], places[first + Int(t.c)])
        if corner.0 == corner.1 || corner.1 == corner.2 || corner.2 == corner.0 { continue }
        edges.append(DirectedEdge(corner.0, corner.1))
        edges.append(DirectedEdge(corner.1, corner.2))
        edges.append(DirectedEdge(corner.2, corner.0))
        let a = mesh.positions[Int(t.a)], b = mesh.positions[Int(t.b)], c = mesh.positions[Int(t.c)]
        volume += a.dot(b.cross(c))
      }
      first += mesh.positions.count
    }
    guard !edges.isEmpty, Self.areBalanced(&edges) else {
      self = .mixed
      return
    }
    self = volume >= 0 ? .outward : .inward
  }

  /// An edge and the direction in which a triangle runs along it.
  private struct DirectedEdge {
    let key: UInt64
    let direction: Int8

    init(_ from: UInt32, _ to: UInt32) {
      key = UInt64(min(from, to)) << 32 | UInt64(max(from, to))
      direction = from < to ? 1 : -1
    }
  }

  /// Whether every edge is run along as often one way as the other.
  private static func areBalanced(_ edges: inout [DirectedEdge]) -> Bool {
    edges.sort { $0.key < $1.key }
    var sum = 0
    for i in edges.indices {
      if i > 0, edges[i].key != edges[i - 1].key {
        if sum != 0 { return false }
      }
      sum += Int(edges[i].direction)
    }
    return sum == 0
  }

  /// The same number for all vertices at the same place, over all meshes one after the other.
  private static func numbers(of meshes: [TriangleMesh]) -> [UInt32] {
    let points = meshes.flatMap(\.positions)
    let order = points.indices.sorted { i, j in
      let p = points[i], q = points[j]
      return p.x != q.x ? p.x < q.x : p.y != q.y ? p.y < q.y : p.z < q.z
    }
    var result = [UInt32](repeating: 0, count: points.count)
    var number: UInt32 = 0
    for (k, i) in order.enumerated() {
      if k > 0, points[i] != points[order[k - 1]] { number += 1 }
      result[i] = number
    }
    return result
  }
}
