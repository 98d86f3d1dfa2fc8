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
  /// From the measured pose to that of the next frame, likewise; in the last frame, to it from the one before.
  case way(PosePart)
  /// Times the frames a second.
  indirect case perSecond(Signal)
  /// What the whole episode says of a frame.
  case episode(EpisodeMark)

  /// Whether it needs the poses of the tool centre point.
  var isOfPose: Bool {
    switch self {
    case .measured, .commanded, .step, .way: true
    case .next(let inner), .perSecond(let inner): inner.isOfPose
    case .own, .difference, .episode: false
    }
  }
}

/// Marks of an episode's frames.
enum EpisodeMark: String, Sendable, CaseIterable {
  /// 1 in the first frame, else 0.
  case first
  /// 1 in the last frame, else 0.
  case last
  /// 1 in the last frame of an episode that succeeds, else 0.
  case terminal
  /// 1 in the last frame of an episode that does not succeed, else 0.
  case truncated
  /// 1 in every frame of an episode that succeeds, else 0.
  case success
  /// Counts the frames from 0.
  case frame

  var convention: String {
    switch self {
    case .first: "1 in the first frame, else 0"
    case .last: "1 in the last frame, else 0"
    case .terminal: "1 in the last frame of an episode that succeeds, else 0"
    case .truncated: "1 in the last frame of an episode that does not succeed, else 0"
    case .success: "1 in every frame of an episode that succeeds, else 0"
    case .frame: "counts the episode's frames from 0"
    }
  }
}

/// A number of a pose.
enum PosePart: String, Sendable, CaseIterable {
  case x, y, z, qw, qx, qy, qz
  /// Angles about fixed axes: R = Rz(yaw) Ry(pitch) Rx(roll).
  case roll, pitch, yaw
  /// The rotation vector: axis times angle.
  case rx, ry, rz

  var isOfPlace: Bool { unit == "m" }

  var unit: String {
    switch self {
    case .x, .y, .z: "m"
    case .qw, .qx, .qy, .qz: "1"
    case .roll, .pitch, .yaw, .rx, .ry, .rz: "rad"
    }
  }
}
