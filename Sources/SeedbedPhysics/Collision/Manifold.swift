internal import CODE
internal import SeedbedGeometry

/// Several contact points where ODE's general convex collider finds one.
///
/// The single contact's normal picks the face of each solid that looks at the other; the face that agrees worse is
/// clipped against the sides of the other one, and what lies below that one's plane are the contacts. Without it a hull
/// rocks on a table and spins out of a gripper.
struct Manifold {
  private static let capacity = 2 * PolyhedronView.maximumCorners + 8
  private let first: UnsafeMutablePointer<Vector3>
  private let second: UnsafeMutablePointer<Vector3>
  private let spare: UnsafeMutablePointer<Vector3>
  /// Faces whose normal is farther from the contact normal (cosine) are no faces to rest on.
  private static let alignment = 0.9
  private static let worstAlignment = 0.7
  /// A round side tilted more than this (sine) touches in one point.
  private static let lineTilt = 0.2
  private static let capCorners = 16

  init(in world: inout ODEWorld) {
    first = world.allocate(Vector3.self, count: Self.capacity)
    second = world.allocate(Vector3.self, count: Self.capacity)
    spare = world.allocate(Vector3.self, count: Self.capacity)
  }

  /// The side that a solid turns to the other.
  private struct Feature {
    /// 2: a line (of a cylinder or capsule); more: a face, counter-clockwise about the normal.
    var count: Int
    var normal: Vector3
    /// Cosine between the normal and the direction asked for.
    var alignment: Double
  }

  /// Replaces the one contact in `contacts` (its normal points into `a`) by up to `limit`; returns how many there are.
  func expand(
    _ contacts: UnsafeMutablePointer<dContact>, _ a: CollisionGeom, _ b: CollisionGeom, limit: Int
  ) -> Int {
    let n = contacts[0].geom.direction
    guard let fa = feature(of: a, towards: -n, into: first), let fb = feature(of: b, towards: n, into: second) else {
      return 1
    }
    guard min(fa.alignment, fb.alignment) > Self.worstAlignment else { return 1 }
    let aIsReference = fb.count == 2 || (fa.count > 2 && fa.alignment > fb.alignment + 1e-4)
    let reference = aIsReference ? fa : fb, incident = aIsReference ? fb : fa
    guard reference.count > 2, reference.alignment > Self.alignment else { return 1 }
    let face = aIsReference ? first : second
    var points = aIsReference ? second : first
    var free = spare
    var count = incident.count
    for i in 0..<reference.count {
      let corner = face[i]
      let next = face[i + 1 == reference.count ? 0 : i + 1]
      // Outward across the edge.
      let side = (next - corner).cross(reference.normal)
      count = clip(points, count, isLine: incident.count == 2, side: side, at: corner, into: free)
      if count == 0 { return 1 }
      let old = points
      points = free
      free = old
    }
    return keepDeepest(
      contacts, points, count, plane: reference.normal, at: face[0],
      normal: aIsReference ? -reference.normal : reference.normal, limit: limit)
  }

  /// The part of the polygon or line below the plane through `corner` with the normal `side`.
  private func clip(
    _ points: UnsafeMutablePointer<Vector3>, _ count: Int, isLine: Bool, side: Vector3, at corner: Vector3,
    into result: UnsafeMutablePointer<Vector3>
  ) -> Int {
    var m = 0
    let edges = isLine ? 1 : count
    if count == 1 {
      guard (points[0] - corner).dot(side) <= 0 else { return 0 }
      result[0] = points[0]
      return 1
    }
    for i in 0..<edges {
      let u = points[i], w = points[i + 1 == count ? 0 : i + 1]
      let du = (u - corner).dot(side), dw = (w - corner).dot(side)
      if du <= 0 {
        result[m] = u
        m += 1
      }
      if (du < 0 && dw > 0) || (du > 0 && dw < 0) {
        result[m] = u + (w - u) * (du / (du - dw))
        m += 1
      }
      if isLine && dw <= 0 {
        result[m] = w
        m += 1
      }
      if m >= Self.capacity - 2 { break }
    }
    return m
  }

