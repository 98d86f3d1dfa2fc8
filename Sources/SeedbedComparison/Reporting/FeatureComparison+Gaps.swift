import Diagnostics

extension FeatureComparison {
  /// What differs, dimension by dimension and as a whole.
  var gaps: [Gap] {
    var gaps: [Gap] = []
    for dimension in dimensions {
      let missing = dimension.missing
      if missing.real != missing.sim {
        // Training breaks on the first of them, so a few weigh like many.
        gaps.append(
          Gap(
            aspect: .missing, dimension: dimension.label, gap: 1,
            measures: [.init(name: "difference of shares", value: missing.sim - missing.real, unit: "share")],
            text: "\(percent(missing.sim)) of its sim values are no finite numbers (NaN), real \(percent(missing.real))"
          ))
      }
      if dimension.values.real.count > 0, dimension.values.sim.count > 0 {
        gaps.append(
          Gap(
            aspect: .values, dimension: dimension.label, gap: dimension.values.gap,
            measures: dimension.values.measures(unit: unit), text: words(dimension)))
      }
      if let rates = dimension.rates, rates.real.count > 0, rates.sim.count > 0 {
        gaps.append(
          Gap(
            aspect: .rates, dimension: dimension.label, gap: rates.gap, measures: rates.measures(unit: unit + "/s"),
            text: FeatureComparison.words(rates: rates)))
      }
      if let bands = dimension.bands {
        gaps.append(
          Gap(
            aspect: .spectrum, dimension: dimension.label, gap: bands.distance,
            measures: [.init(name: "total variation of the band powers' shares", value: bands.distance, unit: "0...1")],
            text: FeatureComparison.words(bands: bands.real, bands.sim)))
      }
    }
    if let pauses {
      gaps.append(
        Gap(
          aspect: .pauses, dimension: nil, gap: abs(pauses.real - pauses.sim),
          measures: [
            .init(name: "difference of shares of the time at rest", value: pauses.sim - pauses.real, unit: "share")
          ],
          text: "at rest for \(percent(pauses.sim)) of the time, real \(percent(pauses.real))"))
    }
    if let profile {
      let mean = profile.real.reduce(0, +) / Double(max(1, profile.real.count))
      let difference =
        zip(profile.real, profile.sim).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(max(1, profile.real.count))
      let relative = difference == 0 ? 0 : mean > 0 ? difference / mean : .infinity
      gaps.append(
        Gap(
          aspect: .speedProfile, dimension: nil, gap: bounded(relative),
          measures: [
            .init(name: "mean difference of speed over an episode", value: relative, unit: "mean real speeds")
          ],
          text: FeatureComparison.words(profile: profile.real, profile.sim)))
    }
    if let coverage {
      let both = (coverage.realInSim + coverage.simInReal) / 2
      var text =
        "sim visits the places of \(percent(coverage.realInSim)) of the real states, "
        + "real those of \(percent(coverage.simInReal)) of the sim states"
      if let worst = coverage.worst, worst.realInSim < 1 {
        text += "; least in '\(dimensions[worst.first].label)' with '\(dimensions[worst.second].label)'"
      }
      gaps.append(
        Gap(
          aspect: .coverage, dimension: nil, gap: 1 - both,
          measures: [
            .init(name: "share of real in sim", value: coverage.realInSim, unit: "0...1"),
            .init(name: "share of sim in real", value: coverage.simInReal, unit: "0...1"),
          ], text: text))
    }
    return gaps
  }

  private var unit: String { name == "timestamp" ? "frames" : "of the feature" }

  // MARK: Words

