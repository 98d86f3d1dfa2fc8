import SeedbedGeometry

/// How a trial stands.
public enum Verdict: Sendable, Equatable {
  case ongoing
  /// The object lay still in the goal for the dwell time, and still does; the frame in which the time was over.
  case success(frame: Int)
  case failure(FailureCause, frame: Int)
}

/// Judges a pick and place from the physics, frame by frame. A failure is final; a success lasts as long as the object
/// lies where it came to rest.
///
/// Success: the object was lifted and let go, its centre is in the goal's zone (inside the inner footprint of a bin and
/// below its rim, or above the rim where the object stands on the bin's floor; over the top face of anything else), it
/// touches something there (the goal itself where that is no bin) and nothing of the robot, it is at rest, all that for
/// the whole dwell time, and it was not dropped before. See `FailureCause` for the rest.
public struct PickAndPlaceJudge: Sendable {
  public let rules: JudgeRules
  public private(set) var verdict = Verdict.ongoing
  /// Of the frame last seen.
  public private(set) var margins = PlacementZone.Margins(side: 0, floor: 0, rim: 0, standing: 0)
  /// Whether the success condition holds in the frame last seen, dwell time aside.
  public private(set) var isPlaced = false

  private enum Stage { case waiting, grasping, lifted, released }
  private var stage = Stage.waiting
  private var start: [Pose] = []
  private var disturbed: [Bool] = []
  private var placedSince: Int?
  private var placedPose = Pose.identity
  private var strandedSince: Int?
  private var wasOpen = false
  /// Since when the fingers stand still without the object; since when no finger holds it.
  private var emptySince: Int?, lostSince: Int?
  private var lowestTool = 0.0
  /// The opening at which a finger last touched the object; once it is lifted, the smallest such, m.
  private var heldOpening = Double.infinity

  public init(_ rules: JudgeRules) { self.rules = rules }

  /// Takes the state at the start of frame `frame`; frames come in order from 0.
  public mutating func observe(_ o: JudgeObservation, frame: Int) {
    if start.isEmpty {
      start = o.objectPoses
      disturbed = [Bool](repeating: false, count: start.count)
      lowestTool = o.tcp.position.z
    }
    margins = rules.zone.margins(
      of: rules.bound.placed(in: o.objectPoses[rules.target]), goal: o.objectPoses[rules.goal])
    let atRest = o.linearSpeed < JudgeRules.restSpeed && o.angularSpeed < JudgeRules.restSpin
    let isSupported = rules.zone.isBin ? !o.touchedByTarget.isEmpty : o.touchedByTarget.contains(rules.goal)
    isPlaced = stage == .released && margins.isInside && atRest && !o.touchesRobot && isSupported
    if case .success = verdict, !isPlaced || hasMoved(o) { verdict = .ongoing }
    guard verdict == .ongoing else { return }
    if let cause = collision(o) { return fail(cause, frame) }
    follow(o, frame, atRest: atRest)
    guard verdict == .ongoing else { return }
    if !isPlaced {
      placedSince = nil
    } else if placedSince == nil || hasMoved(o) {
      placedSince = frame
      placedPose = o.objectPoses[rules.target]
    }
    if let since = placedSince, frame - since + 1 >= rules.dwellFrames { verdict = .success(frame: frame) }
  }

  /// The time is up, or the physics is: ends an undecided trial.
  public mutating func end(_ cause: FailureCause, frame: Int) {
    if verdict == .ongoing { fail(cause, frame) }
  }

  private mutating func fail(_ cause: FailureCause, _ frame: Int) { verdict = .failure(cause, frame: frame) }

  private func center(_ poses: [Pose]) -> Vector3 { poses[rules.target].apply(rules.bound.pose.position) }

  /// Since it came to rest.
  private func hasMoved(_ o: JudgeObservation) -> Bool {
    let now = o.objectPoses[rules.target]
    let turn = (now.orientation * placedPose.orientation.conjugate).rotationVector.length
    return (now.position - placedPose.position).length > JudgeRules.restShift || turn > JudgeRules.restTurn
  }

