internal import CODE
public import SeedbedGeometry

extension World {
  /// Distances along rays from one point of the world to the nearest shape that collides, m; nil: none within `reach`.
  /// Shapes around the origin and those of the link `except` are not seen.
  public func distances(
    from origin: Vector3, along directions: [Vector3], reach: Double, except link: Int?
  ) -> [Double?] {
    var nearest = [Double?](repeating: nil, count: directions.count)
    for geom in collider.geoms {
      if let link, geom.owner == .link(link) { continue }
      guard let r = dGeomGetRotation(geom.id) else { continue }
      let rotation = Matrix3(rows: Vector3(r[0], r[1], r[2]), Vector3(r[4], r[5], r[6]), Vector3(r[8], r[9], r[10]))
      let position = ODEValue.vector(dGeomGetPosition(geom.id))
      let toCenter = position - origin
      let radius = RayShape.reach(geom)
      guard toCenter.length - radius <= reach else { continue }
      let inverse = rotation.transposed
      let local = inverse * (origin - position)
      for (i, direction) in directions.enumerated() {
        // The ball around the shape first.
        let along = toCenter.dot(direction)
        guard along > -radius, toCenter.squaredLength - along * along <= radius * radius + 1e-12 else { continue }
        let ray = RayShape.Ray(origin: local, direction: inverse * direction)
        guard let distance = RayShape.entry(ray, geom), distance <= nearest[i] ?? reach else { continue }
        nearest[i] = distance
      }
    }
    return nearest
  }
}
