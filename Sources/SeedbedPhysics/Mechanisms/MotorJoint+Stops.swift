internal import CODE

extension MotorJoint {
  /// Sets ODE's stops for the coming step so that the joint arrives at its limit instead of shooting past it.
  ///
  /// ODE looks at a stop only once it is passed, which at 1 m/s is 4 mm too late. A stop that is put behind the joint by what
  /// is left of the way, with an error reduction of -1, lets it move by just that in the step, and pulls at nothing. Limits
  /// may be any number of turns away.
  func setStops(lower: Double?, upper: Double?, h: Double) {
    let next = position + h * velocity
    let toLower = lower.map { next - $0 } ?? .infinity, toUpper = upper.map { $0 - next } ?? .infinity
    let reach = h * abs(velocity) + (isHinge ? 0.02 : 2e-3)
    var low = -Double.infinity, high = Double.infinity, reduction = -1.0
    if let upper, toUpper <= toLower, toUpper < reach {
      let left = upper - position
      high = lastReading - abs(left)
      if left < 0 { reduction = Self.stopReduction }
    } else if let lower, toLower < reach {
      let left = position - lower
      low = lastReading + abs(left)
      if left < 0 { reduction = Self.stopReduction }
    }
    set(Int32(dParamLoStop), low)
    set(Int32(dParamHiStop), high)
    set(Int32(dParamStopERP), reduction)
  }

  /// Share of what a joint is beyond its limit that a step takes back.
  private static let stopReduction = 0.2
}
