public import SeedbedGeometry

extension World {
  /// Positions of the joints of all articulated objects, rad or m: object by object, in the order of
  /// `ObjectInstance.joints`. A joint that turns counts its turns.
  public var objectJointPositions: [Double] { mechanisms.flatMap { $0.joints.map(\.position) } }

  /// Rates of the same, rad/s or m/s.
  public var objectJointVelocities: [Double] { mechanisms.flatMap { $0.joints.map(\.velocity) } }

  /// Poses of the objects' links in the world, one list an object of the instance, empty for those without joints and
  /// links of their own.
  public var objectLinkPoses: [[Pose]] {
    var poses = [[Pose]](repeating: [], count: objects.count)
    for mechanism in mechanisms { poses[mechanism.object] = mechanism.linkPoses }
    return poses
  }
}