  /// Writes the points below the plane as contacts: the deepest and those that spread widest.
  private func keepDeepest(
    _ contacts: UnsafeMutablePointer<dContact>, _ points: UnsafeMutablePointer<Vector3>, _ count: Int,
    plane: Vector3, at origin: Vector3, normal: Vector3, limit: Int
  ) -> Int {
    // Depth of the points below the plane; those above are dropped.
    var below = 0
    for i in 0..<count where (origin - points[i]).dot(plane) >= 0 {
      points[below] = points[i]
      below += 1
    }
    guard below > 0 else { return 1 }
    let seed = contacts[0].geom
    var chosen = 0
    while chosen < min(limit, below) {
      var best = chosen
      var reach = -Double.infinity
      for i in chosen..<below {
        var measure = Double.infinity
        if chosen == 0 { measure = (origin - points[i]).dot(plane) }
        for k in 0..<chosen { measure = min(measure, (points[i] - points[k]).squaredLength) }
        if measure > reach {
          reach = measure
          best = i
        }
      }
      let p = points[best]
      points[best] = points[chosen]
      points[chosen] = p
      let depth = (origin - p).dot(plane)
      contacts[chosen].geom = seed
      contacts[chosen].geom.point = p + plane * (0.5 * depth)
      contacts[chosen].geom.direction = normal
      contacts[chosen].geom.depth = depth
      chosen += 1
    }
    return chosen
  }

  private func feature(
    of geom: CollisionGeom, towards direction: Vector3, into points: UnsafeMutablePointer<Vector3>
  ) -> Feature? {
    let origin = ODEValue.vector(dGeomGetPosition(geom.id))
    guard let r = dGeomGetRotation(geom.id) else { return nil }
    let rotation = Matrix3(
      rows: Vector3(r[0], r[1], r[2]), Vector3(r[4], r[5], r[6]), Vector3(r[8], r[9], r[10]))
    switch geom.shape {
    case .sphere: return nil
    case .polyhedron(let solid):
      let local = rotation.transposed * direction
      var best = 0
      var cosine = -2.0
      for f in 0..<solid.faceCount {
        let c = solid.normals[f].dot(local)
        if c > cosine {
          cosine = c
          best = f
        }
      }
      let start = Int(solid.starts[best]), count = Int(solid.starts[best + 1]) - start
      for i in 0..<count { points[i] = origin + rotation * solid.vertices[Int(solid.corners[start + i])] }
      return Feature(count: count, normal: rotation * solid.normals[best], alignment: cosine)
    case .cylinder(let radius, let halfLength):
      let axis = rotation.column(2)
      let c = axis.dot(direction)
      if abs(c) < Self.lineTilt { return line(origin, axis, direction, c, radius, halfLength, points) }
      guard abs(c) > Self.worstAlignment else { return nil }
      let normal = c > 0 ? axis : -axis
      let x = rotation.column(0), y = c > 0 ? rotation.column(1) : -rotation.column(1)
      let middle = origin + normal * halfLength
      for i in 0..<Self.capCorners {
        let (cosine, sine) = CapDirections.values[i]
        points[i] = middle + x * (radius * cosine) + y * (radius * sine)
      }
      return Feature(count: Self.capCorners, normal: normal, alignment: abs(c))
    case .capsule(let radius, let halfLength):
      let axis = rotation.column(2)
      let c = axis.dot(direction)
      guard abs(c) < Self.lineTilt else { return nil }
      return line(origin, axis, direction, c, radius, halfLength, points)
    }
  }

  /// The line of a round side that looks in the direction.
  private func line(
    _ origin: Vector3, _ axis: Vector3, _ direction: Vector3, _ c: Double, _ radius: Double, _ halfLength: Double,
    _ points: UnsafeMutablePointer<Vector3>
  ) -> Feature? {
    guard let out = (direction - axis * c).normalized else { return nil }
    points[0] = origin + out * radius - axis * halfLength
    points[1] = origin + out * radius + axis * halfLength
    return Feature(count: 2, normal: out, alignment: out.dot(direction))
  }
}
