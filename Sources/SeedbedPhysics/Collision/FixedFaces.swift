internal import SeedbedGeometry

/// The six faces of a fixed box as planes.
///
/// What lies wholly over one face of a table, a floor or a wall meets that face's plane and nothing else. For cylinders
/// that is found at a tenth of what ODE's search over all axes costs.
struct FixedFaces {
  /// Points p with normal · p = offset; the normal points out of the box.
  struct Plane {
    var normal: Vector3
    var offset: Double
  }

  private let center: Vector3
  private let axes: (Vector3, Vector3, Vector3)
  private let half: Vector3

  init(size: Vector3, pose: Pose) {
    center = pose.position
    half = 0.5 * size
    axes = (pose.rotate(.unitX), pose.rotate(.unitY), pose.rotate(.unitZ))
  }

  /// The plane that alone is met by what the box (x, y, z: lowest, highest) contains; nil where an edge may be, or where
  /// it is so deep that a face beside it is nearer.
  @inline(__always) func plane(over box: UnsafePointer<Double>) -> Plane? {
    let middle = Vector3(box[0] + box[1], box[2] + box[3], box[4] + box[5]) * 0.5 - center
    let reach = Vector3(box[1] - box[0], box[3] - box[2], box[5] - box[4]) * 0.5
    let x = Self.along(axes.0, middle, reach), y = Self.along(axes.1, middle, reach)
    let z = Self.along(axes.2, middle, reach)
    // How far inside each pair of faces the box is: below twice its reach, it sticks out.
    let depth = Vector3(half.x - x.at + x.reach, half.y - y.at + y.reach, half.z - z.at + z.reach)
    let isOverX = depth.x >= 2 * x.reach, isOverY = depth.y >= 2 * y.reach, isOverZ = depth.z >= 2 * z.reach
    if isOverX && isOverY && depth.z < z.reach && depth.z < min(depth.x, depth.y) {
      return plane(axes.2, half.z, isPositive: z.isPositive)
    }
    if isOverX && isOverZ && depth.y < y.reach && depth.y < min(depth.x, depth.z) {
      return plane(axes.1, half.y, isPositive: y.isPositive)
    }
    if isOverY && isOverZ && depth.x < x.reach && depth.x < min(depth.y, depth.z) {
      return plane(axes.0, half.x, isPositive: x.isPositive)
    }
    return nil
  }

  @inline(__always) private func plane(_ axis: Vector3, _ reach: Double, isPositive: Bool) -> Plane {
    let normal = isPositive ? axis : -axis
    return Plane(normal: normal, offset: normal.dot(center) + reach)
  }

  @inline(__always) private static func along(_ axis: Vector3, _ middle: Vector3, _ reach: Vector3)
    -> (at: Double, reach: Double, isPositive: Bool)
  {
    let at = axis.dot(middle)
    return (abs(at), abs(axis.x) * reach.x + abs(axis.y) * reach.y + abs(axis.z) * reach.z, at > 0)
  }
}
