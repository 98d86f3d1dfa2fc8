internal import SeedbedScene

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

  private mutating func fail(_ reason: String) -> FrameOutcome {
    failure = reason
    collider.forget()
    return .unstable(reason: reason)
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
