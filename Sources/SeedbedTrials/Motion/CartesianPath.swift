package import SeedbedGeometry

/// A tool path as a sum of smooth displacements that may overlap in time: where they do, the tool rounds the corner
/// without a stop, and position, velocity, acceleration and jerk stay continuous.
package struct CartesianPath: Sendable {
  package struct Displacement: Sendable {
    /// Seconds.
    package var start: Double, duration: Double
    /// World, metres.
    package var translation: Vector3
    /// Rotation vector, world frame.
    package var rotation: Vector3

    package init(start: Double, duration: Double, translation: Vector3, rotation: Vector3 = .zero) {
      self.start = start
      self.duration = duration
      self.translation = translation
      self.rotation = rotation
    }
  }

  package var origin: Pose
  /// In order of their start; later rotations are applied after earlier ones.
  package var displacements: [Displacement]

  package init(origin: Pose, displacements: [Displacement] = []) {
    self.origin = origin
    self.displacements = displacements
  }

  /// Appends the way from `from` to `to`.
  package mutating func move(from: Pose, to: Pose, start: Double, duration: Double) {
    displacements.append(
      Displacement(
        start: start, duration: duration, translation: to.position - from.position,
        rotation: (to.orientation * from.orientation.conjugate).rotationVector))
  }

  package func pose(at time: Double) -> Pose {
    var pose = origin
    for d in displacements {
      let s = d.duration > 0 ? smoothStep((time - d.start) / d.duration) : time >= d.start ? 1 : 0
      guard s > 0 else { continue }
      pose.position += d.translation * s
      if d.rotation.squaredLength > 1e-20 {
        pose.orientation = Quaternion(rotationVector: d.rotation * s) * pose.orientation
      }
    }
    pose.orientation = pose.orientation.normalized
    return pose
  }
}
