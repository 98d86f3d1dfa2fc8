internal import CODE
internal import SeedbedGeometry

/// Holds the hand, a dynamic body of ODE, where the reduced arm's flange goes: a spring of six directions.
///
/// ODE feels the spring implicitly, the arm feels what touches the hand one step late. Such a coupling is stable while
/// the spring's gain over one step stays below the inertia that the arm shows there, so the spring is made as stiff as
/// that allows and follows the arm's pose. What the hand's own inertia takes is given to it in advance; the spring carries
/// only what is touched, and a steady load, such as a grasped thing, does not bend it.
struct HandMount {
  /// Gain of the spring over one step as a share of the arm's inertia, and the share of an error that a step takes back.
  private struct Stiffness {
    let gainShare: Double, erp: Double
  }
  /// Leaning on something fixed, a hand held as stiffly as a free one trembles.
  private static let free = Stiffness(gainShare: 0.5, erp: 0.3), leaning = Stiffness(gainShare: 0.25, erp: 0.25)
  /// Share of an error that is added to the offset in a step, share of the offset that stays in a step where the hand
  /// leans on something fixed, and the offset's largest size, m and rad.
  private static let learning = 0.02, forgetting = 0.9
  private static let mostOffset = (linear: 5e-3, angular: 0.05)
  /// N s/m and Nm s/rad: no gain beyond these.
  private static let most = (linear: 5000.0, angular: 100.0)

  /// Kinematic; where the arm wants the hand's centre of mass.
  let flange: dBodyID
  private let hand: dBodyID
  /// Centre of mass in the hand's frame.
  private let center: Vector3
  private let linear: dJointID, angular: dJointID
  /// The hand and what it carries, kg.
  private let carried: [(id: dBodyID, mass: Double)]
  private let inertia: Matrix3
  /// kg, of all that is carried; kg m², the hand's largest principal moment.
  private let mass: Double, moment: Double
  private var erp = free.erp
  /// Shares of the inertia's force and torque that are given in advance; they add to the gain where something is touched.
  private var advance = (linear: 1.0, angular: 1.0)
  /// What the spring is bent by a steady load, m and rad: it is bent the other way by as much.
  private var offset = Vector3.zero, turnOffset = Vector3.zero
  /// Velocity of the flange in the last step.
  private var lastLinear = Vector3.zero, lastAngular = Vector3.zero

  init(_ arm: ReducedArm, _ tree: RobotTree, _ bodies: [dBodyID], in world: inout ODEWorld) {
    let body = arm.links[arm.hand].body
    hand = bodies[body]
    center = tree.bodies[body].mass.center
    inertia = tree.bodies[body].mass.inertia
    moment = inertia.symmetricEigenvalues.z
    mass = tree.outboard(of: body).reduce(0) { $0 + tree.bodies[$1].mass.mass }
    carried = tree.outboard(of: body).map { (bodies[$0], tree.bodies[$0].mass.mass) }
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
    for (i, axis) in [Vector3.unitX, .unitY, .unitZ].enumerated() {
      dJointSetLMotorAxis(linear, Int32(i), 0, axis.x, axis.y, axis.z)
      dJointSetAMotorAxis(angular, Int32(i), 0, axis.x, axis.y, axis.z)
    }
    for parameter in [dParamFMax1, dParamFMax2, dParamFMax3] {
      dJointSetLMotorParam(linear, Int32(parameter), .infinity)
      dJointSetAMotorParam(angular, Int32(parameter), .infinity)
    }
  }

  /// Puts the flange where the arm is.
  func place(_ arm: ReducedArm) {
    let state = arm.states[arm.hand]
    ODEValue.setBodyPose(flange, Pose(state.apply(center), Quaternion(state.rotation)))
  }

  /// Sets the spring's stiffness for the arm's pose; `leans` as in `drive`.
  mutating func stiffen(_ arm: ReducedArm, leans: Bool, h: Double) {
    let stiffness = leans ? Self.leaning : Self.free
    erp = stiffness.erp
    let compliance = arm.handCompliance(at: arm.states[arm.hand].apply(center))
    let gains = (
      linear: min(Self.most.linear, stiffness.gainShare / (h * max(compliance.linear, 1e-9))),
      angular: min(Self.most.angular, stiffness.gainShare / (h * max(compliance.angular, 1e-9)))
    )
    advance = (
      min(1, stiffness.gainShare / (mass * compliance.linear)),
      min(1, stiffness.gainShare / (moment * compliance.angular))
    )
    for parameter in [dParamCFM1, dParamCFM2, dParamCFM3] {
      dJointSetLMotorParam(linear, Int32(parameter), 1 / gains.linear)
      dJointSetAMotorParam(angular, Int32(parameter), 1 / gains.angular)
    }
  }

  /// Gives the flange its velocity in the coming step, the spring its target and the hand the force of its inertia.
  /// `leans`: something carried touches what is fixed. Then the load is the spring's own doing, and learning it would press
  /// ever harder.
  mutating func drive(_ arm: ReducedArm, leans: Bool, h: Double) {
    let at = ODEValue.vector(dBodyGetPosition(flange))
    let velocity = arm.velocity(arm.hand, at: at), spin = arm.states[arm.hand].angular
    dBodySetLinearVel(flange, velocity.x, velocity.y, velocity.z)
    dBodySetAngularVel(flange, spin.x, spin.y, spin.z)
    let error = at - ODEValue.vector(dBodyGetPosition(hand))
    let turn =
      ODEValue.quaternion(dBodyGetQuaternion(flange)) * ODEValue.quaternion(dBodyGetQuaternion(hand)).conjugate
    let sign = turn.w < 0 ? -2.0 : 2
    let twist = Vector3(turn.x, turn.y, turn.z) * sign
    if leans {
      offset = offset * Self.forgetting
      turnOffset = turnOffset * Self.forgetting
    } else {
      offset = Self.grown(offset, by: error, most: Self.mostOffset.linear)
      turnOffset = Self.grown(turnOffset, by: twist, most: Self.mostOffset.angular)
    }
    let velocityWanted = (error + offset) * (erp / h), spinWanted = (twist + turnOffset) * (erp / h)
    for (i, parameter) in [dParamVel1, dParamVel2, dParamVel3].enumerated() {
      dJointSetLMotorParam(linear, Int32(parameter), velocityWanted[i])
      dJointSetAMotorParam(angular, Int32(parameter), spinWanted[i])
    }
    let change = (velocity - lastLinear) * (advance.linear / h)
    let spinChange = (spin - lastAngular) * (advance.angular / h)
    for (id, mass) in carried {
      let force = (change + spinChange.cross(ODEValue.vector(dBodyGetPosition(id)) - at)) * mass
      dBodyAddForce(id, force.x, force.y, force.z)
    }
    let rotation = arm.states[arm.hand].rotation
    let torque = rotation * (inertia * (rotation.transposed * spinChange))
    dBodyAddTorque(hand, torque.x, torque.y, torque.z)
    lastLinear = velocity
    lastAngular = spin
  }

  private static func grown(_ offset: Vector3, by error: Vector3, most: Double) -> Vector3 {
    let next = offset + error * learning
    let length = next.length
    return length > most ? next * (most / length) : next
  }
}
