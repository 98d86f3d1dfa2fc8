internal import CODE
internal import SeedbedGeometry

/// Holds the hand, a dynamic body of ODE, where the reduced arm's flange goes, and lets the arm feel the hand.
///
/// The arm's rates are first found for arm and hand as one, with what touched the hand in the last step. The hand gets the
/// wrench that they imply in advance. What it takes beyond that, because it is touched otherwise than before, six motor rows
/// of ODE give, which yield as much as the arm does (CFM = h J B⁻¹ Jᵀ, `ReducedArm.react`), and after the step the arm gets
/// just that wrench. ODE's rows know no cross terms: of the 6 x 6 compliance they have the blocks of forces and of torques,
/// each along its principal axes. The rest makes hand and flange part by a hair where the touch changes, and is taken back.
struct HandMount {
  /// Share of what hand and flange are apart that a step takes back.
  private static let erp = 0.2
  /// What the rows yield as a multiple of what the arm does. With 1, the cross terms that the rows lack let a hand that
  /// holds something fixed tremble from step to step.
  private static let yielding = 1.2
  /// Least compliance of the rows, as a share of the hand's own: where the arm hardly yields at all, the solver would fail now
  /// and then.
  private static let leastCompliance = 1e-2

  /// Kinematic; where the arm wants the hand's centre of mass.
  let flange: dBodyID
  private let hand: dBodyID
  /// Centre of mass in the hand's frame.
  private let center: Vector3
  private let linear: dJointID, angular: dJointID
  private let feedback: UnsafeMutablePointer<dJointFeedback>
  /// The hand and what it carries.
  private let carried: [(id: dBodyID, mass: MassProperties)]
  /// 1/kg and 1/(kg m²): least compliances.
  private let least: (linear: Double, angular: Double)
  /// Axes of the rows, columns.
  private var linearAxes = Matrix3.identity, angularAxes = Matrix3.identity
  /// Velocity of the flange in the last step.
  private var last = Twist()

  init(_ arm: ReducedArm, _ tree: RobotTree, _ bodies: [dBodyID], in world: inout ODEWorld) {
    let body = arm.links[arm.hand].body
    hand = bodies[body]
    center = tree.bodies[body].mass.center
    let own = tree.bodies[body].mass
    least = (Self.leastCompliance / own.mass, Self.leastCompliance / own.inertia.symmetricEigenvalues.z)
    carried = tree.outboard(of: body).map { (bodies[$0], tree.bodies[$0].mass) }
    flange = dBodyCreate(world.id)
    dBodySetKinematic(flange)
    ODEValue.setBodyPose(flange, ODEValue.pose(hand))
    linear = dJointCreateLMotor(world.id, nil)
    angular = dJointCreateAMotor(world.id, nil)
    dJointAttach(linear, hand, flange)
    dJointAttach(angular, hand, flange)
    dJointSetLMotorNumAxes(linear, 3)
    dJointSetAMotorMode(angular, Int32(dAMotorUser))
    dJointSetAMotorNumAxes(angular, 3)
    for parameter in [dParamFMax1, dParamFMax2, dParamFMax3] {
      dJointSetLMotorParam(linear, Int32(parameter), .infinity)
      dJointSetAMotorParam(angular, Int32(parameter), .infinity)
    }
    feedback = world.allocate(dJointFeedback.self, count: 2)
    dJointSetFeedback(linear, feedback)
    dJointSetFeedback(angular, feedback + 1)
  }

  /// Where the flange is, in the world.
  var position: Vector3 { ODEValue.vector(dBodyGetPosition(flange)) }

  /// Puts the flange where the arm is.
  func place(_ arm: ReducedArm) {
    let state = arm.states[arm.hand]
    ODEValue.setBodyPose(flange, Pose(state.apply(center), Quaternion(state.rotation)))
  }

