internal import CODE
internal import SeedbedGeometry

/// How contacts are made: every value here was measured in grasps, on slopes and in clutter.
enum ContactRecipe {
  static let worldERP = 0.2
  static let worldCFM = 1e-8
  /// m/s; overlaps are pushed apart no faster.
  static let maximumCorrectingVelocity = 0.5
  /// m; resting contacts stay this deep, so that they do not flicker.
  static let surfaceLayer = 0.2e-3
  /// N/m and N s/m, of each contact point.
  static let stiffness = 1e6
  static let damping = 500.0
  /// Regularises friction rows; a held kilogram creeps 1 µm/s.
  static let slip = 1e-6
  /// Contact points kept of a pair of geoms.
  static let maximumPoints = 4
  /// Contact points asked from a collider.
  static let requestedPoints = 16
  /// m: lever arms of the friction against rolling and spinning of a single point.
  static let rolling = 0.5e-3
  static let spinning = 5e-3
  /// m/s: below this speed friction's first direction is along gravity, above along the slip.
  static let slipSpeed = 1e-3
  /// m/s: slower impacts do not bounce.
  static let bounceSpeed = 0.05

  /// Contact softness as ODE wants it, for the step h.
  static func softness(h: Double) -> (erp: Double, cfm: Double) {
    let d = h * stiffness + damping
    return (h * stiffness / d, 1 / d)
  }

  /// What kind of touch it is, for the friction against turning.
  enum Touch {
    /// Flat on flat: the points' spread resists turning.
    case area
    /// One point: it would spin and roll for ever.
    case point
    /// A round side on a line of points: it would roll for ever.
    case line
  }

  static let baseMode = Int32(
    dContactApprox1 | dContactSoftERP | dContactSoftCFM | dContactSlip1 | dContactSlip2)

  @inline(__always)
  static func surface(
    friction: Double, restitution: Double, touch: Touch, erp: Double, cfm: Double
  ) -> dSurfaceParameters {
    var surface = dSurfaceParameters()
    surface.mode = baseMode
    surface.mu = friction
    surface.soft_erp = erp
    surface.soft_cfm = cfm
    surface.slip1 = slip
    surface.slip2 = slip
    if touch != .area {
      surface.mode |= Int32(dContactRolling | dContactAxisDep)
      surface.mu2 = friction
      surface.rho = rolling
      surface.rho2 = rolling
      surface.rhoN = touch == .point ? spinning : 0
    }
    if restitution > 0 {
      surface.mode |= Int32(dContactBounce)
      surface.bounce = restitution
      surface.bounce_vel = bounceSpeed
    }
    return surface
  }
}
