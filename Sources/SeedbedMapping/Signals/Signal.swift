/// A number of every frame that a mapping can take.
enum Signal: Sendable, Equatable {
  /// Of a feature that the simulation records by itself: its place, and the dimension's.
  case own(feature: Int, dimension: Int)
  /// The same in the next frame; in the last one its own.
  indirect case next(Signal)
  /// The first minus the second.
  case difference(feature: Int, dimension: Int, minus: Int, dimension2: Int)
  /// Of the measured pose of the tool centre point in the robot's base frame.
  case measured(PosePart)
  /// Of the pose that the commanded joints make.
  case commanded(PosePart)
  /// From the measured pose to the commanded one, in the base frame: positions subtracted, and the rotation that turns
  /// the one into the other.
  case step(PosePart)
}

/// A number of a pose.
enum PosePart: String, Sendable, CaseIterable {
  case x, y, z, qw, qx, qy, qz
  /// Angles about fixed axes: R = Rz(yaw) Ry(pitch) Rx(roll).
  case roll, pitch, yaw
  /// The rotation vector: axis times angle.
  case rx, ry, rz

  var unit: String {
    switch self {
    case .x, .y, .z: "m"
    case .qw, .qx, .qy, .qz: "1"
    case .roll, .pitch, .yaw, .rx, .ry, .rz: "rad"
    }
  }
}
