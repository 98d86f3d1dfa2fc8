package import CRaster
package import SeedbedGeometry

/// Triangles in the rasteriser's format, under construction.
package struct DrawMesh: Sendable {
  package var vertices: [RasterVertex] = []
  package var indices: [UInt32] = []

  package init() {}

  package var triangleCount: Int { indices.count / 3 }

  /// Adds a vertex and returns its number. `u` runs to the right, `v` up; the rasteriser's v runs down.
  @discardableResult
  package mutating func add(_ position: Vector3, normal: Vector3, u: Double = 0, v: Double = 0) -> UInt32 {
    vertices.append(
      RasterVertex(
        position: (Float(position.x), Float(position.y), Float(position.z)),
        normal: (Float(normal.x), Float(normal.y), Float(normal.z)), uv: (Float(u), Float(-v))))
    return UInt32(vertices.count - 1)
  }

  package mutating func addTriangle(_ a: UInt32, _ b: UInt32, _ c: UInt32) {
    indices.append(a)
    indices.append(b)
    indices.append(c)
  }

  /// The quadrilateral a b c d, counter-clockwise seen from the front.
  mutating func addQuad(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) {
    addTriangle(a, b, c)
    addTriangle(a, c, d)
  }

  /// Adds another mesh, moved by `pose`.
  mutating func append(_ other: DrawMesh, at pose: Pose) {
    let base = UInt32(vertices.count)
    vertices.reserveCapacity(vertices.count + other.vertices.count)
    for vertex in other.vertices {
      var moved = vertex
      let p = pose.apply(vertex.positionVector)
      let n = pose.rotate(vertex.normalVector)
      moved.position = (Float(p.x), Float(p.y), Float(p.z))
      moved.normal = (Float(n.x), Float(n.y), Float(n.z))
      vertices.append(moved)
    }
    indices.append(contentsOf: other.indices.lazy.map { $0 + base })
  }

  /// Around the centre of the bounding box.
  var bounds: BoundingSphere {
    let points = vertices.lazy.map(\.positionVector)
    guard let box = AxisAlignedBox(containing: points) else { return BoundingSphere(center: .zero, radius: 0) }
    let center = box.center
    let radius = points.map { ($0 - center).squaredLength }.max() ?? 0
    return BoundingSphere(center: center, radius: radius.squareRoot())
  }

  /// The mesh in pieces of at most so many triangles, at first what the rasteriser can hold.
  package func pieces(limit: Int = Int(RASTER_MAX_TRIANGLES)) -> [DrawMesh] {
    guard triangleCount > limit else { return [self] }
    var result: [DrawMesh] = []
    for first in stride(from: 0, to: triangleCount, by: limit) {
      let end = min(first + limit, triangleCount)
      var piece = DrawMesh()
      var numbers: [UInt32: UInt32] = [:]
      for index in indices[3 * first..<3 * end] {
        if let number = numbers[index] {
          piece.indices.append(number)
        } else {
          let number = UInt32(piece.vertices.count)
          numbers[index] = number
          piece.vertices.append(vertices[Int(index)])
          piece.indices.append(number)
        }
      }
      result.append(piece)
    }
    return result
  }
}

struct BoundingSphere: Sendable {
  var center: Vector3
  /// Metres.
  var radius: Double

  func moved(by pose: Pose) -> BoundingSphere { BoundingSphere(center: pose.apply(center), radius: radius) }
}

extension RasterVertex {
  var positionVector: Vector3 { Vector3(Double(position.0), Double(position.1), Double(position.2)) }
  var normalVector: Vector3 { Vector3(Double(normal.0), Double(normal.1), Double(normal.2)) }
}
