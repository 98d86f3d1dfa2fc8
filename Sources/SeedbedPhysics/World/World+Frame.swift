internal import CODE
internal import Glibc
internal import SeedbedScene
internal import Synchronization

extension World {
  /// Runs the physics steps of one frame (`Rates.stepsPerFrame`).
  ///
  /// Targets go in a straight line from the previous command's to this one's, arm joints and opening alike, with the
  /// line's slope as velocity feed-forward. Targets beyond a joint's limits are clamped to them, and a target that asks
  /// for more than twice the joint's (or gripper's) fastest speed is approached at that. After `unstable` the world
  /// stands still: further calls change nothing and return the same. `onStep` sees the world after each physics step.
  public mutating func advanceFrame(
    _ command: RobotCommand, onStep: (borrowing World) -> Void = { _ in }
  ) -> FrameOutcome {
    if let failure { return .unstable(reason: failure) }
    guard command.arm.count == arm.axes.count else {
      return fail("the command has \(command.arm.count) arm targets, the arm \(arm.axes.count) joints")
    }
    guard command.opening.isFinite, command.force?.isFinite != false, command.arm.allSatisfy(\.isFinite) else {
      return fail("the command is not finite")
    }
    let steps = rates.stepsPerFrame
    let h = rates.stepSeconds
    let frame = Double(steps) * h
    arm.aim(command.arm, frame: frame)
    gripper.aim(command, joints, frame: frame)
    for k in 1...steps {
      if collider.deepest > ContactRecipe.overlap { softSteps = max(softSteps, 1) }
      weighArm()
      arm.drive(joints, reduced?.arm, step: k, of: steps, frame: frame)
      gripper.drive(joints, step: k, of: steps, frame: frame)
      followers.drive(joints, reduced?.arm)
      if let trouble = reduced?.drive(h: h, isFirstStep: k == 1) { return fail(trouble) }
      for mechanism in mechanisms { mechanism.prepare(h: h) }
      collider.collide(ode, retrySlip: softSteps > 0 ? ContactRecipe.retrySlip : nil)
      applyPushes()
      step(h)
      if let trouble = watch.check() { return fail(describe(trouble)) }
      reduced?.finish(h: h, collider)
      for i in joints.indices { joints[i].read() }
      for i in mechanisms.indices { mechanisms[i].read() }
      if let trouble = brokenJoint { return fail(trouble) }
      collider.watchRest()
      frameShare = Double(k) / Double(steps)
      motion?.note(h: h)
      onStep(self)
    }
    collider.settle()
    stateHash = watch.mix(into: stateHash)
    return .ok
  }

  /// What motors of ODE's joints have to give against gravity in the coming step.
  private mutating func weighArm() {
    for i in arm.axes.indices {
      guard case .motor(let joint) = arm.axes[i].mover else { continue }
      arm.axes[i].gravity = gravityEffort(joints[joint])
    }
  }

  /// One step of ODE.
  ///
  /// Now and then its direct solver fails where forces balance to the last bit, and the remaining constraints would get no
  /// force: a finger would be free of its hand for one step. Then the step is taken back and solved again with all that
  /// moves pushed off the balance by a speed that nothing can measure; this helped in each of 40 failures of 2.3 million
  /// steps. Where it does not, softer friction is tried, and at last the iterative solver, each for a while: what made the
  /// step fail is mostly still there in the next.
  private mutating func step(_ h: Double) {
    stepCount += 1
    if roughSteps > 0 {
      roughSteps -= 1
      return solveRoughly(h)
    }
    watch.save()
    let isSoft = softSteps > 0
    if isSoft {
      softSteps -= 1
      dWorldSetCFM(ode.id, ContactRecipe.retryCFM)
    }
    defer { if isSoft || softSteps > 0 { dWorldSetCFM(ode.id, ContactRecipe.worldCFM) } }
    if solve(h) || solveAgain(h, isSoft: isSoft) { return }
    roughlySolvedSteps += 1
    if !isSoft {
      softSteps = ContactRecipe.softSteps
      dWorldSetCFM(ode.id, ContactRecipe.retryCFM)
      if solveAgain(h, isSoft: true) { return }
    }
    roughSteps = ContactRecipe.roughSteps
    watch.restore()
    solveRoughly(h)
  }

