internal import CODE
internal import SeedbedGeometry

/// Accelerations of the robot's bodies, from their velocities of step to step: exactly what the step's forces did.
struct MotionTrack {
  private let bodies: [dBodyID]
  private var velocities: [(linear: Vector3, angular: Vector3)]
  /// Of the bodies' centres of mass, m/s², and angular, rad/s², over the last step, world axes.
  private(set) var accelerations: [(linear: Vector3, angular: Vector3)]

  init(_ bodies: [dBodyID]) {
    self.bodies = bodies
    velocities = bodies.map { Self.velocity($0) }
    accelerations = bodies.map { _ in (.zero, .zero) }
  }

  /// Takes note of a step of h seconds.
  mutating func note(h: Double) {
    for i in bodies.indices {
      let now = Self.velocity(bodies[i]), before = velocities[i]
      accelerations[i] = ((now.linear - before.linear) / h, (now.angular - before.angular) / h)
      velocities[i] = now
    }
  }

  private static func velocity(_ body: dBodyID) -> (linear: Vector3, angular: Vector3) {
    (ODEValue.vector(dBodyGetLinearVel(body)), ODEValue.vector(dBodyGetAngularVel(body)))
  }
}
