import SeedbedDatasets

/// All that is gathered of one dataset's numbers in one pass, an episode at a time.
struct DatasetSamples: Sendable {
  enum Side { case real, sim }

  /// Numbers kept of each dataset, of all features together: 8 bytes each, twice with the rates.
  private static let budget = 3_000_000
  private static let most = 20_000

  var motions: [MotionSamples]
  /// Of `action` after `observation.state`, where both are there with the same dimensions.
  var tracking: TrackingSamples?
  /// Seconds of each episode.
  var durations: [Double] = []
  /// How often each text stands, by feature; the instructions by episode.
  var texts: [String: [String: Int]] = [:]
  var tasks: [String: Int] = [:]

  /// - Parameter tracking: The places of action and state among the pairs, and which of their dimensions belong together.
  init(
    _ source: DatasetSource, _ side: Side, _ schema: SchemaMatch, tracking follow: TrackingPlan?
  ) throws(DatasetError) {
    let rate = source.info.framesPerSecond
    let pairs = schema.numbers
    let indices = pairs.map { pair in pair.dimensions.map { side == .real ? $0.real : $0.sim } }
    motions = zip(pairs, indices).map { MotionSamples(dimensions: $1.count, rate: rate, isMotion: $0.isMotion) }
    tracking = follow.map { TrackingSamples(dimensions: $0.dimensions.count) }
    let dimensions = max(1, indices.reduce(0) { $0 + $1.count })
    let frames = source.episodes.frames
    let kept = max(1, min(DatasetSamples.most, DatasetSamples.budget / dimensions))
    let step = max(1, (frames + kept - 1) / kept)
    // Spectra are averages: of very long datasets every so-manieth episode is enough.
    let spectrumStep = max(1, frames / 300_000)
    var reader = try source.frames(features: pairs.map(\.name) + schema.texts)
    var first = 0
    for k in 0..<source.episodes.count {
      let length = source.episodes.length(k)
      let columns = try reader.read(k)
      let picked = (0..<length).filter { (first + $0) % step == 0 }
      first += length
      durations.append(Double(length) / rate)
      for task in source.episodes.tasks(k) { tasks[task, default: 0] += 1 }
      var numbers: [[[Double]]] = []
      for (i, pair) in pairs.enumerated() {
        let width = side == .real ? pair.real.width : pair.sim.width
        var split = columns[i].values.dimensions(indices[i], width: width, frames: length)
        if pair.name == "timestamp" {
          // To a hundredth of a frame: what 32 bits make of a time is no difference.
          split = split.map { column in
            column.indices.map { ((column[$0] * rate - Double($0)) * 100).rounded() / 100 }
          }
        }
        motions[i].add(split, picked: picked, rate: rate, takesSpectrum: k % spectrumStep == 0)
        numbers.append(split)
      }
      if let follow {
        tracking?.add(
          action: follow.dimensions.map { numbers[follow.action][$0.action] },
          state: follow.dimensions.map { numbers[follow.state][$0.state] }, picked: picked)
      }
      for (i, name) in schema.texts.enumerated() {
        guard case .text(let texts) = columns[pairs.count + i].values else { continue }
        for f in picked { self.texts[name, default: [:]][texts[f], default: 0] += 1 }
      }
    }
  }
}

/// Which dimension of the action drives which of the state.
struct TrackingPlan: Sendable {
  var action: Int, state: Int
  var dimensions: [(label: String, action: Int, state: Int)]

  /// nil where the datasets do not have both, with the same dimensions.
  init?(_ schema: SchemaMatch) {
    guard let action = schema.numbers.firstIndex(where: { $0.name == "action" && $0.isMotion }),
      let state = schema.numbers.firstIndex(where: { $0.name == "observation.state" && $0.isMotion })
    else { return nil }
    let a = schema.numbers[action].dimensions, s = schema.numbers[state].dimensions
    guard a.count == s.count, a.map(\.label) == s.map(\.label) else { return nil }
    self.action = action
    self.state = state
    dimensions = a.indices.map { (a[$0].label, $0, $0) }
  }
}

extension FrameValues {
  /// Some of a feature's dimensions, a column each, frame by frame.
  func dimensions(_ indices: [Int], width: Int, frames: Int) -> [[Double]] {
    func split<T>(_ values: [T], _ number: (T) -> Double) -> [[Double]] {
      indices.map { d in (0..<frames).map { number(values[$0 * width + d]) } }
    }
    return switch self {
    case .float32(let v): split(v) { Double($0) }
    case .float64(let v): split(v) { $0 }
    case .integer(let v): split(v) { Double($0) }
    case .bool(let v): split(v) { $0 ? 1 : 0 }
    case .text, .pictures: indices.map { _ in [] }
    }
  }
}
