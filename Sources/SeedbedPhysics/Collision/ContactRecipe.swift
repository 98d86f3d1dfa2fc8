internal import CODE
internal import SeedbedGeometry

/// How contacts are made: every value here was measured in grasps, on slopes and in clutter.
enum ContactRecipe {
  static let worldERP = 0.2
  static let worldCFM = 1e-8
  /// When a step is tried again because the direct solver failed in it: softness of all constraints and of friction.
  static let retryCFM = 1e-6
  static let retrySlip = 1e-5
  /// m: deeper than any push of a robot makes it. Such things overlap, the solver is likely to fail, and the next steps are
  /// solved softly from the start.
  static let overlap = 2e-3
  /// So many steps after a failure are solved softly from the start.
  static let softSteps = 200
  /// So many after a failure of a soft one are solved by the iterative solver.
  static let roughSteps = 24
  /// Sweeps of the iterative solver, which never fails, where the direct one fails twice.
  static let lastResortIterations: Int32 = 200
  /// m/s; overlaps are pushed apart no faster.
  static let maximumCorrectingVelocity = 0.5
  /// The same of things that hang on joints.
  static let jointedCorrectingVelocity = 0.05
  /// m; resting contacts stay this deep, so that they do not flicker.
  static let surfaceLayer = 0.2e-3
  /// N/m and N s/m, of each contact point.
  static let stiffness = 1e6
  static let damping = 500.0
  /// m/(N s), of a contact point of `maximumPoints`: regularises friction rows; a held kilogram creeps 1 µm/s.
  static let slip = 1e-6
  /// Contact points kept of a pair of geoms.
  static let maximumPoints = 4
  /// Contact points asked from a collider.
  static let requestedPoints = 16
  /// m: lever arms of the friction against rolling and spinning where things touch in a point or a line.
  static let rolling = 0.5e-3
  static let spinning = 5e-3
  /// Softness of that friction, as a share of the object's own compliance to torques.
  static let turningSoftness = 1e-2
  /// Softness of the contact in an impact that bounces, as a share of the object's compliance over one step: the usual
  /// softness would swallow energy.
  static let bounceSoftness = 1e-3
  /// m/s: below this speed friction's first direction is along gravity or the last step's friction, above along the slip.
  static let slipSpeed = 1e-3
  /// Share of what friction can carry from which on its direction counts: below, nothing is about to slip.
  static let loadedShare = 0.2
  /// m/s: slower impacts do not bounce.
  static let bounceSpeed = 0.05

  /// m/s: from `slipSpeed` to this one, friction falls from that at rest to that while sliding.
  static let slidingSpeed = 1e-2

  /// Contact softness of each of `count` points on a pad, which yields together with the contact itself.
  static func softness(h: Double, padStiffness: Double, padDamping: Double, count: Int) -> (erp: Double, cfm: Double) {
    let n = Double(count)
    let k = 1 / (1 / stiffness + n / padStiffness)
    let d = h * k + padDamping / n
    return (h * k / d, 1 / d)
  }

  /// Contact softness as ODE wants it, for the step h.
  static func softness(h: Double) -> (erp: Double, cfm: Double) {
    let d = h * stiffness + damping
    return (h * stiffness / d, 1 / d)
  }

  /// Of a contact on the reduced arm's links: gain over one step of all its points as a share of the arm's inertia there,
  /// and the share of the overlap that a step takes back.
  static let linkGainShare = 0.5
  static let linkERP = 0.4

  static let baseMode = Int32(
    dContactApprox1 | dContactSoftERP | dContactSoftCFM | dContactSlip1 | dContactSlip2)

  static func surface(friction: Double, slip: Double, restitution: Double, erp: Double, cfm: Double)
    -> dSurfaceParameters
  {
    var surface = dSurfaceParameters()
    surface.mode = baseMode
    surface.mu = friction
    surface.soft_erp = erp
    surface.soft_cfm = cfm
    surface.slip1 = slip
    surface.slip2 = slip
    if restitution > 0 {
      surface.mode |= Int32(dContactBounce)
      surface.bounce = restitution
      surface.bounce_vel = bounceSpeed
    }
    return surface
  }
}
