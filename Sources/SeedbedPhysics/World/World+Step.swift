internal import CODE
internal import Glibc
internal import Synchronization

extension World {
  /// One step of ODE.
  ///
  /// Now and then its direct solver fails where forces balance to the last bit, and the remaining constraints would get no
  /// force: a finger would be free of its hand for one step. Then the step is taken back and solved again with all that
  /// moves pushed off the balance by a speed that nothing can measure; this helped in each of 40 failures of 2.3 million
  /// steps. Where it does not, softer friction is tried, and at last the iterative solver, each for a while: what made the
  /// step fail is mostly still there in the next.
  mutating func step(_ h: Double) {
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
    if solve(h, isSoft: isSoft) || solveAgain(h, isSoft: isSoft) { return }
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

  /// Nudges that are tried.
  private static let nudges: UInt64 = 3

  private mutating func solveAgain(_ h: Double, isSoft: Bool) -> Bool {
    for nudge in 0..<Self.nudges {
      watch.restore()
      watch.nudge(stepKey ^ nudge)
      collider.collide(ode, retrySlip: isSoft ? ContactRecipe.retrySlip : nil, isAgain: true)
      if solve(h, isSoft: isSoft) { return true }
    }
    return solveWithEngineLimits(h, isSoft: isSoft, isNudged: true)
  }

  /// By the iterative solver, which never fails and is less exact.
  private func solveRoughly(_ h: Double) {
    dRandSetSeed(UInt(truncatingIfNeeded: stepKey))
    dWorldQuickStep(ode.id, h)
  }

  /// Times that a step is solved again because a motor turned out to be at another side of its play, or because friction
  /// missed its limit.
  private static let playRounds = 8, frictionRounds = 5

  /// Whether the direct solver solved the step.
  private mutating func solve(_ h: Double, isSoft: Bool) -> Bool {
    for round in 0..<Self.playRounds {
      guard solveOnce(h) else { return round > 0 && solveWithEngineLimits(h, isSoft: isSoft) }
      let isElsewhere = arm.meetPlay(joints, h: h)
      let misses = round < Self.frictionRounds && collider.meetFriction(round: round)
      if !isElsewhere && !misses { return true }
      watch.restore()
      if misses { collider.collide(ode, retrySlip: isSoft ? ContactRecipe.retrySlip : nil, isAgain: true) }
    }
    return solveOnce(h)
  }

  /// What is solved where own bounds of friction make the solver fail.
  private mutating func solveWithEngineLimits(_ h: Double, isSoft: Bool, isNudged: Bool = false) -> Bool {
    watch.restore()
    if isNudged { watch.nudge(stepKey) }
    collider.collide(ode, retrySlip: isSoft ? ContactRecipe.retrySlip : nil, isAgain: true, ownLimits: false)
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

  /// A number for every (seed, episode, step); the finaliser of SplitMix64.
  private var stepKey: UInt64 {
    var z = seed &+ 0x9e37_79b9_7f4a_7c15 &* (UInt64(truncatingIfNeeded: episode) &+ 1)
    z = (z ^ UInt64(truncatingIfNeeded: stepCount)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