  private func words(_ dimension: Dimension) -> String {
    let v = dimension.values
    if v.wasserstein == 0 { return "the same values" }
    if name == "timestamp" {
      return "the times of frames are off by \(significant(v.sim.mean - v.real.mean)) frames on average"
    }
    if let other = dimension.swappedWith {
      return "would fit with the values of '\(other)': look whether both are swapped"
    }
    if v.isFlipped { return "would fit with its sign turned around: look at the joint's direction" }
    if let factor = v.unitFactor {
      let what =
        factor > 50 && factor < 60 || factor < 0.02 && factor > 0.015 ? " (degrees and radians)" : " (another unit)"
      return "would fit multiplied by \(significant(factor))\(what): look at the unit"
    }
    if v.real.deviation == 0 { return "real stays at \(significant(v.real.mean)), sim is \(range(v.sim))" }
    if v.sim.deviation == 0 { return "sim stays at \(significant(v.sim.mean)), real is \(range(v.real))" }
    var parts: [String] = []
    let shift = v.sim.mean - v.real.mean, ratio = v.sim.deviation / v.real.deviation
    if abs(shift) > 0.5 * v.wasserstein {
      parts.append(
        "on average \(significant(abs(shift), 3)) \(shift > 0 ? "higher" : "lower") "
          + "(\(significant(v.sim.mean, 3)), real \(significant(v.real.mean, 3)))")
    }
    if ratio > 1.1 || ratio < 0.9 { parts.append("spread \(significant(ratio, 3)) times as widely") }
    if parts.isEmpty { parts.append("distributed otherwise (\(range(v.sim)), real \(range(v.real)))") }
    return parts.joined(separator: ", ")
  }

  private func range(_ s: Summary) -> String { "\(significant(s.low, 3)) to \(significant(s.high, 3))" }

  private static func words(rates: SampleDistance) -> String {
    if rates.wasserstein == 0 { return "the same speeds" }
    let a = rates.real.deviation, b = rates.sim.deviation
    guard a > 0 else { return "real never moves it, sim does" }
    guard b > 0 else { return "sim never moves it, real does" }
    return "moves \(significant(b / a, 3)) times as fast (spread \(significant(b, 3))/s, real \(significant(a, 3))/s)"
  }

  private static func words(bands real: [Double], _ sim: [Double]) -> String {
    let a = real.reduce(0, +), b = sim.reduce(0, +)
    if a == 0 && b == 0 { return "no motion in both" }
    guard a > 0, b > 0 else { return a > 0 ? "sim does not move" : "real does not move" }
    guard let band = real.indices.max(by: { abs(real[$0] / a - sim[$0] / b) < abs(real[$1] / a - sim[$1] / b) }),
      real[band] / a != sim[band] / b
    else { return "the same spectrum" }
    let low = band > 0 ? BandPower.edges[band - 1] : 0
    return
      "\(percent(sim[band] / b)) of its motion's power is at \(significant(low)) to \(significant(BandPower.edges[band])) Hz, "
      + "real \(percent(real[band] / a))"
  }

  private static func words(profile real: [Double], _ sim: [Double]) -> String {
    if real == sim { return "the same speed over the episode" }
    let a = real.reduce(0, +), b = sim.reduce(0, +)
    guard a > 0, b > 0 else { return "only one of both moves" }
    func peak(_ profile: [Double]) -> Int {
      100 * (profile.indices.max { profile[$0] < profile[$1] } ?? 0) / max(1, profile.count)
    }
    return "mean speed \(significant(b / a, 3)) times the real one; fastest after \(peak(sim)) % of an episode, "
      + "real after \(peak(real)) %"
  }
}

extension SampleDistance {
  func measures(unit: String) -> [Gap.Measure] {
    [
      .init(name: "Wasserstein-1", value: wasserstein, unit: unit),
      .init(name: "Wasserstein-1 by the real standard deviation", value: normalised, unit: "standard deviations"),
      .init(name: "Kolmogorov-Smirnov", value: kolmogorovSmirnov, unit: "0...1"),
      .init(name: "Jensen-Shannon distance", value: jensenShannon, unit: "0...1"),
      .init(name: "overlap", value: overlap, unit: "0...1"),
    ]
  }
}
