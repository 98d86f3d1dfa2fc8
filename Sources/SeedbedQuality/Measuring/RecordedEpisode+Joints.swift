import SeedbedEpisodes
import SeedbedScene
import SeedbedTrials

/// Below these speeds a joint counts as standing still.
public enum SmoothnessLevels {
  /// For pauses: rad/s and m/s.
  public static let standstillTurning = 0.01, standstillSliding = 0.002
  /// For reversals: rad/s and m/s.
  public static let reversalTurning = 0.05, reversalSliding = 0.01
}

extension RecordedEpisode {
  func jointMeasurements() -> [JointMeasurements] {
    let states = JointTrack("observation.state", in: self), actions = JointTrack("action", in: self)
    let velocities = JointTrack("observation.velocity", in: self), efforts = JointTrack("observation.effort", in: self)
    let rate = Double(rates.control)
    return robot.arm.indices.map { j in
      let isSliding = isSliding(j)
      var joint = JointMeasurements(name: robot.arm[j].joint, unit: isSliding ? "m" : "rad")
      for k in 3..<max(3, states.frames) {
        let difference = states[k, j] - 3 * states[k - 1, j] + 3 * states[k - 2, j] - states[k - 3, j]
        joint.jerk.take(abs(difference) * rate * rate * rate, frame: k)
      }
      joint.reversals = reversals(
        velocities, j, above: isSliding ? SmoothnessLevels.reversalSliding : SmoothnessLevels.reversalTurning)
      if robot.arm[j].velocity > 0 {
        for k in 0..<velocities.frames { joint.velocity.take(abs(velocities[k, j]) / robot.arm[j].velocity, frame: k) }
      }
      if robot.arm[j].effort > 0 {
        for k in 0..<efforts.frames { joint.effort.take(abs(efforts[k, j]) / robot.arm[j].effort, frame: k) }
      }
      joint.frozen = frozen(states, actions, j)
      return joint
    }
  }

  /// Changes of direction between speeds above a level.
  private func reversals(_ velocities: JointTrack, _ j: Int, above level: Double) -> Int {
    var direction = 0.0
    var count = 0
    for k in 0..<velocities.frames {
      let velocity = velocities[k, j]
      guard abs(velocity) > level else { continue }
      if velocity * direction < 0 { count += 1 }
      direction = velocity
    }
    return count
  }

  /// The range of the commands over the frames in which the recorded position has the same bits.
  private func frozen(_ states: JointTrack, _ actions: JointTrack, _ j: Int) -> Peak {
    var most = Peak()
    var start = 0
    var low = Double.infinity, high = -Double.infinity
    for k in 0..<min(states.frames, actions.frames) {
      if k > 0, states.bits(k, j) != states.bits(k - 1, j) {
        start = k
        (low, high) = (.infinity, -.infinity)
      }
      let action = actions[k, j]
      guard action.isFinite else { continue }
      low = min(low, action)
      high = max(high, action)
      most.take(high - low, frame: start)
    }
    return most
  }

  /// Longest run of frames of one motion phase after another in which no joint moves.
  func longestPause() -> Peak {
    let velocities = JointTrack("observation.velocity", in: self)
    guard let index = schema.index(of: "privileged.phase"), index < columns.count,
      case .int64(let phases) = columns[index]
    else { return Peak() }
    let sliding = robot.arm.indices.map { isSliding($0) }
    var longest = Peak()
    var start: Int?
    for k in 0..<min(velocities.frames, phases.count) {
      let stands =
        velocities.joints > 0
        && (0..<velocities.joints).allSatisfy { j in
          abs(velocities[k, j]) < (sliding[j] ? SmoothnessLevels.standstillSliding : SmoothnessLevels.standstillTurning)
        }
      guard stands, TrialPhase(rawValue: Int(phases[k]))?.isMotion == true else {
        start = nil
        continue
      }
      let first = start ?? k
      start = first
      longest.take(Double(k - first + 1) / Double(max(1, rates.control)), frame: first)
    }
    return longest
  }

  private func isSliding(_ j: Int) -> Bool {
    guard let feature = schema.index(of: "observation.state").map({ schema.features[$0] }), j < feature.width else {
      return false
    }
    return feature.dimensions[j].unit == "m"
  }
}

extension TrialPhase {
  /// Whether the arm should be moving.
  var isMotion: Bool {
    switch self {
    case .approach, .lift, .transport, .place, .retreat: true
    case .grasp, .release, .done: false
    }
  }
}
