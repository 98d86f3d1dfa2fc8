import CRaster
import SeedbedGeometry
import SeedbedScene
import URDF

/// The box that the shadow map covers. It depends on the episode only, not on the frame, so that shadows don't swim.
struct ShadowFrame {
  private var center: Vector3
  private var right: Vector3, down: Vector3
  private var halfWidth: Double, halfHeight: Double

  /// Half extent beyond which the map would become too coarse, metres.
  private static let largestExtent = 2.0

  /// Around all objects that throw shadows at their start and the space that the robot can reach; nil without a light
  /// that throws shadows.
  init?(instance: SceneInstance, model: RenderModel, parts: [ObjectPart]) {
    guard let light = instance.lighting.keyLight?.direction else { return nil }
    let reference: Vector3 = abs(light.x) < 0.9 ? .unitX : .unitY
    guard let right = (reference - light * light.dot(reference)).normalized else { return nil }
    self.right = right
    down = light.cross(right)
    var spheres = model.reachSpheres.map { $0.moved(by: instance.robot.pose) }
    for part in parts where part.castsShadow {
      let object = instance.objects[part.object]
      let frame = part.link.map { model.startLinkPoses(object)[$0] } ?? object.pose
      let sphere = part.mesh.bounds.moved(by: frame)
      if sphere.center.isFinite, sphere.center.length < 1e4 { spheres.append(sphere) }
    }
    let movable = instance.objects.filter { !$0.isFixed && $0.pose.isFinite }.map(\.pose.position)
    let middle =
      movable.isEmpty
      ? instance.robot.pose.position : movable.reduce(.zero, +) * (1 / Double(movable.count))
    let x = Self.range(spheres, along: right, around: middle), y = Self.range(spheres, along: down, around: middle)
    center = right * x.middle + down * y.middle + light * light.dot(middle)
    halfWidth = x.half
    halfHeight = y.half
  }

  private static func range(
    _ spheres: [BoundingSphere], along axis: Vector3, around middle: Vector3
  ) -> (middle: Double, half: Double) {
    let focus = axis.dot(middle)
    let low = spheres.map { axis.dot($0.center) - $0.radius }.min() ?? focus - 1
    let high = spheres.map { axis.dot($0.center) + $0.radius }.max() ?? focus + 1
    let from = max(low, focus - largestExtent), to = min(high, focus + largestExtent)
    guard to > from else { return (focus, 1) }
    return (0.5 * (from + to), max(0.05, 0.5 * (to - from) * 1.02))
  }

  var raster: RasterShadowBox {
    RasterShadowBox(
      center: center.doubles, right: right.doubles, down: down.doubles, half_width: halfWidth,
      half_height: halfHeight)
  }
}

extension Vector3 {
  fileprivate var doubles: (Double, Double, Double) { (x, y, z) }
}

extension RenderModel {
  /// What the robot can sweep, in the frame of its root link: around the first moving joint of each chain a sphere, somewhat
  /// smaller than the stretched chain; and what stands still.
  var reachSpheres: [BoundingSphere] {
    var spheres: [BoundingSphere] = []
    for part in linkParts where part.link == robot.rootLink { spheres.append(part.mesh.bounds) }
    var open = [(link: robot.rootLink, pose: Pose.identity)]
    var visited = 0
    while let (link, pose) = open.popLast(), visited <= robot.links.count {
      visited += 1
      for joint in robot.joints where joint.parent == link {
        let child = pose * joint.origin
        if joint.kind == .fixed {
          open.append((joint.child, child))
          for part in linkParts where part.link == joint.child { spheres.append(part.mesh.bounds.moved(by: child)) }
        } else {
          spheres.append(BoundingSphere(center: child.position, radius: 0.85 * length(below: joint.child, depth: 0)))
        }
      }
    }
    return spheres
  }

  /// Length of the longest stretched chain from a link's frame on, metres.
  private func length(below link: Int, depth: Int) -> Double {
    guard depth <= robot.links.count else { return 0 }
    var longest = 0.0
    for part in linkParts where part.link == link {
      longest = max(longest, part.mesh.bounds.center.length + part.mesh.bounds.radius)
    }
    for joint in robot.joints where joint.parent == link {
      let travel = joint.kind == .prismatic ? max(abs(joint.lower ?? 0), abs(joint.upper ?? 0)) : 0
      longest = max(longest, joint.origin.position.length + travel + length(below: joint.child, depth: depth + 1))
    }
    return longest
  }
}
