import SeedbedDatasets

/// Everything that was measured of one feature of numbers.
struct FeatureComparison: Sendable {
  struct Dimension: Sendable {
    var label: String
    var values: SampleDistance
    /// Of features that move.
    var rates: SampleDistance?
    /// Power a window in each band, real and sim; the distance of their shares, 0...1.
    var bands: (real: [Double], sim: [Double], distance: Double)?
    /// Another dimension of sim that would fit better, where that one lacks this one.
    var swappedWith: String?
    /// Shares of values that are no finite numbers.
    var missing: (real: Double, sim: Double) = (0, 0)
  }

  let name: String
  var dimensions: [Dimension]
  /// Shares of the time at rest, 0...1.
  var pauses: (real: Double, sim: Double)?
  /// Mean speed in equal parts of an episode's time.
  var profile: (real: [Double], sim: [Double])?
  var coverage: Coverage?

  /// Slower than this share of the fast motions of the real robot (their 95 % quantile) is rest.
  static let restShare = 0.05

  init(_ pair: FeaturePair, real: MotionSamples, sim: MotionSamples) {
    name = pair.name
    func deviation(_ columns: [[Double]]) -> Double {
      let squares = columns.map { column -> Double in
        let d = Summary(sorted: column.filter(\.isFinite).sorted()).deviation
        return d * d
      }
      return squares.isEmpty ? 0 : (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    }
    // A dimension that hardly moves beside the others is measured by a hundredth of theirs; truth values by a tenth, a
    // time by one frame.
    let floor = name == "timestamp" ? 1 : pair.real.dataType == "bool" ? 0.1 : 0.01 * deviation(real.values)
    let rateFloor = real.isMotion ? 0.01 * deviation(real.rates) : 0
    dimensions = pair.dimensions.enumerated().map { d, dimension in
      var result = Dimension(
        label: dimension.label,
        values: SampleDistance(real: real.values[d], sim: sim.values[d], scale: floor))
      if real.isMotion {
        result.rates = SampleDistance(real: real.rates[d], sim: sim.rates[d], scale: rateFloor)
        // Where no stretch is free of gaps, nothing is known of the spectrum.
        if real.spectra[d].windows > 0, sim.spectra[d].windows > 0 {
          let a = real.spectra[d].means, b = sim.spectra[d].means
          result.bands = (a, b, Distances.totalVariation(a, b))
        }
      }
      func share(_ samples: MotionSamples) -> Double {
        samples.frames > 0 ? Double(samples.missing[d]) / Double(samples.frames) : 0
      }
      result.missing = (share(real), share(sim))
      return result
    }
    markSwaps(real, sim)
    guard real.isMotion else { return }
    let speeds = real.speeds.filter(\.isFinite).sorted()
    let fast = speeds.isEmpty ? 0 : speeds[min(speeds.count - 1, Int(0.95 * Double(speeds.count)))]
    func rest(_ samples: MotionSamples) -> Double {
      let finite = samples.speeds.filter(\.isFinite)
      return finite.isEmpty
        ? 0 : Double(finite.count { $0 <= FeatureComparison.restShare * fast }) / Double(finite.count)
    }
    pauses = (rest(real), rest(sim))
    profile = (real.meanProfile, sim.meanProfile)
    if name == "observation.state" { coverage = Coverage(real: real.values, sim: sim.values) }
  }

  /// Two dimensions of which each would fit with the other's values.
  private mutating func markSwaps(_ real: MotionSamples, _ sim: MotionSamples) {
    let suspects = dimensions.indices.filter { dimensions[$0].values.normalised > 0.1 }.prefix(64)
    let a = Dictionary(uniqueKeysWithValues: suspects.map { ($0, real.values[$0].filter(\.isFinite).sorted()) })
    let b = Dictionary(uniqueKeysWithValues: suspects.map { ($0, sim.values[$0].filter(\.isFinite).sorted()) })
    for i in suspects {
      for j in suspects where j > i {
        let own = dimensions[i].values.wasserstein + dimensions[j].values.wasserstein
        let crossed = Distances.wasserstein(a[i] ?? [], b[j] ?? []) + Distances.wasserstein(a[j] ?? [], b[i] ?? [])
        if crossed < 0.1 * own {
          dimensions[i].swappedWith = dimensions[j].label
          dimensions[j].swappedWith = dimensions[i].label
        }
      }
    }
  }
}