  private mutating func collision(_ o: JudgeObservation) -> FailureCause? {
    if o.bumpForce > JudgeRules.bumpForce { return .collision }
    if stage == .lifted, o.targetBumpForce > JudgeRules.bumpForce { return .collision }
    if o.touchesRobot { disturbed[rules.target] = true }
    for push in o.pushes where push.by.map({ disturbed[$0] }) ?? true { disturbed[push.object] = true }
    for i in start.indices where disturbed[i] && i != rules.target && rules.isMovable[i] {
      if (o.objectPoses[i].position - start[i].position).length > JudgeRules.shove { return .collision }
    }
    return nil
  }

  /// Steps through waiting, grasping, lifted, released.
  private mutating func follow(_ o: JudgeObservation, _ frame: Int, atRest: Bool) {
    let rise = center(o.objectPoses).z - center(start).z
    if o.touchingFingers > 0 { heldOpening = stage == .lifted ? min(heldOpening, o.opening) : o.opening }
    switch stage {
    case .waiting, .grasping:
      if rise > JudgeRules.liftHeight, o.touchingFingers > 0, o.touchedByTarget.isEmpty {
        stage = .lifted
        lostSince = nil
        return
      }
      judgeGrasp(o, frame, rise: rise)
    case .lifted: judgeHold(o, frame)
    case .released: judgeRelease(o, frame, atRest: atRest)
    }
  }

  private mutating func judgeGrasp(_ o: JudgeObservation, _ frame: Int, rise: Double) {
    if rise < -JudgeRules.fall { return fail(.missed, frame) }
    let asked = rules.smallestWidth - 0.001
    if o.commandedOpening >= asked { wasOpen = true }
    if stage == .waiting {
      guard wasOpen, o.commandedOpening < asked else { return }
      stage = .grasping
      lowestTool = o.tcp.position.z
    }
    // Closed on nothing, or on something else.
    let isStill = abs(o.openingSpeed) < JudgeRules.fingerRest
    let isAsked = o.commandedOpening < o.opening - 0.004 || o.opening < rules.closedOpening + 0.001
    if o.touchingFingers < 2, isStill, isAsked {
      if emptySince == nil { emptySince = frame }
    } else {
      emptySince = nil
    }
    if let since = emptySince, frame - since >= 2 { return fail(.missed, since) }
    // Left behind.
    if o.touchingFingers == 2 { lostSince = nil } else if lostSince == nil { lostSince = frame }
    lowestTool = min(lowestTool, o.tcp.position.z)
    let isLeftBehind = o.tcp.position.z - lowestTool > JudgeRules.patience && rise < JudgeRules.liftHeight
    if isLeftBehind || o.commandedOpening > min(o.opening, heldOpening) + 0.004 { fail(.missed, lostSince ?? frame) }
  }

  private mutating func judgeHold(_ o: JudgeObservation, _ frame: Int) {
    // Fingers that let go stand where they are told, open wider than when they held.
    let isAskedToOpen = o.commandedOpening > o.opening + 0.0005
    if isAskedToOpen || (o.touchingFingers < 2 && o.commandedOpening > heldOpening + 0.0001) {
      stage = .released
      return
    }
    if o.touchingFingers > 0 {
      lostSince = nil
      return
    }
    if lostSince == nil { lostSince = frame }
    if let since = lostSince, frame - since >= 1 {
      fail(.slipped, since)
    }
  }

  private mutating func judgeRelease(_ o: JudgeObservation, _ frame: Int, atRest: Bool) {
    let touchesOther = o.touchedByTarget.contains { $0 != rules.goal }
    let isOutside = margins.side < 0 || margins.floor < 0
    if isOutside, touchesOther || margins.floor < 0 { return fail(.dropped, frame) }
    // On the rim, or on top of a heap: still, but not in the goal.
    let isStranded = atRest && !o.touchesRobot && !o.touchedByTarget.isEmpty && !margins.isInside
    if !isStranded { strandedSince = nil } else if strandedSince == nil { strandedSince = frame }
    if let since = strandedSince, frame - since + 1 >= rules.dwellFrames { fail(.dropped, since) }
  }
}
