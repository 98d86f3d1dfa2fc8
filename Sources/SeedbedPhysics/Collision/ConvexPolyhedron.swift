package import SeedbedGeometry

/// A convex solid bounded by flat faces.
package struct ConvexPolyhedron: Sendable, Equatable {
  package var vertices: [Vector3]
  /// Vertex numbers of each face, counter-clockwise seen from outside, no three on a line.
  package var faces: [[Int]]
  /// Outward unit normals, one a face.
  package var normals: [Vector3]

  package init(vertices: [Vector3], faces: [[Int]], normals: [Vector3]) {
    self.vertices = vertices
    self.faces = faces
    self.normals = normals
  }

  package init(box size: Vector3, center: Vector3 = .zero) {
    let signs = [(-1, -1, -1), (1, -1, -1), (1, 1, -1), (-1, 1, -1), (-1, -1, 1), (1, -1, 1), (1, 1, 1), (-1, 1, 1)]
    vertices = signs.map {
      center + Vector3(Double($0.0) * size.x, Double($0.1) * size.y, Double($0.2) * size.z) * 0.5
    }
    faces = [[1, 2, 6, 5], [0, 4, 7, 3], [2, 3, 7, 6], [0, 1, 5, 4], [4, 5, 6, 7], [0, 3, 2, 1]]
    normals = [.unitX, -.unitX, .unitY, -.unitY, .unitZ, -.unitZ]
  }

  package func translated(by offset: Vector3) -> ConvexPolyhedron {
    ConvexPolyhedron(vertices: vertices.map { $0 + offset }, faces: faces, normals: normals)
  }

  /// m³.
  package var volume: Double {
    guard let origin = vertices.first else { return 0 }
    return faces.reduce(0) { sum, face in
      (1..<(face.count - 1)).reduce(sum) { sum, i in
        let a = vertices[face[0]] - origin, b = vertices[face[i]] - origin, c = vertices[face[i + 1]] - origin
        return sum + a.dot(b.cross(c)) / 6
      }
    }
  }

  /// Mass properties at the mass, of one density; nil where the faces enclose no volume.
  package func massProperties(mass: Double) -> MassProperties? {
    guard let box = AxisAlignedBox(containing: vertices) else { return nil }
    // Tetrahedra from the middle of the bounding box to every triangle of the fans.
    let origin = box.center
    var volume = 0.0
    var first = Vector3.zero
    var second = Matrix3.zero
    for face in faces {
      for i in 1..<(face.count - 1) {
        let a = vertices[face[0]] - origin, b = vertices[face[i]] - origin, c = vertices[face[i + 1]] - origin
        let v = a.dot(b.cross(c)) / 6
        let s = a + b + c
        volume += v
        first += s * (v / 4)
        let moments =
          MassProperties.outer(a, a) + MassProperties.outer(b, b) + MassProperties.outer(c, c)
          + MassProperties.outer(s, s)
        second = second + moments * (v / 20)
      }
    }
    let size = box.size
    guard volume > 1e-3 * size.x * size.y * size.z else { return nil }
    let center = first / volume
    let density = mass / volume
    let covariance = second * density + MassProperties.outer(center, center) * -mass
    let inertia = Matrix3.diagonal(Vector3(1, 1, 1)) * covariance.trace + covariance * -1
    guard InertiaCheck.verdict(inertia) == .good else { return nil }
    return MassProperties(mass: mass, center: origin + center, inertia: inertia)
  }
}
