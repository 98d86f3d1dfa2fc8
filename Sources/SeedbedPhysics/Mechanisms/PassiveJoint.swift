internal import CODE
internal import SeedbedGeometry
internal import SeedbedMath
internal import SeedbedScene

/// A joint that nothing drives: viscous damping, dry friction and stops.
struct PassiveJoint {
  private var joint: MotorJoint
  private let lower: Double?, upper: Double?
  /// Share of the velocity after a step in the one that the damping answers to; the rest is that before it.
  private let share: Double
  private let isDamped: Bool

  /// m/s per N, or rad/s per Nm: at rest the joint creeps by this.
  private static let frictionSoftness = 1e-8

  var position: Double { joint.position }
  var velocity: Double { joint.velocity }

  /// Builds the joint where the bodies stand: at its start.
  ///
  /// - Parameter inertia: what it moves, kg or kg m².
  init(
    _ tree: MechanismTree.Joint, frame: Pose, child: dBodyID, parent: dBodyID?, inertia: Double, h: Double,
    in world: inout ODEWorld
  ) {
    let instance = tree.instance
    joint = MotorJoint(
      &world, number: 0, child: child, parent: parent, anchor: frame.position, axis: frame.rotate(tree.axis),
      isHinge: !instance.isPrismatic, zero: instance.position, lower: nil, upper: nil)
    lower = tree.lower
    upper = tree.upper
    isDamped = instance.damping > 0
    share = Self.implicitShare(h * instance.damping / inertia)
    if isDamped { joint.setMotor(damping: instance.damping * share, force: .infinity) }
    if instance.friction > 0 {
      joint.stillness(softness: Self.frictionSoftness, force: instance.friction, in: world)
    }
    joint.read(at: instance.position)
  }

  /// With this share a joint that moves freely slows down exactly as exp(-damping t / inertia), whatever the step, and
  /// one that is pulled steadily resists by exactly damping × velocity (exponential fitting). From 1/2 at weak damping to
  /// 1 at strong.
  private static func implicitShare(_ z: Double) -> Double {
    z < 1e-3 ? 0.5 + z / 12 : 1 / (1 - Elementary.exp(-z)) - 1 / z
  }

  /// Sets damping and stops for the coming step.
  func prepare(h: Double) {
    if isDamped { joint.setMotor(Int32(dParamVel), -(1 - share) / share * joint.velocity) }
    if lower != nil || upper != nil { joint.setStops(lower: lower, upper: upper, h: h) }
  }

  mutating func read() { joint.read() }

  /// Beyond its limits by more than any push explains.
  var isBroken: Bool {
    let slack = joint.isHinge ? 0.2 : 0.02
    return !(position > (lower ?? -.infinity) - slack && position < (upper ?? .infinity) + slack)
  }
}
