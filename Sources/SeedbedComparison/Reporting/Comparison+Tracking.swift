import Diagnostics

extension Comparison {
  /// What the state does with the action concerns both; the gap goes to the one that differs more by itself.
  static func addTracking(
    _ plan: TrackingPlan?, _ schema: SchemaMatch, _ real: TrackingSamples?, _ sim: TrackingSamples?, _ realRate: Double,
    _ simRate: Double, _ found: inout [FeatureGap]
  ) -> [(label: String, real: Int?, sim: Int?)] {
    guard let plan, let real, let sim else { return [] }
    let deviations = real.errors.map { Summary(sorted: $0.filter(\.isFinite).sorted()).deviation }
    let floor = 0.01 * (deviations.reduce(0) { $0 + $1 * $1 } / Double(max(1, deviations.count))).squareRoot()
    let action = schema.numbers[plan.action].name, state = schema.numbers[plan.state].name
    let pair = [action, state].compactMap { name in found.firstIndex { $0.name == name } }
    var gaps: [Gap] = []
    for (d, dimension) in plan.dimensions.enumerated() {
      let errors = SampleDistance(real: real.errors[d], sim: sim.errors[d], scale: floor)
      let a = real.delay(d).map { Double($0) / realRate }, b = sim.delay(d).map { Double($0) / simRate }
      var text = "the state follows the action "
      if let a, let b, a != b {
        text +=
          "\(significant(1000 * b, 3)) ms later, real \(significant(1000 * a, 3)) ms: look at the motors' delay and gains"
      } else {
        text +=
          "with an error of \(significant(errors.sim.mean, 3)) on average (spread \(significant(errors.sim.deviation, 3))), "
          + "real \(significant(errors.real.mean, 3)) (spread \(significant(errors.real.deviation, 3)))"
      }
      // What the values themselves explain is told there.
      let explained = pair.flatMap { found[$0].gaps }.filter { $0.aspect == .values && $0.dimension == dimension.label }
      gaps.append(
        Gap(
          aspect: .tracking, dimension: dimension.label,
          gap: max(0, errors.gap - (explained.map(\.gap).max() ?? 0)),
          measures: errors.measures(unit: "of the feature")
            + [.init(name: "difference of delays", value: (b ?? 0) - (a ?? 0), unit: "s")], text: text))
    }
    if pair.count == 2 {
      let owner = found[pair[1]].gap > found[pair[0]].gap ? pair[1] : pair[0]
      found[owner] = FeatureGap(name: found[owner].name, gaps: found[owner].gaps + gaps)
    }
    return plan.dimensions.enumerated().map { d, dimension in (dimension.label, real.delay(d), sim.delay(d)) }
  }
}
