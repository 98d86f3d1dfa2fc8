import SeedbedDatasets

/// A feature that both datasets have, and which of its dimensions belong together.
struct FeaturePair: Sendable {
  struct Dimension: Sendable {
    /// As the real dataset names it; its number where it has no name.
    var label: String
    var real: Int, sim: Int
  }

  let name: String
  let real: SourceFeature, sim: SourceFeature
  var dimensions: [Dimension] = []
  /// What cannot be compared, or was matched by position, in words.
  var notes: [String] = []

  /// Numbers that change continuously: rates and spectra mean something.
  var isMotion: Bool {
    real.dataType.hasPrefix("float") && sim.dataType.hasPrefix("float") && name != "timestamp"
      && !name.hasPrefix("next.")
  }

  init(real: SourceFeature, sim: SourceFeature) {
    name = real.name
    self.real = real
    self.sim = sim
    let a = FeaturePair.distinct(real), b = FeaturePair.distinct(sim)
    if let a, let b, !Set(a).isDisjoint(with: b) {
      for (i, label) in a.enumerated() {
        if let j = b.firstIndex(of: label) { dimensions.append(Dimension(label: label, real: i, sim: j)) }
      }
      let onlyReal = a.filter { !b.contains($0) }, onlySim = b.filter { !a.contains($0) }
      if !onlyReal.isEmpty {
        notes.append("'\(name)': only real has the dimensions \(onlyReal.joined(separator: ", "))")
      }
      if !onlySim.isEmpty { notes.append("'\(name)': only sim has the dimensions \(onlySim.joined(separator: ", "))") }
      if onlyReal.isEmpty && onlySim.isEmpty && a != b {
        notes.append("'\(name)': the dimensions stand in another order; they are compared by their names")
      }
      return
    }
    guard real.width == sim.width else {
      notes.append(
        "'\(name)' has shape \(real.shape) in real and \(sim.shape) in sim, and no names in common: not compared")
      return
    }
    if a != nil, b != nil {
      notes.append("'\(name)': no dimension has the same name in both; they are compared by position")
    }
    dimensions = (0..<real.width).map { Dimension(label: (a ?? b)?[$0] ?? "\($0)", real: $0, sim: $0) }
  }

  private static func distinct(_ feature: SourceFeature) -> [String]? {
    let names = feature.names
    return names.count == feature.width && Set(names).count == names.count ? names : nil
  }
}

/// What two datasets have in common, and what they don't.
struct SchemaMatch: Sendable {
  var numbers: [FeaturePair] = []
  var texts: [String] = []
  /// Of both: names of features with pictures.
  var cameras: [String] = []
  var notes: [String] = []

  private static let passedOver: Set<String> = ["frame_index", "episode_index", "index", "task_index"]

  init(_ real: SourceInfo, _ sim: SourceInfo) {
    for feature in real.features where !SchemaMatch.passedOver.contains(feature.name) {
      guard let other = sim.feature(feature.name) else {
        notes.append("only real has '\(feature.name)'")
        continue
      }
      let isPicture = feature.kind == .video || feature.kind == .pictures
      if isPicture && (other.kind == .video || other.kind == .pictures) {
        if let a = feature.picture, let b = other.picture, a.isDepth != b.isDepth {
          notes.append("'\(feature.name)' is depth on one side only: not compared")
          continue
        }
        cameras.append(feature.name)
        if let a = feature.picture, let b = other.picture, (a.width, a.height) != (b.width, b.height) {
          notes.append(
            "'\(feature.name)' has \(a.width)x\(a.height) pixels in real and \(b.width)x\(b.height) in sim")
        }
      } else if feature.kind == .numbers && other.kind == .numbers {
        if feature.dataType != other.dataType {
          notes.append("'\(feature.name)' is \(feature.dataType) in real and \(other.dataType) in sim")
        }
        let pair = FeaturePair(real: feature, sim: other)
        notes += pair.notes
        if !pair.dimensions.isEmpty { numbers.append(pair) }
      } else if feature.kind == .texts && other.kind == .texts {
        texts.append(feature.name)
      } else {
        notes.append("'\(feature.name)' is \(feature.dataType) in real and \(other.dataType) in sim: not compared")
      }
    }
    for feature in sim.features
    where real.feature(feature.name) == nil && !SchemaMatch.passedOver.contains(feature.name) {
      notes.append("only sim has '\(feature.name)'")
    }
    if real.robotType != sim.robotType {
      notes.append("robot_type is \(real.robotType ?? "null") in real and \(sim.robotType ?? "null") in sim")
    }
  }
}
