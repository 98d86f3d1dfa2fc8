internal import CODE
package import SeedbedGeometry

/// Loads for measurements: what pushes an object from outside, and what its contacts give it.
extension World {
  /// Pushes a movable object with a force (N, world frame) at its centre of mass, in every step until another force is set.
  package mutating func push(object: Int, force: Vector3) {
    guard let body = objects[object].body else { return }
    pushes.removeAll { $0.body == body }
    collider.wake(body)
    if force != .zero { pushes.append((body, force)) }
  }

  /// Adds the loads to the forces of the coming step.
  mutating func applyPushes() {
    for push in pushes {
      collider.wake(push.body)
      dBodyAddForce(push.body, push.force.x, push.force.y, push.force.z)
    }
  }

  /// The sum of all contact forces on an object in the last step, friction included, N, world frame.
  package func contactForce(onObject object: Int) -> Vector3 {
    let me = Contact.Participant.object(object)
    var sum = Vector3.zero
    for i in 0..<collider.touchCount {
      let pair = collider.pairs[Int(collider.touches[i].pair)]
      let f = collider.feedback[i].f1
      // The feedback is of the pair's first geom.
      if collider.geoms[Int(pair.first)].owner == me { sum += Vector3(f.0, f.1, f.2) }
      if collider.geoms[Int(pair.second)].owner == me { sum += Vector3(-f.0, -f.1, -f.2) }
    }
    return sum
  }
}
