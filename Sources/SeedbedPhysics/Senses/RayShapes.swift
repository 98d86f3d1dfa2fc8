internal import CODE
internal import SeedbedGeometry

/// Where a ray enters the shapes that collide. Own code and not the engine's rays: exact for each shape, and without its
/// contact buffers.
enum RayShape {
  /// A ray in the shape's frame: unit direction; lengths in m.
  struct Ray {
    var origin: Vector3, direction: Vector3
  }

  /// Distance to where the ray enters; nil where it misses. A shape around the ray's origin is not seen.
  static func entry(_ ray: Ray, _ geom: CollisionGeom) -> Double? {
    switch geom.shape {
    case .sphere: sphere(ray, at: .zero, radius: dGeomSphereGetRadius(geom.id))
    case .polyhedron(let solid): polyhedron(ray, solid)
    case .cylinder(let radius, let halfLength): cylinder(ray, radius, halfLength)
    case .capsule(let radius, let halfLength): capsule(ray, radius, halfLength)
    }
  }

  /// From the shape's origin to its farthest point, m.
  static func reach(_ geom: CollisionGeom) -> Double {
    switch geom.shape {
    case .sphere: return dGeomSphereGetRadius(geom.id)
    case .cylinder(let radius, let halfLength): return (radius * radius + halfLength * halfLength).squareRoot()
    case .capsule(let radius, let halfLength): return radius + halfLength
    case .polyhedron(let solid):
      var square = 0.0
      for i in 0..<Int(solid.starts[solid.faceCount]) {
        square = max(square, solid.vertices[Int(solid.corners[i])].squaredLength)
      }
      return square.squareRoot()
    }
  }

  private static func sphere(_ ray: Ray, at center: Vector3, radius: Double) -> Double? {
    let toCenter = center - ray.origin
    let along = toCenter.dot(ray.direction)
    let miss = toCenter.squaredLength - along * along
    guard along > 0, miss <= radius * radius else { return nil }
    let distance = along - (radius * radius - miss).squareRoot()
    return distance > 0 ? distance : nil
  }

  /// Clips the ray by the planes of the faces.
  private static func polyhedron(_ ray: Ray, _ solid: PolyhedronView) -> Double? {
    var enter = 0.0, leave = Double.infinity
    for f in 0..<solid.faceCount {
      let n = solid.normals[f]
      let height = (ray.origin - solid.vertices[Int(solid.corners[Int(solid.starts[f])])]).dot(n)
      let slope = ray.direction.dot(n)
      if slope < 0 {
        enter = max(enter, height / -slope)
      } else if slope > 0 {
        leave = min(leave, -height / slope)
      } else if height > 0 {
        return nil
      }
    }
    return enter > 0 && enter <= leave ? enter : nil
  }

  /// Clips the ray by the endless round side and the two caps' planes.
  private static func cylinder(_ ray: Ray, _ radius: Double, _ halfLength: Double) -> Double? {
    guard var (enter, leave) = side(ray, radius) else { return nil }
    let z = ray.origin.z, slope = ray.direction.z
    if slope == 0 {
      if abs(z) > halfLength { return nil }
    } else {
      let a = (-halfLength - z) / slope, b = (halfLength - z) / slope
      enter = max(enter, min(a, b))
      leave = min(leave, max(a, b))
    }
    return enter > 0 && enter <= leave ? enter : nil
  }

  private static func capsule(_ ray: Ray, _ radius: Double, _ halfLength: Double) -> Double? {
    // A ray that starts inside sees nothing of it.
    let nearest = Vector3(0, 0, min(max(ray.origin.z, -halfLength), halfLength))
    guard (ray.origin - nearest).squaredLength > radius * radius else { return nil }
    var best: Double?
    if let (enter, _) = side(ray, radius), enter > 0, abs(ray.origin.z + enter * ray.direction.z) <= halfLength {
      best = enter
    }
    for end in [-halfLength, halfLength] {
      if let distance = sphere(ray, at: Vector3(0, 0, end), radius: radius) { best = min(best ?? distance, distance) }
    }
    return best
  }

  /// Where the ray is within the radius of the z axis.
  private static func side(_ ray: Ray, _ radius: Double) -> (Double, Double)? {
    let o = ray.origin, d = ray.direction
    let a = d.x * d.x + d.y * d.y
    let c = o.x * o.x + o.y * o.y - radius * radius
    guard a > 1e-24 else { return c <= 0 ? (-Double.infinity, Double.infinity) : nil }
    let b = o.x * d.x + o.y * d.y
    let root = b * b - a * c
    guard root >= 0 else { return nil }
    let width = root.squareRoot()
    return ((-b - width) / a, (-b + width) / a)
  }
}
