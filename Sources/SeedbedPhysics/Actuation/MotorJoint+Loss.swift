internal import CODE
internal import SeedbedGeometry

extension MotorJoint {
  /// Damping (Nm s/rad or N s/m) and dry friction (Nm or N) of the joint itself, each as a motor that wants standstill:
  /// softness 1 / damping makes the one's force proportional to the speed, the other's force is limited.
  func resist(damping: Double, friction: Double, in world: borrowing ODEWorld) {
    if damping > 0 { stillness(softness: 1 / damping, force: .infinity, in: world) }
    if friction > 0 { stillness(softness: 1e-6, force: friction, in: world) }
  }

  /// A motor of its own that wants standstill, with at most the force.
  func stillness(softness: Double, force: Double, in world: borrowing ODEWorld) {
    let axis = axis
    let child = dJointGetBody(joint, 0), parent = dJointGetBody(joint, 1)
    if isHinge {
      let motor = dJointCreateAMotor(world.id, nil)
      dJointAttach(motor, child, parent)
      dJointSetAMotorMode(motor, Int32(dAMotorUser))
      dJointSetAMotorNumAxes(motor, 1)
      dJointSetAMotorAxis(motor, 0, 1, axis.x, axis.y, axis.z)
      dJointSetAMotorParam(motor, Int32(dParamCFM), softness)
      dJointSetAMotorParam(motor, Int32(dParamFMax), force)
    } else {
      let motor = dJointCreateLMotor(world.id, nil)
      dJointAttach(motor, child, parent)
      dJointSetLMotorNumAxes(motor, 1)
      dJointSetLMotorAxis(motor, 0, 1, axis.x, axis.y, axis.z)
      dJointSetLMotorParam(motor, Int32(dParamCFM), softness)
      dJointSetLMotorParam(motor, Int32(dParamFMax), force)
    }
  }
}
