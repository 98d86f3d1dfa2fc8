import SeedbedEpisodes
import SeedbedGeometry
import SeedbedMath

/// The values of signals over an episode.
struct SignalValues {
  private let columns: [Column]
  private let widths: [Int]
  let frames: Int
  private let measured: [Pose]
  private let commanded: [Pose]
  private let framesPerSecond: Double
  /// Whether the episode's task is done in its last frame.
  private let succeeds: Bool

  /// - Parameters:
  ///   - columns: The simulation's own, one a feature.
  ///   - forward: The pose of the tool centre point in the robot's base frame of the arm's joint values.
  init(
    features: [Feature], columns: [Column], frames: Int, framesPerSecond: Int, needsPoses: Bool,
    forward: ([Double]) -> Pose
  ) {
    self.columns = columns
    self.frames = frames
    self.framesPerSecond = Double(framesPerSecond)
    let success = features.firstIndex { $0.name == "next.success" }
    succeeds = frames > 0 && success.map { columns[$0].number(frames - 1) >= 0.5 } == true
    widths = features.map { max(1, $0.width) }
    guard needsPoses, let pose = features.firstIndex(where: { $0.name == "observation.ee_pose" }),
      let action = features.firstIndex(where: { $0.name == "action" })
    else {
      (measured, commanded) = ([], [])
      return
    }
    let poses = columns[pose].numbers, width = features[action].width, targets = columns[action].numbers
    measured = (0..<frames).map { k in
      let v = poses[7 * k..<7 * k + 7].map { $0 }
      return Pose(
        Vector3(v[0], v[1], v[2]), Quaternion(w: v[3], x: v[4], y: v[5], z: v[6]).normalized)
    }
    // The action's last number is the gripper's.
    var last: Quaternion?
    commanded = (0..<frames).map { k in
      let pose = forward(Array(targets[k * width..<(k + 1) * width - 1]))
      last = pose.orientation.recorded(after: last)
      return Pose(pose.position, last ?? .identity)
    }
  }

  func value(_ signal: Signal, _ frame: Int) -> Double {
    switch signal {
    case .own(let feature, let dimension): own(feature, dimension, frame)
    case .next(let inner): value(inner, min(frame + 1, frames - 1))
    case .difference(let feature, let dimension, let minus, let dimension2):
      own(feature, dimension, frame) - own(minus, dimension2, frame)
    case .measured(let part): measured.isEmpty ? 0 : measured[frame].number(part)
    case .commanded(let part): commanded.isEmpty ? 0 : commanded[frame].number(part)
    case .step(let part): measured.isEmpty ? 0 : step(measured[frame], commanded[frame]).number(part)
    case .way(let part):
      frames < 2 || measured.isEmpty
        ? 0 : step(measured[min(frame, frames - 2)], measured[min(frame, frames - 2) + 1]).number(part)
    case .perSecond(let inner): framesPerSecond * value(inner, frame)
    case .episode(let mark): value(mark, frame)
    }
  }

  private func value(_ mark: EpisodeMark, _ frame: Int) -> Double {
    let isLast = frame == frames - 1
    return switch mark {
    case .first: frame == 0 ? 1 : 0
    case .last: isLast ? 1 : 0
    case .terminal: isLast && succeeds ? 1 : 0
    case .truncated: isLast && !succeeds ? 1 : 0
    case .success: succeeds ? 1 : 0
    case .frame: Double(frame)
    }
  }

  private func own(_ feature: Int, _ dimension: Int, _ frame: Int) -> Double {
    columns[feature].number(frame * widths[feature] + dimension)
  }

  private func step(_ from: Pose, _ to: Pose) -> Pose {
    Pose(to.position - from.position, (to.orientation * from.orientation.conjugate).normalized.recorded(after: nil))
  }
}

extension Column {
  func number(_ i: Int) -> Double {
    switch self {
    case .float32(let v): Double(v[i])
    case .float64(let v): v[i]
    case .int64(let v): Double(v[i])
    case .bool(let v): v[i] ? 1 : 0
    case .text: 0
    }
  }

  var numbers: [Double] { (0..<count).map { number($0) } }
}

extension Pose {
  func number(_ part: PosePart) -> Double {
    let q = orientation
    switch part {
    case .x: return position.x
    case .y: return position.y
    case .z: return position.z
    case .qw: return q.w
    case .qx: return q.x
    case .qy: return q.y
    case .qz: return q.z
    case .roll: return Elementary.atan2(2 * (q.w * q.x + q.y * q.z), 1 - 2 * (q.x * q.x + q.y * q.y))
    case .pitch: return Elementary.asin(max(-1, min(1, 2 * (q.w * q.y - q.z * q.x))))
    case .yaw: return Elementary.atan2(2 * (q.w * q.z + q.x * q.y), 1 - 2 * (q.y * q.y + q.z * q.z))
    case .rx: return q.rotationVector.x
    case .ry: return q.rotationVector.y
    case .rz: return q.rotationVector.z
    }
  }
}
