import Diagnostics
import SeedbedDatasets
import Video

/// Makes one schema of all sources': what differs in form only is brought into one, what differs in substance is refused, all at
/// once and with what helps.
struct Reconciler {
  let request: MixRequest
  let sources: [MixSource]
  private(set) var problems = MixProblems()
  private(set) var notes: [String] = []
  /// The place of the source that the mix is like.
  private let model: Int

  init(_ request: MixRequest, _ sources: [MixSource]) {
    self.request = request
    self.sources = sources
    model = request.model.flatMap { name in sources.firstIndex { $0.name == name } } ?? 0
  }

  mutating func note(_ text: String) { notes.append(text) }
  mutating func problem(_ place: String, _ message: String, _ remedy: String) { problems.add(place, message, remedy) }

  /// - Throws: All conflicts.
  mutating func schema() throws -> MixSchema {
    let rate = frameRate()
    let robot = robotType()
    var plans: [FeaturePlan] = []
    for name in featureNames() {
      if let plan = try plan(name, rate: rate) { plans.append(plan) }
    }
    if request.tagsFrames { plans.append(originPlan()) }
    if plans.isEmpty, problems.diagnostics.isEmpty {
      problem(
        "--features", "the sources have no feature in common.", "Name features that are the same with --rename old=new."
      )
    }
    try problems.check()
    return MixSchema(framesPerSecond: rate, robotType: robot, features: plans, notes: notes)
  }

  private mutating func frameRate() -> Int {
    let wanted = request.framesPerSecond.map(Double.init) ?? sources[model].framesPerSecond
    let rate = Int(wanted.rounded())
    if wanted != wanted.rounded() || rate < 1 {
      problem(
        sources[model].directory, "its rate is \(wanted) frames per second, not a whole number.",
        "Give the mix's rate with --fps, for example --fps \(max(1, rate)).")
    }
    for source in sources where source.framesPerSecond != Double(rate) {
      note(
        "'\(source.name)' is brought from \(plain(source.framesPerSecond)) to \(rate) frames per second: numbers "
          + "\(request.resampling.rawValue), flags, texts and pictures nearest; its videos are encoded anew")
    }
    return max(1, rate)
  }

  private mutating func robotType() -> String? {
    if let given = request.robotType { return given }
    let known = sources.compactMap { source in source.data.info.robotType.map { (source.name, $0) } }
    let types = Set(known.map(\.1))
    if types.count > 1 {
      problem(
        "robot_type",
        "the sources are of different robots: "
          + known.map { "'\($0.0)' says '\($0.1)'" }.joined(separator: ", ") + ".",
        "If they are the same robot, give its name with --robot-type; else do not mix them, or map one onto the other "
          + "with 'seedbed generate --like'.")
    }
    for source in sources where source.data.info.robotType == nil && !known.isEmpty {
      note("'\(source.name)' does not name its robot; it counts as '\(known[0].1)'")
    }
    return known.first { $0.0 == sources[model].name }?.1 ?? known.first?.1
  }

  /// A source's name of a feature of the mix.
  func original(_ name: String, in source: MixSource) -> String {
    feature(name, in: source)?.name ?? name
  }

  /// The mix's name of a source's feature; nil where it is left out.
  private func renamed(_ name: String, in source: MixSource) -> String? {
    let new = request.renames.last { $0.old == name && ($0.source ?? source.name) == source.name }?.new ?? name
    return request.dropped.contains(new) || request.dropped.contains(name) ? nil : new
  }

  /// A source's features under the names of the mix, without those that are left out.
  func features(of source: MixSource) -> [(name: String, feature: SourceFeature)] {
    source.data.info.features.compactMap { feature in
      guard !SourceFeature.standardNames.contains(feature.name), feature.kind != .other,
        !(request.tagsFrames && feature.name == MixColumns.frameOrigin)
      else { return nil }
      return renamed(feature.name, in: source).map { ($0, feature) }
    }
  }

  func feature(_ name: String, in source: MixSource) -> SourceFeature? {
    features(of: source).first { $0.name == name }?.feature
  }

  /// The features of the mix, in the order of the model, then of the others.
  private mutating func featureNames() -> [String] {
    checkSettings()
    let order = [model] + sources.indices.filter { $0 != model }
    var names: [String] = []
    for place in order {
      for other in sources[place].data.info.features where other.kind == .other {
        note("'\(other.name)' of '\(sources[place].name)' is of type '\(other.dataType)' and left out")
      }
      for (name, _) in features(of: sources[place]) where !names.contains(name) { names.append(name) }
    }
    return names.filter { name in
      let lacking = sources.filter { feature(name, in: $0) == nil }
      if lacking.isEmpty { return true }
      let whom = lacking.map { "'\($0.name)'" }.joined(separator: ", ")
      if request.fills.contains(where: { $0.feature == name }) {
        note("'\(name)' is filled in \(whom), which \(lacking.count == 1 ? "lacks" : "lack") it")
        return true
      }
      switch request.features {
      case .common:
        note("'\(name)' is left out: \(whom) \(lacking.count == 1 ? "lacks" : "lack") it")
        return false
      case .all:
        problem(
          name, "\(whom) \(lacking.count == 1 ? "lacks" : "lack") it, and nobody says what stands in its place.",
          "Give a value, for example --fill \(name)=\(example(name)), leave it out with --drop \(name), or use --features common."
        )
        return false
      case nil:
        let near = lacking.compactMap { source -> String? in
          let own = features(of: source).map(\.name).filter { candidate in
            holders(candidate).count < sources.count
          }
          return closestMatch(to: name, among: own).map { "--rename \(source.name):\($0)=\(name)" }
        }
        problem(
          name, "\(whom) \(lacking.count == 1 ? "lacks" : "lack") it.",
          "Leave out what not all have with --features common, or fill it: --fill \(name)=\(example(name))"
            + (near.isEmpty ? "." : "; is it the same under another name? \(near[0])."))
        return false
      }
    }
  }

  private func example(_ name: String) -> String {
    switch sources.lazy.compactMap({ feature(name, in: $0) }).first?.kind {
    case .video: "black"
    case .texts: "text"
    default: "0"
    }
  }

  private func originPlan() -> FeaturePlan {
    FeaturePlan(
      feature: .values(MixColumns.frameOrigin, "int64", shape: [1]), recipes: sources.map { _ in .origin })
  }

  /// The sources that have a feature, the model first.
  func holders(_ name: String) -> [(source: MixSource, feature: SourceFeature)] {
    let order = [model] + sources.indices.filter { $0 != model }
    return order.compactMap { place in feature(name, in: sources[place]).map { (sources[place], $0) } }
  }

  private mutating func plan(_ name: String, rate: Int) throws -> FeaturePlan? {
    let all = holders(name)
    guard let first = all.first else { return nil }
    for (source, feature) in all where Self.group(feature.kind) != Self.group(first.feature.kind) {
      problem(
        name,
        "it is '\(first.feature.dataType)' in '\(first.source.name)' and '\(feature.dataType)' in '\(source.name)'.",
        "Leave it out with --drop \(name).")
      return nil
    }
    return first.feature.picture == nil ? valuePlan(name, all) : try picturePlan(name, all, rate: rate)
  }

  private static func group(_ kind: SourceFeature.Kind) -> SourceFeature.Kind { kind }
}

/// A number without a fraction where it is whole.
func plain(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
}
