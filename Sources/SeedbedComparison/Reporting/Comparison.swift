import Diagnostics
public import SeedbedDatasets

/// How far a simulated dataset is from a real one: every gap with its distance, the largest first.
///
/// A gap is 0 where both are equal, and at most 1. Distances d in standard deviations (values, rates, colours), in doublings
/// (noise, contrast) or in mean speeds become the gap d / (1 + d); shares (spectrum, pauses, coverage, tasks) are gaps by
/// themselves. A dataset beside itself gives exactly 0 for every distance: frames are picked by their number, never by chance.
public struct Comparison: Sendable {
  public struct Side: Sendable {
    public var path: String
    public var episodes: Int, frames: Int
    public var framesPerSecond: Double
    public var seconds: Double
  }

  public let real: Side, sim: Side
  /// The features that both have, the worst first; equal ones in order of their names.
  public let features: [FeatureGap]
  /// What only one side has, or what cannot be compared.
  public let notes: [String]
  let numbers: [FeatureComparison]
  let cameras: [CameraComparison]
  /// Frames by which the state follows the action, dimension by dimension; empty where that cannot be said.
  let delays: [(label: String, real: Int?, sim: Int?)]
  /// How often each instruction stands, real and sim.
  let tasks: [(text: String, real: Int, sim: Int)]

  /// The largest gap of all, 0...1.
  public var gap: Double { features.first?.gap ?? 0 }

  /// Compares two datasets, v3.0 or v2.1, an episode at a time.
  ///
  /// - Throws: Where one of them cannot be read, or both have nothing in common.
  public init(real a: DatasetSource, sim b: DatasetSource) throws(DatasetError) {
    for source in [a, b] where source.episodes.count == 0 {
      throw DatasetError(.damaged, path: source.path, "it has no episode to compare")
    }
    let schema = SchemaMatch(a.info, b.info)
    let plan = TrackingPlan(schema)
    let first = try DatasetSamples(a, .real, schema, tracking: plan)
    let second = try DatasetSamples(b, .sim, schema, tracking: plan)
    numbers = schema.numbers.enumerated().map { i, pair in
      FeatureComparison(pair, real: first.motions[i], sim: second.motions[i])
    }
    var pictures: [CameraComparison] = []
    for name in schema.cameras {
      pictures.append(
        CameraComparison(
          name: name, real: try CameraSamples(a, feature: name), sim: try CameraSamples(b, feature: name)))
    }
    cameras = pictures
    var found = numbers.map { FeatureGap(name: $0.name, gaps: $0.gaps) }
    delays = Comparison.addTracking(
      plan, schema, first.tracking, second.tracking, a.info.framesPerSecond, b.info.framesPerSecond, &found)
    found += pictures.map { FeatureGap(name: $0.name, gaps: $0.gaps) }
    found += schema.texts.map { Comparison.texts($0, first.texts[$0] ?? [:], second.texts[$0] ?? [:]) }
    found.append(Comparison.timing(first.durations, second.durations, a.info.framesPerSecond, b.info.framesPerSecond))
    let names = Set(first.tasks.keys).union(second.tasks.keys).sorted()
    tasks = names.map { ($0, first.tasks[$0] ?? 0, second.tasks[$0] ?? 0) }
    found.append(FeatureGap(name: "tasks", gaps: [Comparison.share(.tasks, first.tasks, second.tasks)]))
    features = found.sorted { ($1.gap, $0.name) < ($0.gap, $1.name) }
    notes = schema.notes
    func side(_ source: DatasetSource) -> Side {
      let frames = source.episodes.frames
      return Side(
        path: source.path, episodes: source.episodes.count, frames: frames,
        framesPerSecond: source.info.framesPerSecond,
        seconds: Double(frames) / source.info.framesPerSecond)
    }
    (real, sim) = (side(a), side(b))
  }
}
