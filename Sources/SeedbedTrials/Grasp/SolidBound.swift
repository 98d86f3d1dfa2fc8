package import SeedbedGeometry

/// A convex solid for clearance tests: a box, or a round body along its own z axis, or a ball.
package struct SolidBound: Sendable, Equatable {
  package enum Form: Sendable { case box, cylinder, capsule, sphere }

  package var form: Form
  /// Centre and axes in the frame that the bound is used in.
  package var pose: Pose
  /// Box: half edges. Cylinder, capsule: (radius, radius, half the cylindrical part). Sphere: radius thrice.
  package var half: Vector3

  package init(form: Form, pose: Pose, half: Vector3) {
    self.form = form
    self.pose = pose
    self.half = half
  }

  /// The same solid seen from the frame in which this bound's frame has the pose `frame`.
  package func placed(in frame: Pose) -> SolidBound { SolidBound(form: form, pose: frame * pose, half: half) }

  /// Half the solid's width along the unit vector `direction`.
  package func extent(along direction: Vector3) -> Double { extent(along: direction, axes: pose.orientation.matrix) }

  /// Radius of the smallest centred ball around it.
  package var reach: Double {
    switch form {
    case .box: half.length
    case .cylinder: (half.x * half.x + half.z * half.z).squareRoot()
    case .capsule: half.x + half.z
    case .sphere: half.x
    }
  }

  @inline(__always)
  fileprivate func extent(along d: Vector3, axes: Matrix3) -> Double {
    switch form {
    case .box:
      return abs(axes.column(0).dot(d)) * half.x + abs(axes.column(1).dot(d)) * half.y
        + abs(axes.column(2).dot(d)) * half.z
    case .cylinder:
      let c = axes.column(2).dot(d)
      return abs(c) * half.z + max(0, 1 - c * c).squareRoot() * half.x
    case .capsule: return abs(axes.column(2).dot(d)) * half.z + half.x
    case .sphere: return half.x
    }
  }

  /// A lower bound of the distance to `other` by separating axes, metres; negative where none separates them: then the
  /// solids overlap (or, for round ones near edges, nearly do). Exact face to face. Beyond `cutoff` it may stop early.
  package func clearance(to other: SolidBound, cutoff: Double = 0.1) -> Double {
    let offset = other.pose.position - pose.position
    let distance = offset.length
    let gap = distance - reach - other.reach
    if gap > cutoff { return gap }
    let a = pose.orientation.matrix, b = other.pose.orientation.matrix
    var best = gap
    func test(_ axis: Vector3) -> Bool {
      let length = axis.length
      guard length > 1e-6 else { return false }
      let d = axis * (1 / length)
      best = max(best, abs(offset.dot(d)) - extent(along: d, axes: a) - other.extent(along: d, axes: b))
      return best > cutoff
    }
    for i in 0..<3 where test(a.column(i)) || test(b.column(i)) { return best }
    if test(offset) { return best }
    let za = a.column(2), zb = b.column(2)
    // Radial directions of the round ones.
    if form != .box, test(offset - za * offset.dot(za)) { return best }
    if other.form != .box, test(offset - zb * offset.dot(zb)) { return best }
    for i in 0..<3 {
      for j in 0..<3 where test(a.column(i).cross(b.column(j))) { return best }
    }
    return best
  }
}
