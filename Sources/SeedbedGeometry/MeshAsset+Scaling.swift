extension MeshAsset {
  /// All parts' triangles together.
  public var triangleCount: Int { parts.reduce(0) { $0 + $1.mesh.triangles.count } }

  /// The box around all vertices; nil without any.
  public var bounds: AxisAlignedBox? { AxisAlignedBox(containing: parts.lazy.flatMap(\.mesh.positions)) }

  /// Scaled along each axis; a mirroring scale (a negative product) keeps the outside out.
  public func scaled(by scale: Vector3) -> MeshAsset {
    var copy = self
    for i in copy.parts.indices { copy.parts[i].mesh = copy.parts[i].mesh.scaled(by: scale) }
    return copy
  }
}

extension TriangleMesh {
  /// Scaled along each axis; a mirroring scale (a negative product) turns the triangles round.
  public func scaled(by scale: Vector3) -> TriangleMesh {
    if scale == Vector3(1, 1, 1) { return self }
    let mirrored = scale.x * scale.y * scale.z < 0
    // The transposed inverse, up to a positive factor.
    let sign = mirrored ? -1.0 : 1.0
    let forNormals = Vector3(scale.y * scale.z, scale.z * scale.x, scale.x * scale.y) * sign
    var copy = self
    copy.positions = positions.map { $0.scaled(by: scale) }
    copy.normals = normals.map { $0.scaled(by: forNormals).normalized ?? $0 }
    if mirrored { copy.triangles = triangles.map { Triangle($0.a, $0.c, $0.b) } }
    return copy
  }
}
