internal import CODE
public import SeedbedGeometry

/// A point at which two things touched in the last physics step. World frame.
public struct ContactPoint: Sendable, Equatable {
  /// As the collider has them, in no order.
  public var first: Contact.Participant, second: Contact.Participant
  /// m.
  public var point: Vector3
  /// Unit vector from `second` into `first`.
  public var normal: Vector3
  /// On `first`, N, friction included; `second` feels the opposite.
  public var force: Vector3
  /// On `first` besides, Nm: friction against turning.
  public var torque: Vector3

  /// N, never negative.
  public var normalForce: Double { max(0, force.dot(normal)) }
}

extension World {
  /// Every contact point of the last physics step with its force, in the collider's fixed order.
  public var contactPoints: [ContactPoint] {
    var points: [ContactPoint] = []
    points.reserveCapacity(collider.touchCount)
    for i in 0..<collider.touchCount {
      let touch = collider.touches[i]
      let pair = collider.pairs[Int(touch.pair)]
      let f = collider.feedback[i].f1
      points.append(
        ContactPoint(
          first: collider.geoms[Int(pair.first)].owner, second: collider.geoms[Int(pair.second)].owner,
          point: touch.point, normal: touch.normal, force: Vector3(f.0, f.1, f.2), torque: .zero))
    }
    collider.turningTorques { pair, torque in
      // Of a pair that resists turning, some point is among the touches.
      if let i = (0..<points.count).first(where: { Int(collider.touches[$0].pair) == pair }) {
        points[i].torque += torque
      }
    }
    return points
  }
}