  private mutating func solveAgain(_ h: Double, isSoft: Bool) -> Bool {
    watch.restore()
    watch.nudge(stepKey)
    collider.collide(ode, retrySlip: isSoft ? ContactRecipe.retrySlip : nil, isAgain: true)
    return solve(h)
  }

  /// By the iterative solver, which never fails and is less exact.
  private func solveRoughly(_ h: Double) {
    dRandSetSeed(UInt(truncatingIfNeeded: stepKey))
    dWorldQuickStep(ode.id, h)
  }

  /// Times that a step is solved again because a motor turned out to be at another side of its play.
  private static let playRounds = 8

  /// Whether the direct solver solved the step.
  private mutating func solve(_ h: Double) -> Bool {
    for _ in 0..<Self.playRounds {
      guard solveOnce(h) else { return false }
      guard arm.meetPlay(joints, h: h) else { return true }
      watch.restore()
    }
    return solveOnce(h)
  }

  private mutating func solveOnce(_ h: Double) -> Bool {
    let before = ODELibrary.lcpMessages.load(ordering: .relaxed)
    dRandSetSeed(UInt(truncatingIfNeeded: stepKey))
    let start = monotonicNanoseconds()
    dWorldStep(ode.id, h)
    engineNanoseconds += monotonicNanoseconds() - start
    let failures = ODELibrary.lcpMessages.load(ordering: .relaxed) - before
    lcpMessages += failures
    return failures == 0
  }

  /// Wall-clock seconds inside dWorldStep alone so far. For benchmarks; nothing recorded depends on it.
  public var engineSeconds: Double { Double(engineNanoseconds) * 1e-9 }

  private func monotonicNanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  private mutating func fail(_ reason: String) -> FrameOutcome {
    failure = reason
    collider.forget()
    return .unstable(reason: reason)
  }

  /// A number for every (seed, episode, step); the finaliser of SplitMix64.
  private var stepKey: UInt64 {
    var z = seed &+ 0x9e37_79b9_7f4a_7c15 &* (UInt64(truncatingIfNeeded: episode) &+ 1)
    z = (z ^ UInt64(truncatingIfNeeded: stepCount)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A joint far beyond its stops: the bodies have come apart.
  private var brokenJoint: String? {
    for i in joints.indices {
      let joint = tree.joints[joints[i].number]
      let slack = joint.isHinge ? 0.2 : 0.02
      if let lower = joint.lower, let upper = joint.upper,
        !(joints[i].position > lower - slack && joints[i].position < upper + slack)
      {
        return
          "the joint \"\(jointNames[joints[i].number])\" stands at \(joints[i].position), beyond its limits \(lower)...\(upper)"
      }
    }
    for mechanism in mechanisms {
      guard let (name, position) = mechanism.broken else { continue }
      return "the joint \"\(name)\" of the object \"\(objectNames[mechanism.object])\" stands at \(position), "
        + "beyond its limits"
    }
    return nil
  }

  private func describe(_ trouble: StateWatch.Trouble) -> String {
    let name =
      trouble.body < robotBodies.count
      ? "the link \"\(linkNames[tree.bodies[trouble.body].links.first ?? 0])\""
      : "the object \"\(objectNames[watchedObjects[trouble.body - robotBodies.count]])\""
    return switch trouble.kind {
    case .notFinite: "\(name) has a position or speed that is not finite"
    case .speed(let v): "\(name) moves at \(v) m/s"
    case .spin(let w): "\(name) turns at \(w) rad/s"
    }
  }
}
