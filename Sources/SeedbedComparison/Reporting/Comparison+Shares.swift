import Diagnostics

extension Comparison {
  static func timing(_ real: [Double], _ sim: [Double], _ realRate: Double, _ simRate: Double) -> FeatureGap {
    let mean = real.reduce(0, +) / Double(max(1, real.count))
    let lengths = SampleDistance(real: real, sim: sim, scale: 0.05 * mean)
    return FeatureGap(
      name: "timing",
      gaps: [
        Gap(
          aspect: .duration, dimension: nil, gap: lengths.gap, measures: lengths.measures(unit: "s"),
          text:
            "an episode takes \(significant(lengths.sim.mean, 3)) s on average, real \(significant(lengths.real.mean, 3)) s"
        ),
        Gap(
          aspect: .frameRate, dimension: nil, gap: bounded(doublings(realRate, simRate)),
          measures: [.init(name: "difference", value: simRate - realRate, unit: "frames a second")],
          text: "\(significant(simRate)) frames a second, real \(significant(realRate))"),
      ])
  }

  static func texts(_ name: String, _ real: [String: Int], _ sim: [String: Int]) -> FeatureGap {
    FeatureGap(name: name, gaps: [share(.texts, real, sim)])
  }

  static func share(_ aspect: Gap.Aspect, _ real: [String: Int], _ sim: [String: Int]) -> Gap {
    let names = Set(real.keys).union(sim.keys).sorted()
    let distance = Distances.totalVariation(
      names.map { Double(real[$0] ?? 0) }, names.map { Double(sim[$0] ?? 0) })
    let lacking = names.filter { sim[$0] == nil }, strange = names.filter { real[$0] == nil }
    // Where nothing is shared, the sum of shares may miss 1 by its last bit.
    let areApart = !names.contains { real[$0] != nil && sim[$0] != nil }
    var text = "\(percent(areApart ? 0 : 1 - distance)) of the texts are shared"
    if let first = lacking.first {
      text += "; sim lacks '\(first)'" + (lacking.count > 1 ? " and \(lacking.count - 1) more" : "")
    }
    if let first = strange.first {
      text += "; only sim has '\(first)'" + (strange.count > 1 ? " and \(strange.count - 1) more" : "")
    }
    return Gap(
      aspect: aspect, dimension: nil, gap: distance,
      measures: [.init(name: "total variation of the texts' shares", value: distance, unit: "0...1")], text: text)
  }
}
