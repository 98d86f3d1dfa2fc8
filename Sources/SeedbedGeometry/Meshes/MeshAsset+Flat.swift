extension MeshAsset {
  /// Whether all vertices lie in one plane, on a line or in a point, to a hundred thousandth of the mesh's size.
  package var isFlat: Bool {
    guard let origin = vertices.first else { return true }
    var axis = Vector3.zero
    for p in vertices where (p - origin).squaredLength > axis.squaredLength { axis = p - origin }
    let size = axis.length
    guard size > 0 else { return true }
    axis = axis * (1 / size)
    var across = Vector3.zero
    for p in vertices {
      let side = (p - origin) - axis * (p - origin).dot(axis)
      if side.squaredLength > across.squaredLength { across = side }
    }
    guard across.length > 1e-5 * size else { return true }
    let normal = axis.cross(across * (1 / across.length))
    return !vertices.contains { abs(($0 - origin).dot(normal)) > 1e-5 * size }
  }

  private var vertices: some Collection<Vector3> { parts.lazy.flatMap(\.mesh.positions) }
}
