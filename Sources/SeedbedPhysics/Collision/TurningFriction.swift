internal import CODE
internal import SeedbedGeometry

/// Friction against rolling and spinning of things that touch in a point or a line.
///
/// ODE has rows for it in the contact joint, but hard ones: two supports of one ball make them redundant, and the solver
/// fails in step after step. A soft angular motor of the pair does the same and stays well conditioned. Its limit is
/// the lever arm times the pair's normal force of the step before.
struct TurningFriction {
  /// Normal force of each pair in the step whose number is beside it.
  private let forces: UnsafeMutablePointer<Double>
  private let stamps: UnsafeMutablePointer<Int>
  private var step = 0

  init(pairCount: Int, in world: inout ODEWorld) {
    forces = world.allocate(Double.self, count: pairCount)
    stamps = world.allocate(Int.self, count: pairCount)
  }

  /// Adds up the last step's forces.
  mutating func begin(
    _ touches: UnsafeMutablePointer<Touching>, _ feedback: UnsafeMutablePointer<dJointFeedback>, count: Int
  ) {
    step += 1
    for i in 0..<count {
      let p = Int(touches[i].pair)
      if stamps[p] != step {
        stamps[p] = step
        forces[p] = 0
      }
      forces[p] += Touching.normalForce(touches[i], feedback[i])
    }
  }

  /// Where two touch in a point: against spinning about the normal and rolling about both tangents.
  func resistAtPoint(
    _ p: Int, _ world: borrowing ODEWorld, _ a: dBodyID?, _ b: dBodyID?, normal: Vector3, softness: Double
  ) {
    guard stamps[p] == step, forces[p] > 0 else { return }
    let motor = dJointCreateAMotor(world.id, world.contactGroup)
    dJointAttach(motor, a, b)
    dJointSetAMotorNumAxes(motor, 3)
    let u = normal.anyOrthogonal
    let v = normal.cross(u)
    dJointSetAMotorAxis(motor, 0, 0, normal.x, normal.y, normal.z)
    dJointSetAMotorAxis(motor, 1, 0, u.x, u.y, u.z)
    dJointSetAMotorAxis(motor, 2, 0, v.x, v.y, v.z)
    dJointSetAMotorParam(motor, Int32(dParamFMax1), ContactRecipe.spinning * forces[p])
    dJointSetAMotorParam(motor, Int32(dParamFMax2), ContactRecipe.rolling * forces[p])
    dJointSetAMotorParam(motor, Int32(dParamFMax3), ContactRecipe.rolling * forces[p])
    dJointSetAMotorParam(motor, Int32(dParamCFM1), softness)
    dJointSetAMotorParam(motor, Int32(dParamCFM2), softness)
    dJointSetAMotorParam(motor, Int32(dParamCFM3), softness)
  }

  /// Where two touch in a line: against rolling about the line.
  func resistAtLine(
    _ p: Int, _ world: borrowing ODEWorld, _ a: dBodyID?, _ b: dBodyID?, along line: Vector3, softness: Double
  ) {
    guard stamps[p] == step, forces[p] > 0, let axis = line.normalized else { return }
    let motor = dJointCreateAMotor(world.id, world.contactGroup)
    dJointAttach(motor, a, b)
    dJointSetAMotorNumAxes(motor, 1)
    dJointSetAMotorAxis(motor, 0, 0, axis.x, axis.y, axis.z)
    dJointSetAMotorParam(motor, Int32(dParamFMax), ContactRecipe.rolling * forces[p])
    dJointSetAMotorParam(motor, Int32(dParamCFM), softness)
  }
}
