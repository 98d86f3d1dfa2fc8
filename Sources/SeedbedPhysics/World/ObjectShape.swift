internal import SeedbedGeometry
internal import SeedbedScene
internal import URDF

/// An object's shape as solids and mass.
enum ObjectShape {
  /// In the shape's frame; nil where a size is not usable or the mesh is missing.
  /// Articulated objects have none of their own.
  static func parts(_ shape: ShapeInstance, _ hulls: CollisionHulls) -> [(pose: Pose, solid: CollisionSolid)]? {
    let geometry: Geometry
    switch shape {
    case .box(let size): geometry = .box(size: size)
    case .cylinder(let radius, let length): geometry = .cylinder(radius: radius, length: length)
    case .sphere(let radius): geometry = .sphere(radius: radius)
    case .capsule(let radius, let length): geometry = .capsule(radius: radius, length: length)
    case .mesh(let path, let scale): geometry = .mesh(path: path, scale: scale)
    case .urdf: return nil
    case .bin(let size, let wall):
      var parts: [(pose: Pose, solid: CollisionSolid)] = []
      for box in binBoxes(size, wall) {
        guard let solid = CollisionSolid(.box(size: box.size), hulls) else { return nil }
        parts.append((Pose(box.center), solid))
      }
      return parts
    }
    return CollisionSolid(geometry, hulls).map { [(.identity, $0)] }
  }

  static func mass(_ shape: ShapeInstance, _ mass: Double, _ hulls: CollisionHulls) -> MassProperties? {
    switch shape {
    case .urdf: return nil
    case .box(let size): return .box(mass: mass, size: size)
    case .cylinder(let radius, let length): return .cylinder(mass: mass, radius: radius, length: length)
    case .sphere(let radius): return .sphere(mass: mass, radius: radius)
    case .capsule(let radius, let length): return .capsule(mass: mass, radius: radius, length: length)
    case .bin(let size, let wall): return .boxes(mass: mass, binBoxes(size, wall))
    case .mesh(let path, let scale):
      guard let hull = hulls.hull(path, scale: scale) else { return nil }
      if let properties = hull.massProperties(mass: mass) { return properties }
      guard let box = AxisAlignedBox(containing: hull.vertices) else { return nil }
      return MassProperties.box(mass: mass, size: box.size).transformed(by: Pose(box.center))
    }
  }

  /// Floor, two walls across x and two between them across y.
  static func binBoxes(_ size: Vector3, _ wall: Double) -> [(size: Vector3, center: Vector3)] {
    let rise = size.z - wall
    let z = 0.5 * wall
    let across = Vector3(wall, size.y, rise), along = Vector3(size.x - 2 * wall, wall, rise)
    return [
      (Vector3(size.x, size.y, wall), Vector3(0, 0, 0.5 * (wall - size.z))),
      (across, Vector3(0.5 * (wall - size.x), 0, z)), (across, Vector3(0.5 * (size.x - wall), 0, z)),
      (along, Vector3(0, 0.5 * (wall - size.y), z)), (along, Vector3(0, 0.5 * (size.y - wall), z)),
    ]
  }
}
