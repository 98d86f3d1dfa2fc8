import Diagnostics

/// Collects triangles by material while a file is read, then makes parts with one index a vertex.
struct MeshBuilder {
  /// A corner of a triangle: indices into the pools; -1 where the file gives none.
  struct Corner: Hashable {
    var position: Int32, normal: Int32 = -1, texture: Int32 = -1
  }

  struct Material: Equatable {
    var color: [Double]?
    var texture: String?
  }

  private struct Part {
    var material: Material
    /// Three a triangle.
    var corners: [Corner] = []
  }

  /// Edges whose faces meet at less than this are drawn round. cos 40°.
  static let creaseCosine = 0.766044443118978

  let path: String
  let limits: MeshLimits
  var positions: [Vector3] = []
  var normals: [Vector3] = []
  var textureCoordinates: [TriangleMesh.TextureCoordinate] = []
  private var parts: [Part] = []
  private var partNumbers: [String: Int] = [:]
  private(set) var triangleCount = 0

  init(path: String, limits: MeshLimits) {
    self.path = path
    self.limits = limits
  }

  /// The part of that name; made on first use.
  mutating func part(_ name: String, _ material: @autoclosure () -> Material) -> Int {
    if let number = partNumbers[name] { return number }
    partNumbers[name] = parts.count
    parts.append(Part(material: material()))
    return parts.count - 1
  }

  mutating func append(_ a: Corner, _ b: Corner, _ c: Corner, to part: Int) throws(InputError) {
    triangleCount += 1
    if triangleCount > limits.triangles {
      throw InputError(
        at: SourceLocation(file: path), "The mesh has more than \(limits.triangles) triangles.",
        remedy: "Simplify it; a few thousand are enough for a picture.")
    }
    if a.position == b.position || b.position == c.position || c.position == a.position { return }
    parts[part].corners.append(a)
    parts[part].corners.append(b)
    parts[part].corners.append(c)
  }

  /// A polygon of any number of corners, cut into triangles.
  mutating func append(polygon: [Corner], to part: Int) throws(InputError) {
    if polygon.count == 3 { return try append(polygon[0], polygon[1], polygon[2], to: part) }
    let corners = polygon.map { positions[Int($0.position)] }
    for t in triangulate(corners) {
      try append(polygon[Int(t.a)], polygon[Int(t.b)], polygon[Int(t.c)], to: part)
    }
  }

  mutating func reserve(positions count: Int) throws(InputError) {
    if positions.count + count > limits.vertices {
      throw InputError(
        at: SourceLocation(file: path), "The mesh has more than \(limits.vertices) vertices.", remedy: "Simplify it.")
    }
  }

  /// The finished parts, in the order of first use; parts without triangles are left out.
  func asset() throws(InputError) -> MeshAsset {
    if let bad = positions.firstIndex(where: { !$0.isFinite }) {
      throw InputError(
        at: SourceLocation(file: path), "Vertex \(bad + 1) is not finite.",
        remedy: "Repair the mesh and export it again.")
    }
    var result: [MeshAsset.Part] = []
    for part in parts {
      let mesh = mesh(of: part.corners)
      if mesh.triangles.isEmpty { continue }
      result.append(MeshAsset.Part(mesh: mesh, color: part.material.color, texture: part.material.texture))
    }
    return MeshAsset(parts: result)
  }

  private func mesh(of corners: [Corner]) -> TriangleMesh {
    let corners = withoutSlivers(corners)
    let given = corners.allSatisfy { $0.normal >= 0 && (normals[Int($0.normal)].normalized != nil) }
    let smooth = given ? [] : creaseNormals(positions, corners.map { Int($0.position) })
    let hasTexture = corners.contains { $0.texture >= 0 }
    struct Key: Hashable {
      var corner: Corner
      var normal: Vector3
    }
    var mesh = TriangleMesh(), numbers: [Key: Int32] = [:], indices: [Int32] = []
    indices.reserveCapacity(corners.count)
    for (i, corner) in corners.enumerated() {
      let normal = given ? normals[Int(corner.normal)].normalized ?? .unitZ : smooth[i]
      let key = Key(corner: Corner(position: corner.position, texture: corner.texture), normal: normal)
      if let number = numbers[key] {
        indices.append(number)
        continue
      }
      let number = Int32(mesh.positions.count)
      numbers[key] = number
      mesh.positions.append(positions[Int(corner.position)])
      mesh.normals.append(normal)
      if hasTexture {
        let none = TriangleMesh.TextureCoordinate(0, 0)
        mesh.textureCoordinates.append(corner.texture >= 0 ? textureCoordinates[Int(corner.texture)] : none)
      }
      indices.append(number)
    }
    for i in stride(from: 0, to: indices.count, by: 3) {
      mesh.triangles.append(TriangleMesh.Triangle(indices[i], indices[i + 1], indices[i + 2]))
    }
    return mesh
  }

  /// Without triangles that have no area.
  private func withoutSlivers(_ corners: [Corner]) -> [Corner] {
    var result: [Corner] = []
    result.reserveCapacity(corners.count)
    for i in stride(from: 0, to: corners.count, by: 3) {
      let a = positions[Int(corners[i].position)], b = positions[Int(corners[i + 1].position)]
      let c = positions[Int(corners[i + 2].position)]
      let u = b - a, v = c - a
      let longest = max(u.squaredLength, v.squaredLength, (c - b).squaredLength)
      if u.cross(v).length > 1e-10 * longest { result += corners[i..<i + 3] }
    }
    return result
  }
}
