internal import CODE
internal import SeedbedGeometry
internal import SeedbedScene

/// A parallel gripper that closes symmetrically: a servo on the gap between the fingers, limited by the grip force, and
/// one stiff motor a finger that pulls it to the mean of the two.
struct GripperRig {
  // Of the gap, N/m, N s/m and kg; of the centring, N/m, N s/m and N.
  private static let gap = (kp: 2000.0, kd: 60.0, armature: 0.1)
  private static let centring = (kp: 2e4, kd: 200.0, force: 500.0)

  let first: Int, second: Int
  /// opening = closed + first + sign × second.
  private let sign: Double
  private let closed: Double
  private let gapMotor: dJointID
  private let feedback: UnsafeMutablePointer<dJointFeedback>
  private let gapLaw: ServoLaw
  private let centringLaw: ServoLaw
  private let h: Double
  private let fastest: Double
  private let limits: ClosedRange<Double>
  /// N.
  let gripForce: Double
  private var from: Double, to: Double

  /// `fingers`: the numbers of their ODE joints.
  init(
    _ instance: GripperInstance, fingers: (first: Int, second: Int), gripForce: Double, _ tree: RobotTree,
    _ joints: [MotorJoint], bodies: [dBodyID], h: Double, in world: inout ODEWorld
  ) {
    (first, second) = fingers
    self.h = h
    self.gripForce = gripForce
    sign = tree.secondFingerSign
    closed = instance.closedOpening
    // 0 is pads that touch; fingers that stand open at 0 have a closed opening above that.
    limits = min(0, closed, instance.home)...max(instance.maxOpening, instance.home)
    fastest = 2 * instance.speed
    from = instance.home
    to = instance.home
    feedback = world.allocate(dJointFeedback.self, count: 1)
    gapLaw = ServoLaw(kp: Self.gap.kp, kd: Self.gap.kd, armature: Self.gap.armature, h: h)
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

  /// Takes the frame's target over; `frame`: its length in seconds.
  mutating func aim(_ opening: Float, frame: Double) {
    from = to
    let target = min(max(Double(opening), limits.lowerBound), limits.upperBound)
    to = min(max(target, from - fastest * frame), from + fastest * frame)
  }

  func drive(_ joints: [MotorJoint], share: Double, frame: Double) {
    let span = to - from
    let target = from + span * share
    dJointSetLMotorParam(
      gapMotor, Int32(dParamVel),
      gapLaw.velocity(
        target: target, targetVelocity: span / frame, position: opening(joints), velocity: velocity(joints)))
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
  func target(share: Double) -> Double { from + (to - from) * share }

  func opening(_ joints: [MotorJoint]) -> Double { closed + joints[first].position + sign * joints[second].position }
  func velocity(_ joints: [MotorJoint]) -> Double { joints[first].velocity + sign * joints[second].velocity }

  /// N, positive where the fingers are pulled together.
  func force(_ joints: [MotorJoint]) -> Double {
    let f = feedback.pointee.f1
    return -Vector3(f.0, f.1, f.2).dot(joints[first].axis)
  }
}
