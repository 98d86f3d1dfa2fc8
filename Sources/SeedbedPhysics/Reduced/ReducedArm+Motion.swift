internal import SeedbedGeometry
internal import SeedbedMath

extension ReducedArm {
  /// Forward kinematics: puts the links where the coordinates say.
  func place() {
    for i in 0..<linkCount {
      let link = links[i]
      let value = link.ratio * drives[link.coordinate].position + link.offset
      var rotation = link.rotation, position = link.position
      if link.parent >= 0 {
        let parent = states[link.parent]
        rotation = parent.rotation * rotation
        position = parent.apply(position)
      }
      states[i].axis = rotation * link.axis
      if link.isHinge {
        states[i].rotation = rotation * Matrix3(axis: link.axis, angle: value)
        states[i].position = position
      } else {
        states[i].rotation = rotation
        states[i].position = position + states[i].axis * value
      }
    }
  }

  /// Velocities of the links from the rates (of the coming step, or of the last one with `isNext` false), and the
  /// accelerations that they have while no rate changes.
  @inline(__always) func move(isNext: Bool) {
    for i in 0..<linkCount {
      let link = links[i]
      let drive = drives[link.coordinate]
      let rate = link.ratio * (isNext ? drive.nextRate : drive.rate)
      let along = states[i].axis * rate
      var angular = Vector3.zero, linear = Vector3.zero, angularGain = Vector3.zero, linearGain = Vector3.zero
      if link.parent >= 0 {
        let parent = states[link.parent]
        let r = states[i].position - parent.position
        let turning = parent.angular.cross(r)
        angular = parent.angular
        linear = parent.linear + turning
        angularGain = parent.angularGain
        linearGain = parent.linearGain + parent.angularGain.cross(r) + parent.angular.cross(turning)
      }
      if link.isHinge {
        angularGain += angular.cross(along)
        angular += along
      } else {
        linearGain += 2 * angular.cross(along)
        linear += along
      }
      states[i].angular = angular
      states[i].linear = linear
      states[i].angularGain = angularGain
      states[i].linearGain = linearGain
    }
  }

  /// Velocity of a point of the world that moves with a link.
  @inline(__always) func velocity(_ link: Int, at point: Vector3) -> Vector3 {
    states[link].linear + states[link].angular.cross(point - states[link].position)
  }

  /// Takes the step that was solved.
  func integrate(h: Double) {
    for c in 0..<driveCount {
      drives[c].rate = drives[c].nextRate
      drives[c].position += h * drives[c].nextRate
    }
    place()
  }
}

extension Matrix3 {
  /// Rotation about a unit vector (Rodrigues).
  @inline(__always) init(axis a: Vector3, angle: Double) {
    let (s, c) = Elementary.sinCos(angle)
    let b = a * (1 - c), d = a * s
    self.init(
      rows: Vector3(c + a.x * b.x, a.x * b.y - d.z, a.x * b.z + d.y),
      Vector3(a.y * b.x + d.z, c + a.y * b.y, a.y * b.z - d.x),
      Vector3(a.z * b.x - d.y, a.z * b.y + d.x, c + a.z * b.z))
  }
}
