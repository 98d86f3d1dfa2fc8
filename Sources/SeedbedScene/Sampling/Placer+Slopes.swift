import SeedbedGeometry

extension Placer {
  /// The cosine of the steepest slope that things are placed on, 60°.
  static let leastUpright = 0.5

  /// Where a support's top is not level.
  struct Slope {
    /// Of the support's shape frame.
    let pose: Pose
    /// Out of its top, a unit vector in the world.
    let normal: Vector3
    private let bounds: AxisAlignedBox
    private let shape: ShapeInstance

    /// nil where the support's top is level.
    init?(_ support: Placed, _ shape: ShapeInstance, _ bounds: AxisAlignedBox?) {
      let normal = support.pose.orientation.rotate(.unitZ)
      guard let bounds, normal.z <= 1 - 1e-9 else { return nil }
      (pose, self.normal, self.bounds, self.shape) = (support.pose, normal, bounds, shape)
    }

    var isTooSteep: Bool { normal.z < Placer.leastUpright }

    /// The pose of a thing that stands on the slope, upright on it, over the point (x, y) of the world.
    ///
    /// - Parameters:
    ///   - turn: of the thing where the slope were level.
    ///   - height: of its frame above the slope, along the normal.
    func standing(_ x: Double, _ y: Double, turn: Quaternion, height: Double) -> Pose {
      let top = pose.apply(Vector3(0, 0, bounds.upper.z))
      let z = top.z - ((x - top.x) * normal.x + (y - top.y) * normal.y) / normal.z
      // The shortest turn from upright to the normal.
      let axis = Vector3.unitZ.cross(normal)
      let tilt = Quaternion(w: 1 + normal.z, x: axis.x, y: axis.y, z: axis.z).normalized
      return Pose(Vector3(x, y, z) + normal * height, tilt * turn)
    }

    /// Whether a thing with this pose lies wholly on the slope.
    func carries(_ other: ShapeInstance, _ otherPose: Pose, _ otherBounds: AxisAlignedBox) -> Bool {
      // The tilt is taken back; what is left of it is rounding.
      let local = pose.inverse * otherPose
      let heading = local.orientation
      let upright = Quaternion(w: heading.w, x: 0, y: 0, z: heading.z).normalized
      let isUpright = heading.rotate(.unitZ).z > 1 - 1e-6
      let thing = Footprint(
        other, pose: Pose(local.position, isUpright ? upright : heading), bounds: otherBounds)
      return thing.lies(on: Footprint(shape, pose: .identity, bounds: bounds))
    }
  }

  /// The slope on which an object is to stand; nil where it stands on something level, or on nothing.
  func slope(under index: Int) -> Slope? {
    guard case .on(let name, _, _, _) = scene.objects[index].pose,
      let support = scene.objects.firstIndex(where: { $0.name == name }), let there = placed[support]
    else { return nil }
    return Slope(there, shapes[support], shapes[support].bounds(meshBoxes))
  }
}
