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

extension Comparison {
  /// What the state does with the action concerns both; the gap goes to the one that differs more by itself.
  private static func addTracking(
    _ plan: TrackingPlan?, _ schema: SchemaMatch, _ real: TrackingSamples?, _ sim: TrackingSamples?, _ realRate: Double,
    _ simRate: Double, _ found: inout [FeatureGap]
  ) -> [(label: String, real: Int?, sim: Int?)] {
    guard let plan, let real, let sim else { return [] }
    let deviations = real.errors.map { Summary(sorted: $0.filter(\.isFinite).sorted()).deviation }
    let floor = 0.01 * (deviations.reduce(0) { $0 + $1 * $1 } / Double(max(1, deviations.count))).squareRoot()
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
      gaps.append(
        Gap(
          aspect: .tracking, dimension: dimension.label, gap: errors.gap,
          measures: errors.measures(unit: "of the feature")
            + [.init(name: "difference of delays", value: (b ?? 0) - (a ?? 0), unit: "s")], text: text))
    }
    let action = schema.numbers[plan.action].name, state = schema.numbers[plan.state].name
    let pair = [action, state].compactMap { name in found.firstIndex { $0.name == name } }
    if pair.count == 2 {
      let owner = found[pair[1]].gap > found[pair[0]].gap ? pair[1] : pair[0]
      found[owner] = FeatureGap(name: found[owner].name, gaps: found[owner].gaps + gaps)
    }
    return plan.dimensions.enumerated().map { d, dimension in (dimension.label, real.delay(d), sim.delay(d)) }
  }

  private static func timing(_ real: [Double], _ sim: [Double], _ realRate: Double, _ simRate: Double) -> FeatureGap {
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

  private static func texts(_ name: String, _ real: [String: Int], _ sim: [String: Int]) -> FeatureGap {
    FeatureGap(name: name, gaps: [share(.texts, real, sim)])
  }

  private static func share(_ aspect: Gap.Aspect, _ real: [String: Int], _ sim: [String: Int]) -> Gap {
    let names = Set(real.keys).union(sim.keys).sorted()
    let distance = Distances.totalVariation(
      names.map { Double(real[$0] ?? 0) }, names.map { Double(sim[$0] ?? 0) })
    let lacking = names.filter { sim[$0] == nil }, strange = names.filter { real[$0] == nil }
    var text = "\(percent(1 - distance)) of the texts are shared"
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
