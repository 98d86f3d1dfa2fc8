public import SeedbedGeometry

/// How far a pose is from another.
public struct PoseError: Sendable, Equatable {
  /// Metres.
  public var position: Double
  /// Radians.
  public var rotation: Double

  public init(position: Double, rotation: Double) {
    self.position = position
    self.rotation = rotation
  }

  public func isWithin(position p: Double, rotation r: Double) -> Bool { position <= p && rotation <= r }
}

/// Inverse kinematics by damped least squares, for any number of joints. Owns its work space: no allocation in a step.
///
/// Damping follows the error (Sugihara 2011, "Solvability-unconcerned inverse kinematics by the Levenberg-Marquardt
/// method"): large far away, nothing at the goal. A joint that stands at a limit and is pushed outwards is taken out of
/// the step, so that the others make up for it.
public struct ArmSolver: Sendable {
  public let model: ArmModel
  /// Metres that one radian counts for.
  static let leverArm = 0.25
  /// Largest change of a joint in one step, rad or m.
  static let largestStep = 0.35

  var frames: [Pose]
  var jacobian: [Double]
  var normal = [Double](repeating: 0, count: 36)
  var isLocked: [Bool]
  var delta: [Double]

  public init(_ model: ArmModel) {
    self.model = model
    frames = [Pose](repeating: .identity, count: model.steps.count)
    jacobian = [Double](repeating: 0, count: 6 * model.count)
    isLocked = [Bool](repeating: false, count: model.count)
    delta = [Double](repeating: 0, count: model.count)
  }

  /// The TCP's error against `target` at `q`.
  public func error(_ q: [Double], _ target: Pose) -> PoseError {
    let tcp = forwardKinematics(model, q)
    return PoseError(
      position: (target.position - tcp.position).length,
      rotation: (target.orientation * tcp.orientation.conjugate).rotationVector.length)
  }

  /// One step of `q` towards `target`. `posture` is the share of the way home that the joints may take where it does
  /// not move the tool. Returns the error before the step.
  @discardableResult
  public mutating func step(_ q: inout [Double], towards target: Pose, posture: Double = 0) -> PoseError {
    let tcp = forwardKinematics(model, q, frames: &frames)
    geometricJacobian(model, frames: frames, at: tcp.position, into: &jacobian)
    let move = target.position - tcp.position
    let turn = (target.orientation * tcp.orientation.conjugate).rotationVector
    let error = PoseError(position: move.length, rotation: turn.length)
    let l = ArmSolver.leverArm
    for i in 0..<model.count {
      for k in 3..<6 { jacobian[6 * i + k] *= l }
      isLocked[i] = false
    }
    let goal: Six = (move.x, move.y, move.z, turn.x * l, turn.y * l, turn.z * l)
    let damping = 1e-7 + 0.02 * (move.squaredLength + l * l * turn.squaredLength)
    for _ in 0..<3 {
      solveStep(q, goal, damping: damping, posture: posture)
      if !lockOutwardMoves(q) { break }
    }
    var largest = 0.0
    for d in delta { largest = max(largest, abs(d)) }
    let scale = largest > ArmSolver.largestStep ? ArmSolver.largestStep / largest : 1
    for i in q.indices {
      q[i] = min(max(q[i] + delta[i] * scale, model.bounds[i].lower), model.bounds[i].upper)
    }
    return error
  }

  /// delta = J# goal + (1 - J# J) (posture pull), over the joints that are not locked.
  private mutating func solveStep(_ q: [Double], _ goal: Six, damping: Double, posture: Double) {
    factorNormal(damping: damping)
    var pull: Six = (0, 0, 0, 0, 0, 0)
    for i in delta.indices {
      delta[i] = isLocked[i] || posture == 0 ? 0 : posture * (model.bounds[i].home - q[i])
      add(&pull, column: i, times: delta[i])
    }
    let y = substitute(
      (goal.0 - pull.0, goal.1 - pull.1, goal.2 - pull.2, goal.3 - pull.3, goal.4 - pull.4, goal.5 - pull.5))
    for i in delta.indices where !isLocked[i] {
      let k = 6 * i
      delta[i] +=
        jacobian[k] * y.0 + jacobian[k + 1] * y.1 + jacobian[k + 2] * y.2 + jacobian[k + 3] * y.3
        + jacobian[k + 4] * y.4 + jacobian[k + 5] * y.5
    }
  }

  /// Whether a joint was newly locked because the step would push it through its limit.
  private mutating func lockOutwardMoves(_ q: [Double]) -> Bool {
    var found = false
    for i in delta.indices where !isLocked[i] {
      let b = model.bounds[i]
      if (q[i] >= b.upper - 1e-9 && delta[i] > 0) || (q[i] <= b.lower + 1e-9 && delta[i] < 0) {
        isLocked[i] = true
        found = true
      }
    }
    return found
  }
}
