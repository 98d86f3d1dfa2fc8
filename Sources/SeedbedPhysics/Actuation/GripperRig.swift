internal import CODE
internal import SeedbedGeometry
internal import SeedbedScene

/// A parallel gripper that closes symmetrically: a servo on the gap between the fingers, limited by the grip force, and
/// one stiff motor a finger that pulls it to the mean of the two.
///
/// The servo is so stiff that it gives the whole grip force a quarter of a millimetre off its target: what stops the
/// fingers short of it is pressed with that force, whatever its width. Farther off it asks for no more, so that free
/// fingers hurry by a limited speed after a target that they lag behind, and stop where it stops.
struct GripperRig {
  // Of the gap, at least N/m and N s/m, and kg; of the centring, N/m, N s/m and N.
  private static let gap = (kp: 2000.0, kd: 60.0, armature: 0.1)
  private static let centring = (kp: 2e4, kd: 200.0, force: 500.0)
  /// What the servo asks for at most, in grip forces: more than it gets, so that it gets all of it.
  private static let insistence = 2.0
  /// By what share of the gripper's speed fingers that lag behind are faster than their target.
  private static let hurry = 0.25

  let first: Int, second: Int
  /// opening = closed + first + sign × second.
  private let sign: Double
  private let closed: Double
  private let gapMotor: dJointID
  private let feedback: UnsafeMutablePointer<dJointFeedback>
  /// Near the target, and farther off.
  private let gapLaw: ServoLaw, lagLaw: ServoLaw
  /// Off the target by more than this, m, the servo asks for `most`, N.
  private let reach: Double, most: Double
  private var isLagging = false
  private let centringLaw: ServoLaw
  private let h: Double
  private let fastest: Double
  private let limits: ClosedRange<Double>
  /// N.
  let gripForce: Double
  private let instance: GripperInstance
  /// Opening that is asked for at the start and at the end of the frame.
  private var line: TargetLine
  /// Openings as they were commanded, and forces, N, as far back as the delay reaches.
  private var commands: TargetLine, forces: TargetLine
  /// Whether the last command was a force.
  private var isForced = false
  /// The force that counts now, its law, and the rate at which it moves free fingers, m/s.
  private var push: (force: Double, law: ServoLaw, rate: Double)?

  /// `fingers`: the numbers of their ODE joints; `smallest`: opening that they reach, m.
  init(
    _ instance: GripperInstance, fingers: (first: Int, second: Int), smallest: Double, gripForce: Double,
    _ tree: RobotTree,
    _ joints: [MotorJoint], bodies: [dBodyID], rates: Rates, in world: inout ODEWorld
  ) {
    (first, second) = fingers
    let h = rates.stepSeconds
    self.h = h
    self.gripForce = gripForce
    sign = tree.secondFingerSign
    closed = instance.closedOpening
    limits = min(smallest, instance.home)...max(instance.maxOpening, instance.home)
    fastest = RobotCommand.overspeed * instance.speed
    self.instance = instance
    line = TargetLine(
      instance.home, delay: instance.delay ?? 0, h: h, stepsPerFrame: rates.stepsPerFrame)
    commands = line
    forces = TargetLine(0, delay: instance.delay ?? 0, h: h, stepsPerFrame: rates.stepsPerFrame)
    feedback = world.allocate(dJointFeedback.self, count: 1)
    most = Self.insistence * gripForce
    let kp = max(Self.gap.kp, gripForce / GripperInstance.pressed)
    let kd = max(Self.gap.kd, most / (Self.hurry * instance.speed))
    reach = most / kp
    gapLaw = ServoLaw(kp: kp, kd: kd, armature: Self.gap.armature, h: h)
    lagLaw = ServoLaw(kp: 0, kd: kd, armature: Self.gap.armature, h: h)
    centringLaw = ServoLaw(kp: Self.centring.kp, kd: Self.centring.kd, armature: 0, h: h)
    for j in [first, second] { joints[j].setMotor(damping: centringLaw.damping, force: Self.centring.force) }
    let axis = joints[first].axis
    gapMotor = dJointCreateLMotor(world.id, nil)
    dJointAttach(gapMotor, bodies[joints[first].number], bodies[joints[second].number])
    dJointSetLMotorNumAxes(gapMotor, 1)
    dJointSetLMotorAxis(gapMotor, 0, 1, axis.x, axis.y, axis.z)
    dJointSetLMotorParam(gapMotor, Int32(dParamCFM), 1 / gapLaw.damping)
    dJointSetLMotorParam(gapMotor, Int32(dParamFMax), gripForce)
    dJointSetFeedback(gapMotor, feedback)
  }

