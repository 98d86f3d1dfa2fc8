import SeedbedGeometry

/// Poses of the tool centre point in the robot's base frame, absolute.
package struct PoseController: ArmController {
  package enum Rotation: Sendable {
    /// qw qx qy qz of a unit quaternion; of the two signs the one that is nearer to the action before, so that it does not
    /// leap within an episode.
    case quaternion
    /// First and second column of the rotation matrix. Any two vectors that are not parallel are made orthonormal.
    case columns
  }

  private let model: ArmModel
  private let rotation: Rotation
  /// Of the last action; at first of the start.
  private var last: Quaternion
  private var follower: PoseFollower

  package init(_ model: ArmModel, _ rotation: Rotation) {
    self.model = model
    self.rotation = rotation
    last = (model.base.inverse * forwardKinematics(model, model.home)).orientation.normalized.recorded(after: nil)
    follower = PoseFollower(model)
  }

  package mutating func action(to joints: [Double]) -> [Float] {
    let pose = model.base.inverse * forwardKinematics(model, joints)
    var numbers = [pose.position.x, pose.position.y, pose.position.z]
    switch rotation {
    case .quaternion:
      let q = pose.orientation.normalized.recorded(after: last)
      last = q
      numbers += [q.w, q.x, q.y, q.z]
    case .columns:
      let m = pose.orientation.matrix
      for column in 0..<2 { numbers += [m.column(column).x, m.column(column).y, m.column(column).z] }
    }
    return numbers.map { Float($0) }
  }

  package mutating func targets(_ action: [Float]) -> [Double] {
    let v = action.map { Double($0) }
    let orientation: Quaternion
    switch rotation {
    case .quaternion: orientation = Quaternion(w: v[3], x: v[4], y: v[5], z: v[6]).normalized
    case .columns:
      let x = Vector3(v[3], v[4], v[5]).normalized ?? .unitX
      let second = Vector3(v[6], v[7], v[8])
      let y = (second - x * x.dot(second)).normalized ?? x.anyOrthogonal
      orientation = Quaternion(Matrix3(columns: x, y, x.cross(y)))
    }
    return follower.follow(model.base * Pose(Vector3(v[0], v[1], v[2]), orientation))
  }
}

/// Motions of the tool centre point from the last commanded pose (the first from the start): a translation (m) and a
/// rotation vector (axis times angle, rad), in the axes of the robot's base or of the last commanded tool frame. Relative
/// to what was commanded, not to what is measured: so they do not drift.
package struct PoseDeltaController: ArmController {
  package enum Axes: Sendable { case base, tool }

  private let model: ArmModel
  private let axes: Axes
  /// In the base frame.
  private var last: Pose
  private var follower: PoseFollower

  package init(_ model: ArmModel, _ axes: Axes) {
    self.model = model
    self.axes = axes
    last = model.base.inverse * forwardKinematics(model, model.home)
    follower = PoseFollower(model)
  }

  package mutating func action(to joints: [Double]) -> [Float] {
    let pose = model.base.inverse * forwardKinematics(model, joints)
    var way = pose.position - last.position
    var turn = (pose.orientation * last.orientation.conjugate).rotationVector
    if axes == .tool {
      way = last.orientation.conjugate.rotate(way)
      turn = last.orientation.conjugate.rotate(turn)
    }
    let numbers = [way.x, way.y, way.z, turn.x, turn.y, turn.z].map { Float($0) }
    advance(numbers)
    return numbers
  }

  package mutating func targets(_ action: [Float]) -> [Double] {
    advance(action)
    return follower.follow(model.base * last)
  }

  private mutating func advance(_ action: [Float]) {
    var way = Vector3(Double(action[0]), Double(action[1]), Double(action[2]))
    var turn = Vector3(Double(action[3]), Double(action[4]), Double(action[5]))
    if axes == .tool {
      way = last.orientation.rotate(way)
      turn = last.orientation.rotate(turn)
    }
    last = Pose(last.position + way, (Quaternion(rotationVector: turn) * last.orientation).normalized)
  }
}
