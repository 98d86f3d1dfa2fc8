internal import CODE
internal import SeedbedGeometry

/// Friction against rolling and spinning of things that touch in a point or a line.
///
/// ODE has rows for it in the contact joint, but hard ones: two supports of one ball make them redundant, and the solver
/// fails in step after step. A soft angular motor of the pair does the same and stays well conditioned. Its limit is
/// the lever arm times the pair's normal force of the step before.
struct TurningFriction {
  /// The motors of this step: pair and feedback.
  private var motorPairs: UnsafeMutablePointer<Int>
  private var feedback: UnsafeMutablePointer<dJointFeedback>
  private let capacity: Int
  private var motorCount = 0
  /// The same of the step before, in the order of the pairs.
  private var before: (pairs: UnsafeMutablePointer<Int>, feedback: UnsafeMutablePointer<dJointFeedback>)
  private var beforeCount = 0, kept = 0

  init(pairCount: Int, in world: inout ODEWorld) {
    capacity = pairCount
    motorPairs = world.allocate(Int.self, count: pairCount)
    feedback = world.allocate(dJointFeedback.self, count: pairCount)
    before = (
      world.allocate(Int.self, count: pairCount), world.allocate(dJointFeedback.self, count: pairCount)
    )
  }

  /// Where two touch in a point: against spinning about the normal and rolling about both tangents. `force`: the pair's
  /// normal force in the step before, N.
  mutating func resistAtPoint(
    _ p: Int, _ world: borrowing ODEWorld, _ a: dBodyID?, _ b: dBodyID?, force: Double, normal: Vector3,
    softness: Double
  ) {
    guard force > 0 else { return }
    let motor = dJointCreateAMotor(world.id, world.contactGroup)
    dJointAttach(motor, a, b)
    watch(motor, p)
    dJointSetAMotorNumAxes(motor, 3)
    let u = normal.anyOrthogonal
    let v = normal.cross(u)
    dJointSetAMotorAxis(motor, 0, 0, normal.x, normal.y, normal.z)
    dJointSetAMotorAxis(motor, 1, 0, u.x, u.y, u.z)
    dJointSetAMotorAxis(motor, 2, 0, v.x, v.y, v.z)
    dJointSetAMotorParam(motor, Int32(dParamFMax1), ContactRecipe.spinning * force)
    dJointSetAMotorParam(motor, Int32(dParamFMax2), ContactRecipe.rolling * force)
    dJointSetAMotorParam(motor, Int32(dParamFMax3), ContactRecipe.rolling * force)
    dJointSetAMotorParam(motor, Int32(dParamCFM1), softness)
    dJointSetAMotorParam(motor, Int32(dParamCFM2), softness)
    dJointSetAMotorParam(motor, Int32(dParamCFM3), softness)
  }

  /// Where two touch in a line: against rolling about the line.
  mutating func resistAtLine(
    _ p: Int, _ world: borrowing ODEWorld, _ a: dBodyID?, _ b: dBodyID?, force: Double, along line: Vector3,
    softness: Double
  ) {
    guard force > 0, let axis = line.normalized else { return }
    let motor = dJointCreateAMotor(world.id, world.contactGroup)
    dJointAttach(motor, a, b)
    watch(motor, p)
    dJointSetAMotorNumAxes(motor, 1)
    dJointSetAMotorAxis(motor, 0, 0, axis.x, axis.y, axis.z)
    dJointSetAMotorParam(motor, Int32(dParamFMax), ContactRecipe.rolling * force)
    dJointSetAMotorParam(motor, Int32(dParamCFM), softness)
  }

  /// Begins a list of motors. `isAgain`: the step is tried again.
  mutating func forget(isAgain: Bool) {
    if !isAgain {
      swap(&before.pairs, &motorPairs)
      swap(&before.feedback, &feedback)
      beforeCount = motorCount
    }
    motorCount = 0
    kept = 0
  }

  /// The torque of a pair that sleeps is that of the step before.
  mutating func keep(_ p: Int) {
    while kept < beforeCount && before.pairs[kept] < p { kept += 1 }
    guard kept < beforeCount && before.pairs[kept] == p else { return }
    motorPairs[motorCount] = p
    feedback[motorCount] = before.feedback[kept]
    motorCount += 1
  }

  private mutating func watch(_ motor: dJointID?, _ p: Int) {
    guard motorCount < capacity else { return }
    dJointSetFeedback(motor, feedback + motorCount)
    motorPairs[motorCount] = p
    motorCount += 1
  }

  /// The torques of the last step on the first geoms of the pairs, Nm, world axes.
  func torques(_ take: (_ pair: Int, _ torque: Vector3) -> Void) {
    for i in 0..<motorCount {
      let t = feedback[i].t1
      take(motorPairs[i], Vector3(t.0, t.1, t.2))
    }
  }
}