  /// Makes the rows yield as the arm does in its pose.
  mutating func yield(like arm: ReducedArm, h: Double) {
    let compliance = arm.handCompliance()
    let (l, a) = (compliance.linear.symmetricEigen, compliance.angular.symmetricEigen)
    linearAxes = l.axes
    angularAxes = a.axes
    for (k, parameter) in [dParamCFM1, dParamCFM2, dParamCFM3].enumerated() {
      let along = l.axes.column(k), about = a.axes.column(k)
      dJointSetLMotorAxis(linear, Int32(k), 0, along.x, along.y, along.z)
      dJointSetAMotorAxis(angular, Int32(k), 0, about.x, about.y, about.z)
      dJointSetLMotorParam(linear, Int32(parameter), h * max(Self.yielding * l.values[k], least.linear))
      dJointSetAMotorParam(angular, Int32(parameter), h * max(Self.yielding * a.values[k], least.angular))
    }
  }

  /// Gives the flange its velocity in the coming step, the rows their target and the hand the wrench that is foreseen.
  mutating func drive(_ arm: ReducedArm, h: Double) {
    let state = arm.states[arm.hand]
    let at = position, r = at - state.position
    // Over a step, so that the flange lands where the joints take it.
    let velocity =
      state.linear + state.angular.cross(r)
      + (state.linearGain + state.angularGain.cross(r) + state.angular.cross(state.angular.cross(r))) * (0.5 * h)
    let spin = state.angular + state.angularGain * (0.5 * h)
    dBodySetLinearVel(flange, velocity.x, velocity.y, velocity.z)
    dBodySetAngularVel(flange, spin.x, spin.y, spin.z)
    aim(at, h: h)
    let change = (velocity - last.linear) * (1 / h), spinChange = (spin - last.angular) * (1 / h)
    for (id, mass) in carried {
      let arm = ODEValue.vector(dBodyGetPosition(id)) - at
      let force = (change + spinChange.cross(arm) + spin.cross(spin.cross(arm))) * mass.mass
      dBodyAddForce(id, force.x, force.y, force.z)
      let rotation = ODEValue.quaternion(dBodyGetQuaternion(id))
      let own = rotation.conjugate.rotate(spin)
      let torque = rotation.rotate(
        mass.inertia * rotation.conjugate.rotate(spinChange) + own.cross(mass.inertia * own))
      dBodyAddTorque(id, torque.x, torque.y, torque.z)
    }
    let push = -state.outsideForce
    let torque = (arm.reference - at).cross(push) - state.outsideTorque
    dBodyAddForce(hand, push.x, push.y, push.z)
    dBodyAddTorque(hand, torque.x, torque.y, torque.z)
    last = Twist(linear: velocity, angular: spin)
  }

  /// Velocities that bring the hand back to the flange.
  private func aim(_ at: Vector3, h: Double) {
    let error = (at - ODEValue.vector(dBodyGetPosition(hand))) * (Self.erp / h)
    let turn =
      ODEValue.quaternion(dBodyGetQuaternion(flange)) * ODEValue.quaternion(dBodyGetQuaternion(hand)).conjugate
    let twist = Vector3(turn.x, turn.y, turn.z) * ((turn.w < 0 ? -2 : 2) * Self.erp / h)
    for (k, parameter) in [dParamVel1, dParamVel2, dParamVel3].enumerated() {
      dJointSetLMotorParam(linear, Int32(parameter), linearAxes.column(k).dot(error))
      dJointSetAMotorParam(angular, Int32(parameter), angularAxes.column(k).dot(twist))
    }
  }

  /// Lets the arm feel what the hand took in the step beyond what was foreseen.
  mutating func pass(to arm: ReducedArm, h: Double) {
    let f = feedback[0].f1, t = feedback[1].t1
    let change = arm.react(
      to: Twist(linear: Vector3(f.0, f.1, f.2), angular: Vector3(t.0, t.1, t.2)), h: h)
    last.linear += change.linear
    last.angular += change.angular
  }
}
