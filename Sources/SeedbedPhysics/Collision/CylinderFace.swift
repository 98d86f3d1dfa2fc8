internal import CODE
internal import SeedbedGeometry

/// A cylinder on a plane.
///
/// ODE's own collider of the two gives one rim point where the cylinder leans by a hair, which keeps it rocking; here an
/// end that stands always has its four rim points.
enum CylinderFace {
  /// Leans less than this from upright have no direction of their own, rad.
  private static let upright = 1e-3

  /// Writes the contacts (at most five, into the cylinder) and returns their number.
  @inline(__always) static func collide(
    _ cylinder: dGeomID, radius: Double, halfLength: Double, _ plane: FixedFaces.Plane,
    _ contacts: UnsafeMutablePointer<dContact>
  ) -> Int {
    guard let p = dGeomGetPosition(cylinder), let m = dGeomGetRotation(cylinder) else { return 0 }
    let center = Vector3(p[0], p[1], p[2])
    let axis = Vector3(m[2], m[6], m[10]), side = Vector3(m[0], m[4], m[8])
    let n = plane.normal
    let lean = axis.dot(n)
    // Down the lower end's rim.
    let slope = axis * lean - n
    let length = slope.length
    let down = length > upright ? slope * (1 / length) : side
    let across = axis.cross(down)
    let end = center - axis * (lean < 0 ? -halfLength : halfLength)
    let far = center + axis * (lean < 0 ? -halfLength : halfLength)
    var count = 0
    func add(_ point: Vector3) {
      let depth = plane.offset - n.dot(point)
      guard depth >= 0 else { return }
      contacts[count].geom.point = point
      contacts[count].geom.direction = n
      contacts[count].geom.depth = depth
      count += 1
    }
    add(end + down * radius)
    add(end + across * radius)
    add(end - across * radius)
    add(end - down * radius)
    add(far + down * radius)
    return count
  }
}
