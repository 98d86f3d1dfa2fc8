/// A convex solid with flat faces, as the hull of points.
public struct ConvexHull: Sendable, Equatable {
  /// Corners, metres; a subset of the points.
  public private(set) var vertices: [Vector3]
  /// Corner numbers of each face, counter-clockwise seen from outside. Triangles in one plane are one face, and corners
  /// that lie on a straight edge are left out.
  public private(set) var faces: [[Int]]
  /// Outward unit normals, one a face.
  public private(set) var normals: [Vector3]

  /// The convex hull of the points; nil where they have no volume (fewer than four, or all in one plane).
  ///
  /// Quickhull (Barber, Dobkin, Huhdanpaa 1996) with the farthest point first. Points within 1e-9 of the points' extent
  /// of a face count as on it. The result depends on the points' order only where points tie.
  ///
  /// - Parameters:
  ///   - points: those that are not finite are passed over.
  ///   - maxVertices: with more corners than that (at least 4) the hull is made of the points that matter most; it then
  ///     lies within the whole hull.
  public init?(of points: some Sequence<Vector3>, maxVertices: Int = .max) {
    let finite = points.filter(\.isFinite)
    guard let bounds = AxisAlignedBox(containing: finite) else { return nil }
    let extent = bounds.size.length
    guard extent > 0, extent.isFinite else { return nil }
    // About the middle, so that a small thing far away is as exact as one at the origin.
    let center = bounds.center
    let centered = finite.map { $0 - center }
    var builder = HullBuilder(points: centered, extent: extent)
    guard builder.start() else { return nil }
    builder.grow(to: max(4, maxVertices))
    let merged = HullFaces(builder.triangles, points: centered, extent: extent)
    guard merged.loops.count >= 4 else { return nil }
    var number: [Int: Int] = [:]
    for corner in Set(merged.loops.joined()).sorted() { number[corner] = number.count }
    vertices = number.keys.sorted().map { finite[$0] }
    faces = merged.loops.map { $0.compactMap { number[$0] } }
    normals = merged.normals
  }

  /// Largest distance of the point outside a face's plane; negative inside.
  public func distanceOutside(_ point: Vector3) -> Double {
    var largest = -Double.infinity
    for (face, normal) in zip(faces, normals) { largest = max(largest, (point - vertices[face[0]]).dot(normal)) }
    return largest
  }

  /// The faces as fans of triangles.
  public var triangles: [TriangleMesh.Triangle] {
    faces.flatMap { face in
      (1..<face.count - 1).map { TriangleMesh.Triangle(Int32(face[0]), Int32(face[$0]), Int32(face[$0 + 1])) }
    }
  }

  /// Volume, centre and inertia at a density of 1 kg/m³.
  public var solidProperties: SolidProperties? { SolidProperties(positions: vertices, triangles: triangles) }
}
