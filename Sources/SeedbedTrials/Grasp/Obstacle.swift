package import SeedbedGeometry
package import SeedbedScene
internal import URDF

/// Something that hand, arm and carried object keep away from.
package struct Obstacle: Sendable {
  /// Index into `SceneInstance.objects`.
  package var object: Int
  package var bound: SolidBound
  /// Wanted distance, metres.
  package var margin: Double

  package init(object: Int, bound: SolidBound, margin: Double) {
    self.object = object
    self.bound = bound
    self.margin = margin
  }

  /// 0 at the wanted distance or more, 1 at contact, more the deeper.
  package func penalty(_ shape: SolidBound) -> Double {
    let clearance = shape.clearance(to: bound, cutoff: margin)
    return clearance >= margin ? 0 : (margin - clearance) / margin
  }

  /// Every object but `target` where `poses` say. Things that may be knocked over get the widest berth; below large
  /// fixed things (a table) the fingers must be allowed to work close to the surface.
  package static func all(_ instance: SceneInstance, poses: [Pose], except target: Int, assets: SceneAssets)
    -> [Obstacle]
  {
    var result: [Obstacle] = []
    for (index, object) in instance.objects.enumerated() where index != target {
      let margin: Double
      switch (object.isFixed, object.shape) {
      case (_, .bin): margin = 0.004
      case (true, _): margin = 0.0015
      case (false, _): margin = 0.008
      }
      for bound in solids(object, at: poses[index], assets) {
        result.append(Obstacle(object: index, bound: bound, margin: margin))
      }
    }
    return result
  }

  /// In the world. Of an articulated object the collision shapes of all links, with the joints where they were at the
  /// start.
  private static func solids(_ object: ObjectInstance, at pose: Pose, _ assets: SceneAssets) -> [SolidBound] {
    guard case .urdf(let path) = object.shape, let model = assets.mechanisms[path] else {
      return SolidBound.solids(object.shape, at: pose, meshes: assets.meshes)
    }
    var moved = object
    moved.pose = pose
    return zip(model.links, moved.startLinkPoses(model)).flatMap { link, frame in
      link.collisions.map { SolidBound($0, meshes: assets.meshes).placed(in: frame) }
    }
  }
}
