internal import CODE
internal import SeedbedGeometry

/// A hinge or slider of ODE, with a motor joint of its own beside it.
///
/// The motor is a joint apart because a motor of a joint that sits at its stop is an explicit ±FMax kick in ODE. ODE's
/// zero is put in the middle of the joint's range, since it reads angles modulo a full turn.
struct MotorJoint {
  /// Number of the moving joint in the tree.
  let number: Int
  let joint: dJointID
  let motor: dJointID
  let isHinge: Bool
  /// The joint's value where ODE reads 0.
  let zero: Double
  /// Force and torque of the motor in the last step.
  let feedback: UnsafeMutablePointer<dJointFeedback>
  /// ODE's own reading: from `zero` on, angles within half a turn.
  private(set) var lastReading = 0.0
  private var turns = 0.0

  /// Value (rad or m, over any number of turns) and its rate.
  private(set) var position: Double
  private(set) var velocity = 0.0

  /// Builds the joint where the bodies stand: at the value `zero`. `anchor` and `axis` are in the world.
  init(
    _ world: inout ODEWorld, number: Int, child: dBodyID, parent: dBodyID?, anchor: Vector3, axis: Vector3,
    isHinge: Bool,
    zero: Double, lower: Double?, upper: Double?
  ) {
    self.number = number
    self.isHinge = isHinge
    self.zero = zero
    position = zero
    feedback = world.allocate(dJointFeedback.self, count: 1)
    if isHinge {
      joint = dJointCreateHinge(world.id, nil)
      dJointAttach(joint, child, parent)
      dJointSetHingeAnchor(joint, anchor.x, anchor.y, anchor.z)
      dJointSetHingeAxis(joint, axis.x, axis.y, axis.z)
      motor = dJointCreateAMotor(world.id, nil)
      dJointAttach(motor, child, parent)
      dJointSetAMotorMode(motor, Int32(dAMotorUser))
      dJointSetAMotorNumAxes(motor, 1)
      dJointSetAMotorAxis(motor, 0, 1, axis.x, axis.y, axis.z)
    } else {
      joint = dJointCreateSlider(world.id, nil)
      dJointAttach(joint, child, parent)
      dJointSetSliderAxis(joint, axis.x, axis.y, axis.z)
      motor = dJointCreateLMotor(world.id, nil)
      dJointAttach(motor, child, parent)
      dJointSetLMotorNumAxes(motor, 1)
      dJointSetLMotorAxis(motor, 0, 1, axis.x, axis.y, axis.z)
    }
    dJointSetFeedback(motor, feedback)
    // A range of a full turn or more cannot be watched by ODE; targets are clamped instead.
    if let lower, let upper, !isHinge || (upper - zero < 3.1 && zero - lower < 3.1) {
      set(Int32(dParamLoStop), lower - zero)
      set(Int32(dParamHiStop), upper - zero)
      set(Int32(dParamStopERP), 0.2)
    }
  }

  func set(_ parameter: Int32, _ value: Double) {
    if isHinge { dJointSetHingeParam(joint, parameter, value) } else { dJointSetSliderParam(joint, parameter, value) }
  }

  @inline(__always) func setMotor(_ parameter: Int32, _ value: Double) {
    if isHinge { dJointSetAMotorParam(motor, parameter, value) } else { dJointSetLMotorParam(motor, parameter, value) }
  }

  /// Softness 1 / damping of the motor's row and its largest force.
  func setMotor(damping: Double, force: Double) {
    setMotor(Int32(dParamCFM), 1 / damping)
    setMotor(Int32(dParamFMax), force)
  }

  /// Reads value and rate; `at`: the value is known to be this one (start).
  mutating func read(at known: Double? = nil) {
    let reading = isHinge ? dJointGetHingeAngle(joint) : dJointGetSliderPosition(joint)
    velocity = rate
    if isHinge {
      if let known {
        turns = ((known - zero - reading) / (2 * Double.pi)).rounded()
      } else if reading - lastReading > Double.pi {
        turns -= 1
      } else if reading - lastReading < -Double.pi {
        turns += 1
      }
    }
    lastReading = reading
    position = zero + reading + turns * (2 * Double.pi)
  }

  /// The rate after the step that was solved last, before it is read.
  var rate: Double { isHinge ? dJointGetHingeAngleRate(joint) : dJointGetSliderPositionRate(joint) }

  /// A torque or force on the child along the axis in the coming step, and its opposite on the parent.
  func push(_ effort: Double) {
    if isHinge { dJointAddHingeTorque(joint, effort) } else { dJointAddSliderForce(joint, effort) }
  }

  /// The joint's axis in the world.
  var axis: Vector3 {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4) { buffer in
      guard let start = buffer.baseAddress else { return .zero }
      if isHinge { dJointGetHingeAxis(joint, start) } else { dJointGetSliderAxis(joint, start) }
      return ODEValue.vector(start)
    }
  }

  /// The motor's torque or force on the child along the axis in the last step.
  var motorEffort: Double {
    let f = feedback.pointee
    let along = isHinge ? Vector3(f.t1.0, f.t1.1, f.t1.2) : Vector3(f.f1.0, f.f1.1, f.f1.2)
    return along.dot(axis)
  }

  /// The motor's effort in the last step as its servo asked for it, without the limit.
  var wantedEffort: Double {
    let parameters = (speed: Int32(dParamVel), softness: Int32(dParamCFM))
    let (speed, softness) =
      isHinge
      ? (dJointGetAMotorParam(motor, parameters.speed), dJointGetAMotorParam(motor, parameters.softness))
      : (dJointGetLMotorParam(motor, parameters.speed), dJointGetLMotorParam(motor, parameters.softness))
    return softness > 0 ? (speed - velocity) / softness : motorEffort
  }
}
