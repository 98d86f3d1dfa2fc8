/// Two samples of one quantity beside each other.
struct SampleDistance: Sendable {
  static let bins = 40

  let real: Summary, sim: Summary
  /// In the quantity's unit.
  let wasserstein: Double
  /// In standard deviations of the real sample.
  let normalised: Double
  let kolmogorovSmirnov: Double
  /// Of histograms with equal bins from the lowest to the highest value of both.
  let jensenShannon: Double, overlap: Double
  let low: Double, high: Double
  let realBins: [Double], simBins: [Double]
  /// Would the sim sample fit with its sign turned around?
  let isFlipped: Bool
  /// A factor of units (degrees, percent, millimetres) by which the sim sample would fit; nil where none does.
  let unitFactor: Double?

  var gap: Double { bounded(normalised) }

  /// - Parameters:
  ///   - scale: At least this counts as one standard deviation.
  init(real: [Double], sim: [Double], scale: Double) {
    let a = real.filter(\.isFinite).sorted(), b = sim.filter(\.isFinite).sorted()
    self.real = Summary(sorted: a)
    self.sim = Summary(sorted: b)
    let distance = Distances.wasserstein(a, b)
    wasserstein = distance
    let one = max(scale, self.real.deviation)
    normalised = distance == 0 ? 0 : one > 0 ? distance / one : .infinity
    kolmogorovSmirnov = Distances.kolmogorovSmirnov(a, b)
    let low = min(a.first ?? 0, b.first ?? 0), high = max(a.last ?? 0, b.last ?? 0)
    self.low = low
    self.high = high
    func counts(_ values: [Double]) -> [Double] {
      var counts = [Double](repeating: 0, count: SampleDistance.bins)
      for x in values {
        counts[
          high > low ? min(SampleDistance.bins - 1, Int((x - low) / (high - low) * Double(SampleDistance.bins))) : 0] +=
          1
      }
      return counts
    }
    realBins = counts(a)
    simBins = counts(b)
    jensenShannon = Distances.jensenShannon(realBins, simBins)
    overlap = Distances.overlap(realBins, simBins)
    let fits = { (values: [Double]) in Distances.wasserstein(a, values) < 0.2 * distance }
    let isFar = one > 0 && distance > 0.1 * one
    isFlipped = isFar && fits(b.reversed().map { -$0 })
    unitFactor = isFar ? Self.unitFactor(a, b, self.real, self.sim, below: min(0.2 * distance, one)) : nil
  }

  /// The factor that brings two sorted samples closest; nil where that is not close, or only since it shrinks one of them
  /// to a point or an outlier.
  private static func unitFactor(
    _ real: [Double], _ sim: [Double], _ a: Summary, _ b: Summary, below limit: Double
  ) -> Double? {
    let fitting = [180 / .pi, .pi / 180, 100, 0.01, 1000, 0.001].compactMap {
      factor -> (factor: Double, left: Double)? in
      let spread = (b.high - b.low) * factor, wanted = a.high - a.low
      guard wanted == 0 ? spread == 0 : spread > wanted / 3 && spread < wanted * 3 else { return nil }
      let left = Distances.wasserstein(real, sim.map { $0 * factor })
      return left < limit ? (factor, left) : nil
    }
    return fitting.min { $0.left < $1.left }?.factor
  }
}
