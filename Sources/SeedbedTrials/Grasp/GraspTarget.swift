package import SeedbedGeometry
package import SeedbedPhysics
package import SeedbedScene

/// The object to be grasped, in the world, as far as a gripper cares.
package struct GraspTarget: Sendable {
  package var shape: ShapeInstance
  package var pose: Pose
  package var bound: SolidBound
  /// World; only of meshes, whose bounding box says too little: corners of the hull, and its faces.
  package var vertices: [Vector3] = []
  package var faces: [Face] = []

  package struct Face: Sendable {
    /// Outward unit normal, world; m².
    package var normal: Vector3
    package var area: Double
  }

  /// `hull`: of a mesh, in the object's frame.
  package init(_ shape: ShapeInstance, at pose: Pose, hull: ConvexPolyhedron?, meshes: [String: MeshAsset]) {
    self.shape = shape
    self.pose = pose
    bound = SolidBound(shape, meshes: meshes).placed(in: pose)
    guard let hull else { return }
    vertices = hull.vertices.map { pose.apply($0) }
    for (face, normal) in zip(hull.faces, hull.normals) where face.count > 2 {
      var double = Vector3.zero
      let first = hull.vertices[face[0]]
      for i in 1..<(face.count - 1) {
        double += (hull.vertices[face[i]] - first).cross(hull.vertices[face[i + 1]] - first)
      }
      faces.append(Face(normal: pose.rotate(normal), area: 0.5 * double.length))
    }
  }

  /// What the object covers along the unit vector `d`: the smallest and largest d · x, metres.
  package func interval(along d: Vector3) -> (low: Double, high: Double) {
    guard let first = vertices.first else {
      let middle = bound.pose.position.dot(d), half = bound.extent(along: d)
      return (middle - half, middle + half)
    }
    var low = first.dot(d), high = low
    for v in vertices {
      let s = v.dot(d)
      low = min(low, s)
      high = max(high, s)
    }
    return (low, high)
  }

  /// A direction in which two parallel pads find parallel, or at least opposite, surface.
  struct Closing {
    /// Unit vector, world.
    var axis: Vector3
    /// What speaks against it, 0 = nothing.
    var cost: Double
  }

  /// Number of directions tried over half a turn where the shape leaves the choice.
  static let spokes = 16

  var closings: [Closing] {
    let axes = pose.orientation.matrix
    let z = axes.column(2)
    switch shape {
    case .box, .bin:
      return (0..<3).compactMap { i in
        let axis = axes.column(i)
        return abs(axis.z) < 0.65 ? Closing(axis: axis, cost: abs(axis.z)) : nil
      }
    case .sphere: return fan(about: .unitZ, cost: 0)
    case .cylinder, .capsule:
      if abs(z.z) > 0.85 { return fan(about: z, cost: 0) }
      guard let across = z.cross(.unitZ).normalized else { return [] }
      var result = [Closing(axis: across, cost: 0)]
      if case .cylinder = shape, abs(z.z) < 0.5 { result.append(Closing(axis: z, cost: 0.4)) }
      return result
    case .mesh: return meshClosings
    case .urdf: return []
    }
  }

  /// Level directions, judged by how much of the hull's silhouette is faces that look straight along them.
  private var meshClosings: [Closing] {
    var axes = fan(about: .unitZ, cost: 0).map(\.axis)
    for face in faces where abs(face.normal.z) < 0.5 {
      guard let axis = Vector3(face.normal.x, face.normal.y, 0).normalized else { continue }
      if !axes.contains(where: { abs($0.dot(axis)) > 0.9998 }) { axes.append(axis) }
    }
    let shares = axes.map(flatShare)
    let best = max(1e-9, shares.max() ?? 0)
    return zip(axes, shares).map { Closing(axis: $0, cost: 1 - $1 / best) }
  }

  private func flatShare(_ axis: Vector3) -> Double {
    var ahead = 0.0, behind = 0.0, silhouette = 1e-12
    for face in faces {
      let c = face.normal.dot(axis)
      silhouette += face.area * max(0, c)
      let flatness = max(0, (abs(c) - 0.9) / 0.1)
      let share = face.area * abs(c) * flatness * flatness * flatness
      if c > 0 { ahead += share } else { behind += share }
    }
    return min(ahead, behind) / silhouette
  }

  private func fan(about axis: Vector3, cost: Double) -> [Closing] {
    let first = axis.anyOrthogonal
    return (0..<GraspTarget.spokes).map { i in
      let turn = Quaternion(axis: axis, angle: Double.pi * Double(i) / Double(GraspTarget.spokes))
      return Closing(axis: turn.rotate(first), cost: cost)
    }
  }
}
