internal import CODE
internal import SeedbedScene
internal import Synchronization

extension World {
  /// Runs the physics steps of one frame (`Rates.stepsPerFrame`).
  ///
  /// Targets go in a straight line from the previous command's to this one's, arm joints and opening alike, with the
  /// line's slope as velocity feed-forward. Targets beyond a joint's limits are clamped to them. After `unstable` the
  /// world stands still: further calls change nothing and return the same.
  public mutating func advanceFrame(_ command: RobotCommand) -> FrameOutcome {
    if let failure { return .unstable(reason: failure) }
    guard command.arm.count == arm.axes.count else {
      return fail("the command has \(command.arm.count) arm targets, the arm \(arm.axes.count) joints")
    }
    guard command.opening.isFinite, command.arm.allSatisfy(\.isFinite) else {
      return fail("the command is not finite")
    }
    arm.aim(command.arm)
    gripper.aim(command.opening)
    let messages = ODELibrary.lcpMessages.load(ordering: .relaxed)
    let steps = rates.stepsPerFrame
    let h = rates.stepSeconds
    for k in 1...steps {
      let share = Double(k) / Double(steps)
      let frame = Double(steps) * h
      arm.drive(joints, share: share, frame: frame)
      gripper.drive(joints, share: share, frame: frame)
      followers.drive(joints)
      collider.collide(ode, record: k == steps)
      dRandSetSeed(UInt(truncatingIfNeeded: stepKey))
      dWorldStep(ode.id, h)
      stepCount += 1
      if let trouble = watch.check() { return fail(describe(trouble)) }
      for i in joints.indices { joints[i].read() }
      if let trouble = brokenJoint { return fail(trouble) }
    }
    lcpMessages += ODELibrary.lcpMessages.load(ordering: .relaxed) - messages
    stateHash = watch.mix(into: stateHash)
    return .ok
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
      let joint = tree.joints[i]
      let slack = joint.isHinge ? 0.2 : 0.02
      if let lower = joint.lower, let upper = joint.upper,
        !(joints[i].position > lower - slack && joints[i].position < upper + slack)
      {
        return "joint \(i) of the robot's moving joints stands at \(joints[i].position), beyond its limits"
          + " \(lower)...\(upper)"
      }
    }
    return nil
  }

  private func describe(_ trouble: StateWatch.Trouble) -> String {
    let name =
      trouble.body < robotBodies.count
      ? "the link \"\(linkNames[tree.bodies[trouble.body].links.first ?? 0])\""
      : "the object \"\(movableObjectNames[trouble.body - robotBodies.count])\""
    return switch trouble.kind {
    case .notFinite: "\(name) has a position or speed that is not finite"
    case .speed(let v): "\(name) moves at \(v) m/s"
    case .spin(let w): "\(name) turns at \(w) rad/s"
    }
  }

  private var movableObjectNames: [String] {
    objects.indices.filter { objects[$0].body != nil }.map { objectNames[$0] }
  }
}
