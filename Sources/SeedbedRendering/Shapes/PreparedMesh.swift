import SeedbedGeometry

/// A mesh file ready to be drawn at any scale: which way its triangles look has been settled.
///
/// Many CAD exports have holes or triangles that look the wrong way. A closed surface with consistent triangles is drawn
/// from outside only; anything else from both sides.
struct PreparedMesh: Sendable {
  struct Part: Sendable {
    var mesh: TriangleMesh
    /// sRGB; nil where the file names none.
    var color: Vector3?
    var texture: String?
  }

  var parts: [Part]
  var isTwoSided: Bool

  /// - Throws: where a triangle names a vertex that does not exist, or a number is not finite.
  init(_ asset: MeshAsset, path: String) throws(RenderError) {
    for part in asset.parts { try Self.check(part.mesh, path: path) }
    let orientation = SurfaceOrientation(asset.parts.map(\.mesh))
    isTwoSided = orientation == .mixed
    parts = asset.parts.map { part in
      var mesh = part.mesh
      if orientation == .inward {
        mesh.triangles = mesh.triangles.map { TriangleMesh.Triangle($0.a, $0.c, $0.b) }
      }
      let color = part.color.flatMap { $0.count >= 3 ? Vector3($0[0], $0[1], $0[2]) : nil }
      return Part(mesh: mesh, color: color, texture: part.texture)
    }
  }

  private static func check(_ mesh: TriangleMesh, path: String) throws(RenderError) {
    let count = mesh.positions.count
    guard mesh.normals.isEmpty || mesh.normals.count == count,
      mesh.textureCoordinates.isEmpty || mesh.textureCoordinates.count == count
    else { throw RenderError(path, "the mesh has another number of normals or texture coordinates than of vertices") }
    for triangle in mesh.triangles {
      for index in [triangle.a, triangle.b, triangle.c] where index < 0 || Int(index) >= count {
        throw RenderError(path, "a triangle names vertex \(index), but the mesh has \(count) vertices")
      }
    }
    if mesh.positions.contains(where: { !$0.isFinite || $0.squaredLength > 1e12 }) {
      throw RenderError(path, "the mesh has a vertex that is not finite or is beyond 1000 km")
    }
  }

  /// What the texture coordinates of a drawn mesh are.
  enum Mapping {
    /// The file's own, where it has them; else `metres`.
    case own
    /// Metres, projected along the axis that the triangle faces.
    case metres
  }

  /// One part as triangles to draw. A mirrored scale keeps the surface's outside out.
  func drawMesh(part index: Int, scale: Vector3, mapping: Mapping) -> DrawMesh {
    let mesh = parts[index].mesh
    let isMirrored = scale.x * scale.y * scale.z < 0
    let keepsOwn = mapping == .own && !mesh.textureCoordinates.isEmpty
    var result = DrawMesh()
    if keepsOwn {
      for i in mesh.positions.indices {
        let uv = mesh.textureCoordinates[i]
        result.add(
          mesh.positions[i].scaled(by: scale), normal: Self.normal(of: mesh, at: i, scale: scale),
          u: Self.bounded(uv.u), v: Self.bounded(uv.v))
      }
    }
    for triangle in mesh.triangles {
      let corners = isMirrored ? [triangle.a, triangle.c, triangle.b] : [triangle.a, triangle.b, triangle.c]
      var numbers: [UInt32]
      if keepsOwn {
        numbers = corners.map { UInt32($0) }
      } else {
        let points = corners.map { mesh.positions[Int($0)].scaled(by: scale) }
        let face = (points[1] - points[0]).cross(points[2] - points[0])
        numbers = corners.indices.map { k in
          let (u, v) = Self.boxMapping(points[k], facing: face)
          let own = mesh.normals.isEmpty ? nil : Self.normal(of: mesh, at: Int(corners[k]), scale: scale)
          return result.add(points[k], normal: own ?? face.normalized ?? .unitZ, u: u, v: v)
        }
      }
      result.addTriangle(numbers[0], numbers[1], numbers[2])
      if isTwoSided { result.addTriangle(numbers[0], numbers[2], numbers[1]) }
    }
    return result
  }

  private static func normal(of mesh: TriangleMesh, at index: Int, scale: Vector3) -> Vector3 {
    guard !mesh.normals.isEmpty else { return .zero }
    let n = mesh.normals[index]
    // Normals transform with the inverse scale; its determinant's factor drops out by normalising.
    let cofactors = Vector3(scale.y * scale.z, scale.x * scale.z, scale.x * scale.y)
    let sign = cofactors.x * scale.x < 0 ? -1.0 : 1.0
    return n.scaled(by: cofactors * sign).normalized ?? .unitZ
  }

  private static func boxMapping(_ p: Vector3, facing n: Vector3) -> (u: Double, v: Double) {
    if abs(n.z) >= abs(n.x), abs(n.z) >= abs(n.y) { return (n.z > 0 ? p.x : -p.x, p.y) }
    if abs(n.x) >= abs(n.y) { return (n.x > 0 ? p.y : -p.y, p.z) }
    return (n.y > 0 ? -p.x : p.x, p.z)
  }

  private static func bounded(_ value: Float) -> Double {
    value.isFinite ? min(1e4, max(-1e4, Double(value))) : 0
  }
}
