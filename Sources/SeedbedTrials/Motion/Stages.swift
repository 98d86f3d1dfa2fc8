/// The parts of a pick and place, in order, and how long each takes, seconds.
package struct Stages: Sendable, Equatable {
  package var transit = 1.0, approach = 1.0, close = 0.3, lift = 1.0, transport = 1.0, lower = 1.0
  package var release = 0.3, retreat = 1.0
  /// Share of the approach, the lift and the lowering that goes on while the tool also moves sideways.
  package var approachOverlap = 0.36, liftOverlap = 0.4, lowerOverlap = 0.3

  package init() {}

  package var approachStart: Double { max(0, transit - approachOverlap * approach) }
  package var closeStart: Double { approachStart + approach }
  package var liftStart: Double { closeStart + close }
  package var transportStart: Double { liftStart + lift * (1 - liftOverlap) }
  package var lowerStart: Double { max(liftStart + lift, transportStart + transport - lowerOverlap * lower) }
  package var releaseStart: Double { max(lowerStart + lower, transportStart + transport) }
  package var retreatStart: Double { releaseStart + release }
  package var end: Double { retreatStart + retreat }

  /// The same with all moving parts `factor` as long.
  package func scaled(by factor: Double) -> Stages {
    var s = self
    for part in Part.allCases { s.stretch(part, by: factor) }
    return s
  }

  /// A part in which the tool moves.
  package enum Part: CaseIterable, Hashable { case transit, approach, lift, transport, lower, retreat }

  /// When the part starts and how long it takes.
  package func span(_ part: Part) -> (start: Double, duration: Double) {
    switch part {
    case .transit: (0, transit)
    case .approach: (approachStart, approach)
    case .lift: (liftStart, lift)
    case .transport: (transportStart, transport)
    case .lower: (lowerStart, lower)
    case .retreat: (retreatStart, retreat)
    }
  }

  package mutating func stretch(_ part: Part, by factor: Double) {
    switch part {
    case .transit: transit *= factor
    case .approach: approach *= factor
    case .lift: lift *= factor
    case .transport: transport *= factor
    case .lower: lower *= factor
    case .retreat: retreat *= factor
    }
  }

  /// What the expert is at, `time` seconds after the start.
  package func phase(at time: Double) -> TrialPhase {
    if time < closeStart { return .approach }
    if time < liftStart { return .grasp }
    if time < transportStart { return .lift }
    if time < lowerStart { return .transport }
    if time < releaseStart { return .place }
    if time < retreatStart { return .release }
    return time < end ? .retreat : .done
  }
}
