package import SeedbedGeometry
package import SeedbedScene

/// The object to be grasped, in the world, as far as a gripper cares.
package struct GraspTarget: Sendable {
  package var shape: ShapeInstance
  package var pose: Pose
  package var bound: SolidBound
  /// World; only of meshes, whose bounding box says too little.
  package var vertices: [Vector3]

  package init(_ shape: ShapeInstance, at pose: Pose, meshes: [String: MeshAsset]) {
    self.shape = shape
    self.pose = pose
    bound = SolidBound(shape, meshes: meshes).placed(in: pose)
    if case .mesh(let path, let scale) = shape {
      vertices = meshVertices(path, scale, meshes).map { pose.apply($0) }
    } else {
      vertices = []
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
    case .mesh: return fan(about: .unitZ, cost: 0)
    }
  }

  private func fan(about axis: Vector3, cost: Double) -> [Closing] {
    let first = axis.anyOrthogonal
    return (0..<GraspTarget.spokes).map { i in
      let turn = Quaternion(axis: axis, angle: Double.pi * Double(i) / Double(GraspTarget.spokes))
      return Closing(axis: turn.rotate(first), cost: cost)
    }
  }
}