  /// Opening that was commanded for the frame that counts at the end of this one, m; of a force: where the fingers would
  /// be with nothing between them.
  func asked(of steps: Int) -> Double { commands.held(step: steps, of: steps) }

  /// Takes the frame's target over; `frame`: its length in seconds.
  mutating func aim(_ command: RobotCommand, _ joints: [MotorJoint], frame: Double) {
    isForced = command.force != nil
    guard let force = command.force else {
      forces.aim(0)
      commands.aim(Double(command.opening))
      if push != nil {
        push = nil
        isLagging = false
        dJointSetLMotorParam(gapMotor, Int32(dParamCFM), 1 / gapLaw.damping)
        dJointSetLMotorParam(gapMotor, Int32(dParamFMax), gripForce)
      }
      let target = min(max(Double(command.opening), limits.lowerBound), limits.upperBound)
      // As below: what holds them open need not be caught up with.
      let held = min(opening(joints) - GripperInstance.pressed, target)
      if held > line.to { line.restart(held) }
      line.aim(min(max(target, line.to - fastest * frame), line.to + fastest * frame))
      return
    }
    forces.aim(Double(force))
    let rate = instance.forceDrive(Double(force)).rate
    // Fingers that something holds open begin to open from there.
    let start = rate > 0 ? max(line.to, opening(joints)) : line.to
    line.aim(min(max(start + rate * frame, limits.lowerBound), limits.upperBound))
    commands.aim(line.to)
  }

  /// Before step number `step` (from 1) of a frame of `steps`, which is `frame` seconds long.
  mutating func drive(_ joints: [MotorJoint], step: Int, of steps: Int, frame: Double) {
    if isForced {
      drive(joints, force: forces.held(step: step, of: steps))
    } else {
      let (target, perFrame) = line.at(step: step, of: steps)
      drive(joints, target: target, rate: perFrame / frame)
    }
    center(joints)
  }

  private mutating func drive(_ joints: [MotorJoint], target: Double, rate: Double) {
    let position = opening(joints), velocity = velocity(joints)
    let error = target - position - h * velocity
    let lags = abs(error) > reach
    if lags != isLagging {
      isLagging = lags
      dJointSetLMotorParam(gapMotor, Int32(dParamCFM), 1 / (lags ? lagLaw : gapLaw).damping)
    }
    dJointSetLMotorParam(
      gapMotor, Int32(dParamVel),
      lags
        ? lagLaw.velocity(
          target: 0, targetVelocity: rate, position: 0, velocity: velocity, ahead: error > 0 ? most : -most)
        : gapLaw.velocity(target: target, targetVelocity: rate, position: position, velocity: velocity))
  }

  /// A drive with a force at standstill that falls to nothing at its free speed.
  private mutating func drive(_ joints: [MotorJoint], force: Double) {
    if push?.force != force {
      let drive = instance.forceDrive(force)
      let law = ServoLaw(kp: 0, kd: drive.damping, armature: Self.gap.armature, h: h)
      push = (force, law, drive.rate)
      dJointSetLMotorParam(gapMotor, Int32(dParamCFM), 1 / law.damping)
      dJointSetLMotorParam(gapMotor, Int32(dParamFMax), .infinity)
    }
    guard let push else { return }
    dJointSetLMotorParam(
      gapMotor, Int32(dParamVel),
      push.law.velocity(
        target: 0, targetVelocity: push.rate, position: 0, velocity: velocity(joints)))
  }

  /// Pulls each finger to the mean of the two.
  private func center(_ joints: [MotorJoint]) {
    // In the direction of opening both fingers have the same value.
    let a = joints[first], b = joints[second]
    let mean = 0.5 * (a.position + sign * b.position), rate = 0.5 * (a.velocity + sign * b.velocity)
    let next = mean + h * rate
    a.setMotor(
      Int32(dParamVel),
      centringLaw.velocity(target: next, targetVelocity: rate, position: a.position, velocity: a.velocity))
    b.setMotor(
      Int32(dParamVel),
      centringLaw.velocity(target: sign * next, targetVelocity: sign * rate, position: b.position, velocity: b.velocity)
    )
  }

  /// The target after a share of the frame, m.
  func target(share: Double) -> Double { line.told(share: share) }

  func opening(_ joints: [MotorJoint]) -> Double { closed + joints[first].position + sign * joints[second].position }
  func velocity(_ joints: [MotorJoint]) -> Double { joints[first].velocity + sign * joints[second].velocity }

  /// N, positive where the fingers are pulled together.
  func force(_ joints: [MotorJoint]) -> Double {
    let f = feedback.pointee.f1
    return -Vector3(f.0, f.1, f.2).dot(joints[first].axis)
  }
}
