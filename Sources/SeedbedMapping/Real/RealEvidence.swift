public import SeedbedDatasets

/// What the numbers of a real dataset tell about their units and conventions: some episodes of it, read.
public struct RealEvidence: Sendable {
  /// Of one dimension over the frames that were read.
  package struct Range: Sendable {
    package var lowest = Double.infinity, highest = -Double.infinity, mean = 0.0
    /// The mean of the episodes' first frames.
    package var first = 0.0
    /// The mean distance from 0, and the mean way from a frame to the next.
    package var magnitude = 0.0, step = 0.0

    package init() {}

    var greatest: Double { max(abs(lowest), abs(highest)) }
  }

  /// How actions relate to the state, where both have the same width.
  package enum ActionKind: Sendable {
    case absolute, nextState, delta
  }

  private(set) var ranges: [String: [Range]] = [:]
  private(set) var actionKind = ActionKind.absolute
  /// The feature that `actionKind` was judged by; nil where none was.
  private(set) var actionName: String?
  /// The mean distance of the action from the state, from the next state, and from the way to it.
  private(set) var actionDistances: [Double] = []
  private(set) var episodes = 0
  private(set) var frames = 0

  /// Nothing known: the dataset has no episode that could be read.
  public init() {}

  /// As if it had been read.
  package init(ranges: [String: [Range]], actionKind: ActionKind, actionDistances: [Double] = []) {
    self.ranges = ranges
    self.actionKind = actionKind
    self.actionDistances = actionDistances
    (episodes, frames, actionName) = (1, 1, "action")
  }

  private static let mostEpisodes = 24
  private static let mostFrames = 60_000

  /// Reads up to 24 episodes, evenly spread. What cannot be read is left out: whether the dataset is whole is
  /// `validate`'s business.
  public init(_ source: DatasetSource, _ schema: RealSchema) {
    let names = schema.numbers.map(\.name)
    let count = source.episodes.count
    guard count > 0, !names.isEmpty, var reader = try? source.frames(features: names) else { return }
    let picked = Set((0..<min(count, Self.mostEpisodes)).map { $0 * count / min(count, Self.mostEpisodes) }).sorted()
    var sums: [[Double]] = schema.numbers.map { [Double](repeating: 0, count: $0.width) }
    var firsts = sums, magnitudes = sums, ways = sums
    var found = schema.numbers.map { [Range](repeating: Range(), count: $0.width) }
    var distances = Distances()
    let s = RealSchema.stateNames.lazy.compactMap(names.firstIndex).first
    let a = RealSchema.actionNames.lazy.compactMap(names.firstIndex).first
    for k in picked where frames < Self.mostFrames {
      guard let columns = try? reader.read(k) else { continue }
      let values = columns.map(\.values.numbers)
      let length = source.episodes.length(k)
      for (f, feature) in schema.numbers.enumerated() where values[f].count == length * feature.width {
        for (i, value) in values[f].enumerated() where value.isFinite {
          let d = i % feature.width
          found[f][d].lowest = min(found[f][d].lowest, value)
          found[f][d].highest = max(found[f][d].highest, value)
          sums[f][d] += value
          magnitudes[f][d] += abs(value)
          if i >= feature.width, values[f][i - feature.width].isFinite {
            ways[f][d] += abs(value - values[f][i - feature.width])
          }
          if i < feature.width { firsts[f][d] += value }
        }
      }
      if let s, let a, schema.numbers[s].width == schema.numbers[a].width {
        distances.add(state: values[s], action: values[a], width: schema.numbers[s].width)
      }
      episodes += 1
      frames += length
    }
    guard frames > 0 else { return }
    for f in found.indices {
      for d in found[f].indices {
        found[f][d].mean = sums[f][d] / Double(frames)
        found[f][d].magnitude = magnitudes[f][d] / Double(frames)
        found[f][d].step = ways[f][d] / Double(max(1, frames - episodes))
        found[f][d].first = firsts[f][d] / Double(episodes)
      }
      ranges[names[f]] = found[f].allSatisfy { $0.lowest <= $0.highest } ? found[f] : nil
    }
    actionDistances = distances.means
    actionKind = distances.kind
    actionName = a.map { names[$0] }
  }
}

/// Sums of distances between actions and states.
private struct Distances {
  private var sums = [0.0, 0.0, 0.0]
  private var way = 0.0
  private var count = 0

  mutating func add(state: [Double], action: [Double], width: Int) {
    guard state.count == action.count, state.count >= 2 * width else { return }
    for i in 0..<state.count - width {
      let (a, now, next) = (action[i], state[i], state[i + width])
      guard a.isFinite, now.isFinite, next.isFinite else { continue }
      sums[0] += abs(a - now)
      sums[1] += abs(a - next)
      sums[2] += abs(a - (next - now))
      way += abs(next - now)
      count += 1
    }
  }

  var means: [Double] { count == 0 ? [] : sums.map { $0 / Double(count) } }

  var kind: RealEvidence.ActionKind {
    guard count > 0 else { return .absolute }
    // Equal to the next state but for rounding; a follower lags behind its targets by far more.
    if sums[1] <= 1e-4 * max(way, 1e-12), way > 0 { return .nextState }
    return sums[2] * 4 < min(sums[0], sums[1]) ? .delta : .absolute
  }
}

extension FrameValues {
  /// As doubles; empty for texts and pictures.
  fileprivate var numbers: [Double] {
    switch self {
    case .float32(let v): v.map { Double($0) }
    case .float64(let v): v
    case .integer(let v): v.map { Double($0) }
    case .bool(let v): v.map { $0 ? 1 : 0 }
    case .text, .pictures: []
    }
  }
}
