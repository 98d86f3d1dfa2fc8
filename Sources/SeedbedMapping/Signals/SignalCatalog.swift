import Diagnostics
import SeedbedEpisodes

/// All signals by their names, as mapping files write them.
///
/// A number of the simulation's own features is `FEATURE.DIMENSION`, for example `observation.state.panda_joint1.pos`. With
/// `.next` behind it, it is that of the next frame; `action.X.delta` is the target minus the measured value, and
/// `action.X.rate` that a second. Of the tool centre point there are `observation.ee_pose.ee.P`, `action.ee.P` (what the
/// commanded joints make) and `action.ee_delta.P` (from the measured to the commanded pose); P is x, y, z, qw, qx, qy, qz,
/// roll, pitch, yaw, rx, ry, rz. Their speeds, without those of quaternions, are `action.ee_rate.P` and, from a measured
/// pose to the next, `observation.ee_rate.P`. `episode.first` and the like mark frames.
struct SignalCatalog: Sendable {
  struct Entry: Sendable {
    var signal: Signal
    var unit: String
  }

  private let entries: [String: Entry]
  /// Without those of next frames.
  let names: [String]

  init(_ features: [Feature]) {
    var entries: [String: Entry] = [:]
    var names: [String] = []
    func add(_ name: String, _ signal: Signal, _ unit: String) {
      guard entries[name] == nil else { return }
      entries[name] = Entry(signal: signal, unit: unit)
      names.append(name)
    }
    func place(_ feature: String, _ dimension: String) -> (Int, Int, Dimension)? {
      guard let f = features.firstIndex(where: { $0.name == feature }),
        let d = features[f].dimensions.firstIndex(where: { $0.name == dimension })
      else { return nil }
      return (f, d, features[f].dimensions[d])
    }
    for (f, feature) in features.enumerated() {
      for (d, dimension) in feature.dimensions.enumerated() {
        add("\(feature.name).\(dimension.name)", .own(feature: f, dimension: d), dimension.unit)
      }
    }
    for dimension in features.first(where: { $0.name == "action" })?.dimensions ?? [] {
      guard let target = place("action", dimension.name), let state = place("observation.state", dimension.name) else {
        continue
      }
      let way = Signal.difference(feature: target.0, dimension: target.1, minus: state.0, dimension2: state.1)
      add("action.\(dimension.name).delta", way, dimension.unit)
      add("action.\(dimension.name).rate", .perSecond(way), dimension.unit + "/s")
    }
    for part in PosePart.allCases {
      add("observation.ee_pose.ee.\(part)", .measured(part), part.unit)
      add("action.ee.\(part)", .commanded(part), part.unit)
      add("action.ee_delta.\(part)", .step(part), part.unit)
      guard part.unit != "1" else { continue }
      add("action.ee_rate.\(part)", .perSecond(.step(part)), part.unit + "/s")
      add("observation.ee_rate.\(part)", .perSecond(.way(part)), part.unit + "/s")
    }
    for mark in EpisodeMark.allCases { add("episode.\(mark)", .episode(mark), "1") }
    self.entries = entries
    self.names = names
  }

  subscript(name: String) -> Entry? {
    if let entry = entries[name] { return entry }
    guard name.hasSuffix(".next"), let entry = entries[String(name.dropLast(5))] else { return nil }
    return Entry(signal: .next(entry.signal), unit: entry.unit)
  }

  /// What to write instead of a name that there is not.
  func remedy(_ name: String) -> String {
    if let match = closestMatch(to: name, among: names) { return "Did you mean `\(match)`?" }
    let feature = names.map { $0.split(separator: ".").prefix(2).joined(separator: ".") }
    if let near = closestMatch(to: name.split(separator: ".").prefix(2).joined(separator: "."), among: Set(feature)) {
      let some = names.filter { $0.hasPrefix(near) }
      return "Of `\(near)` there are: \(some.prefix(12).joined(separator: ", "))."
    }
    return "There are for example: \(names.prefix(4).joined(separator: ", "))."
  }
}
