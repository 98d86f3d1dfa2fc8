/// Unit normals, one a corner: the faces around a vertex are averaged, weighted by their angle there, as far as they are
/// less than 40° from the corner's own face.
///
/// - Parameters:
///   - positions: vertices; corners that share one are joined.
///   - corners: indices into `positions`, three a triangle, each triangle with an area.
func creaseNormals(_ positions: [Vector3], _ corners: [Int]) -> [Vector3] {
  let count = corners.count / 3
  var faceNormals: [Vector3] = []
  faceNormals.reserveCapacity(count)
  for t in 0..<count {
    let a = positions[corners[3 * t]], b = positions[corners[3 * t + 1]], c = positions[corners[3 * t + 2]]
    faceNormals.append((b - a).cross(c - a).unit)
  }
  // The corners around each vertex, one list after the other.
  var starts = [Int32](repeating: 0, count: positions.count + 1)
  for vertex in corners { starts[vertex + 1] += 1 }
  for v in 0..<positions.count { starts[v + 1] += starts[v] }
  var filled = starts, around = [Int32](repeating: 0, count: corners.count)
  for (corner, vertex) in corners.enumerated() {
    around[Int(filled[vertex])] = Int32(corner)
    filled[vertex] += 1
  }
  var weighted: [Vector3] = []
  weighted.reserveCapacity(corners.count)
  for corner in corners.indices {
    let t = corner / 3, k = corner % 3
    let p = positions[corners[corner]]
    let u = (positions[corners[3 * t + (k + 1) % 3]] - p).unit, v = (positions[corners[3 * t + (k + 2) % 3]] - p).unit
    // The angle between unit vectors; half its tangent is a cheap weight that keeps the order and needs no arc.
    weighted.append(faceNormals[t] * (u - v).length)
  }
  var result: [Vector3] = []
  result.reserveCapacity(corners.count)
  for corner in corners.indices {
    let own = faceNormals[corner / 3]
    let fan = around[Int(starts[corners[corner]])..<Int(starts[corners[corner] + 1])]
    // The tip of a fan of hundreds is as good as flat, and would take quadratic time.
    if fan.count > 256 {
      result.append(own)
      continue
    }
    var sum = Vector3.zero
    for other in fan where faceNormals[Int(other) / 3].dot(own) >= MeshBuilder.creaseCosine {
      sum += weighted[Int(other)]
    }
    result.append(sum.normalized ?? own)
  }
  return result
}

extension Vector3 {
  /// The direction of a vector that may be very short.
  fileprivate var unit: Vector3 {
    let largest = max(abs(x), abs(y), abs(z))
    return largest > 0 && largest.isFinite ? (self / largest).normalized ?? .unitZ : .unitZ
  }
}
