internal import CODE
internal import SeedbedGeometry

extension Manifold {
  /// The exact contact of a sphere with the face of a hull that it rests on: ODE's general convex collider finds it by
  /// iteration, and its normal is off by enough for a ball to roll away on level ground.
  ///
  /// Where the sphere is at an edge or a corner, the contact stays as it is. Returns the number of contacts: 0 where it is
  /// none.
  func seatSphere(_ contact: UnsafeMutablePointer<dContact>, _ a: CollisionGeom, _ b: CollisionGeom) -> Int {
    let isFirst: Bool
    let hull: CollisionGeom, solid: PolyhedronView
    switch (a.shape, b.shape) {
    case (.sphere, .polyhedron(let view)): (isFirst, hull, solid) = (true, b, view)
    case (.polyhedron(let view), .sphere): (isFirst, hull, solid) = (false, a, view)
    default: return 1
    }
    let sphere = isFirst ? a.id : b.id
    let radius = dGeomSphereGetRadius(sphere), center = ODEValue.vector(dGeomGetPosition(sphere))
    guard let r = dGeomGetRotation(hull.id) else { return 1 }
    let rotation = Matrix3(
      rows: Vector3(r[0], r[1], r[2]), Vector3(r[4], r[5], r[6]), Vector3(r[8], r[9], r[10]))
    let local = rotation.transposed * (center - ODEValue.vector(dGeomGetPosition(hull.id)))
    var face = 0
    var distance = -Double.infinity
    for f in 0..<solid.faceCount {
      let d = solid.normals[f].dot(local - solid.vertices[Int(solid.corners[Int(solid.starts[f])])])
      if d > distance { (face, distance) = (f, d) }
    }
    guard distance > 0 else { return 1 }
    let n = solid.normals[face]
    let start = Int(solid.starts[face]), end = Int(solid.starts[face + 1])
    for i in start..<end {
      let corner = solid.vertices[Int(solid.corners[i])]
      let next = solid.vertices[Int(solid.corners[i + 1 == end ? start : i + 1])]
      // Outward across the edge.
      if (next - corner).cross(n).dot(local - corner) > 0 { return 1 }
    }
    let depth = radius - distance
    guard depth >= 0 else { return 0 }
    let normal = rotation * n
    contact.pointee.geom.depth = depth
    contact.pointee.geom.point = center - normal * (radius - 0.5 * depth)
    contact.pointee.geom.direction = isFirst ? normal : -normal
    return 1
  }
}
