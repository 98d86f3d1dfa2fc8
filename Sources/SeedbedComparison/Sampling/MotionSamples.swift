/// What is gathered of one feature of one dataset: values and their rates of change at the same frames in every run.
struct MotionSamples: Sendable {
  /// For each dimension, at the picked frames; NaN where there is no number.
  var values: [[Double]]
  /// Change a second since the frame before; one value less an episode.
  var rates: [[Double]]
  var spectra: [BandPower]
  /// The length of the vector of rates, at the picked frames.
  var speeds: [Double] = []
  /// Sums and counts of the speed in equal parts of each episode's time.
  var profile = [Double](repeating: 0, count: MotionSamples.profileBins)
  private var profileCounts = [Double](repeating: 0, count: MotionSamples.profileBins)
  /// For each dimension, values that are no finite numbers; and how many there are in each.
  var missing: [Int]
  var frames = 0

  static let profileBins = 20

  init(dimensions: Int, rate: Double, isMotion: Bool) {
    values = .init(repeating: [], count: dimensions)
    missing = .init(repeating: 0, count: dimensions)
    rates = isMotion ? values : []
    spectra = isMotion ? .init(repeating: BandPower(rate: rate), count: dimensions) : []
  }

  var isMotion: Bool { !rates.isEmpty }

  /// Mean speed in each part of an episode's time.
  var meanProfile: [Double] { zip(profile, profileCounts).map { $1 > 0 ? $0 / $1 : 0 } }

  /// Takes one episode.
  ///
  /// - Parameters:
  ///   - columns: For each dimension, frame by frame.
  ///   - picked: The frames to keep.
  ///   - rate: Frames a second.
  mutating func add(_ columns: [[Double]], picked: [Int], rate: Double, takesSpectrum: Bool) {
    let frames = columns.first?.count ?? 0
    self.frames += frames
    for (d, column) in columns.enumerated() {
      missing[d] += column.count { !$0.isFinite }
      for f in picked { values[d].append(column[f]) }
    }
    guard isMotion, frames > 1 else { return }
    var speed = [Double](repeating: 0, count: frames - 1)
    for (d, column) in columns.enumerated() {
      let changes = (1..<frames).map { (column[$0] - column[$0 - 1]) * rate }
      for f in picked where f > 0 { rates[d].append(changes[f - 1]) }
      if takesSpectrum { spectra[d].add(changes) }
      for i in changes.indices { speed[i] += changes[i] * changes[i] }
    }
    for i in speed.indices {
      let value = speed[i].squareRoot()
      guard value.isFinite else { continue }
      let bin = i * MotionSamples.profileBins / speed.count
      profile[bin] += value
      profileCounts[bin] += 1
    }
    for f in picked where f > 0 { speeds.append(speed[f - 1].squareRoot()) }
  }
}

/// How one motion follows another (state after action): errors at the picked frames, and the delay at which both agree best.
struct TrackingSamples: Sendable {
  static let lags = -5...25

  /// Action minus state, for each dimension.
  var errors: [[Double]]
  private var products: [[Double]]

  init(dimensions: Int) {
    errors = .init(repeating: [], count: dimensions)
    products = .init(repeating: .init(repeating: 0, count: TrackingSamples.lags.count), count: dimensions)
  }

  mutating func add(action: [[Double]], state: [[Double]], picked: [Int]) {
    for d in errors.indices {
      let a = action[d], s = state[d]
      for f in picked { errors[d].append(a[f] - s[f]) }
      guard a.count > 2 else { continue }
      let da = (1..<a.count).map { a[$0] - a[$0 - 1] }, ds = (1..<s.count).map { s[$0] - s[$0 - 1] }
      guard da.allSatisfy(\.isFinite), ds.allSatisfy(\.isFinite) else { continue }
      for (i, lag) in TrackingSamples.lags.enumerated() {
        var sum = 0.0
        for t in max(0, -lag)..<max(0, -lag, min(da.count, da.count - lag)) { sum += da[t] * ds[t + lag] }
        products[d][i] += sum
      }
    }
  }

  /// Frames by which the state comes after the action; nil where nothing moves together.
  func delay(_ d: Int) -> Int? {
    guard let best = products[d].indices.max(by: { products[d][$0] < products[d][$1] }), products[d][best] > 0 else {
      return nil
    }
    return best + TrackingSamples.lags.lowerBound
  }
}
