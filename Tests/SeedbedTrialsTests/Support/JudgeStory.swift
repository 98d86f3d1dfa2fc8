import SeedbedGeometry
import SeedbedTrials

/// A pick and place told as a judge sees it, frame by frame: the plain one succeeds, and tests bend it.
struct JudgeStory {
  /// Objects: 0 table, 1 the goal, 2 the target (a 4 cm cube), 3 another thing.
  static let target = 2
  /// Frames: closing 10..., lifted from 20, released at 40, in the goal from 45, finger gone from 47.
  static let released = 40, landed = 47

  var observations: [JudgeObservation] = []
  var rules: JudgeRules

  init(
    goal: Pose = Pose(Vector3(0.5, 0.3, 0.04)), isBin: Bool = true, dwellFrames: Int = 15, frames: Int = 80,
    height: Double = 0.04
  ) {
    let zone =
      isBin
      ? PlacementZone(isBin: true, floor: Pose(Vector3(0, 0, -0.034)), halfX: 0.1, halfY: 0.07, depth: 0.074)
      : PlacementZone(isBin: false, floor: Pose(Vector3(0, 0, 0.04)), halfX: 0.1, halfY: 0.07, depth: 1)
    rules = JudgeRules(
      target: 2, goal: 1, isMovable: [false, false, true, true], zone: zone,
      bound: SolidBound(form: .box, pose: .identity, half: Vector3(0.02, 0.02, height / 2)), smallestWidth: 0.04,
      dwellFrames: dwellFrames, closedOpening: 0)
    let start = Vector3(0.5, -0.1, height / 2)
    let rest = goal * zone.floor * Pose(Vector3(0, 0, height / 2))
    for k in 0..<frames {
      var o = JudgeObservation(
        objectPoses: [.identity, goal, Pose(start), Pose(Vector3(0.4, -0.2, 0.02))], linearSpeed: 0, angularSpeed: 0,
        touchingFingers: 0, touchesRobot: false, touchedByTarget: [0], pushes: [], bumpForce: 0, opening: 0.06,
        openingSpeed: 0, commandedOpening: 0.06, tcp: Pose(start))
      if k >= 10, k < JudgeStory.released {
        o.commandedOpening = max(0, 0.06 - 0.0035 * Double(k - 9))
        o.opening = max(0.04, o.commandedOpening)
        o.openingSpeed = o.opening > 0.04 ? -0.1 : 0
      }
      if k >= 16, k < JudgeStory.landed {
        o.touchingFingers = 2
        o.touchesRobot = true
      }
      if k >= 20, k < 45 {
        let s = Double(k - 20) / 25
        o.objectPoses[2].position = start + (rest.position - start) * s + Vector3(0, 0, 0.8 * s * (1 - s) + 0.02)
        o.tcp.position = o.objectPoses[2].position
        o.touchedByTarget = []
        o.linearSpeed = 0.3
      }
      if k >= 45 {
        o.objectPoses[2].position = rest.position
        o.tcp.position = rest.position + Vector3(0, 0, 0.01 * Double(k - 45))
        o.touchedByTarget = [1]
      }
      if k >= JudgeStory.released {
        o.opening = min(0.06, 0.04 + 0.003 * Double(k - JudgeStory.released))
        o.commandedOpening = o.opening + 0.003
        o.openingSpeed = 0.09
      }
      observations.append(o)
    }
  }

  /// Moves the target's resting place by `offset` in the goal's frame.
  mutating func shiftRest(_ offset: Vector3) {
    for k in 45..<observations.count {
      observations[k].objectPoses[2].position += observations[k].objectPoses[1].rotate(offset)
    }
  }

  mutating func change(_ frames: some Sequence<Int>, _ body: (inout JudgeObservation) -> Void) {
    for k in frames where observations.indices.contains(k) { body(&observations[k]) }
  }

  mutating func changeRest(_ body: (inout JudgeObservation) -> Void) {
    change(JudgeStory.landed..<observations.count, body)
  }

  /// The target moves and turns by so much a frame from its resting place on.
  mutating func drift(perFrame shift: Vector3 = .zero, turnPerFrame: Double = 0) {
    for k in JudgeStory.landed..<observations.count {
      let n = Double(k - JudgeStory.landed)
      let pose = observations[k].objectPoses[2]
      observations[k].objectPoses[2] = Pose(
        pose.position + shift * n, Quaternion(axis: .unitX, angle: turnPerFrame * n) * pose.orientation)
    }
  }

  func verdict() -> Verdict {
    var judge = PickAndPlaceJudge(rules)
    for (k, o) in observations.enumerated() { judge.observe(o, frame: k) }
    judge.end(.timeout, frame: observations.count - 1)
    return judge.verdict
  }

  var isSuccess: Bool { if case .success = verdict() { true } else { false } }
}
