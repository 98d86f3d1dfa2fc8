import Diagnostics
import SeedbedEpisodes
import SeedbedScene

extension MappingDecoder {
  typealias Mapped = (source: SchemaMapping.Source, unit: String)

  private static let keys = ["name", "take", "unit", "scale", "offset", "range", "clip", "fill"]

  /// The sources of a feature's dimensions.
  mutating func feature(_ node: YAMLNode, _ feature: RealSchema.Numbers) -> [Mapped] {
    if feature.dataType == .string { return text(node.items?.first ?? node) }
    // A single map stands for every dimension.
    if node.entries != nil {
      let one = dimension(node, nil)
      return [Mapped](repeating: one, count: feature.width)
    }
    guard let items = node.items else {
      error(
        node.location, "Here stands \(node.kind), but `\(feature.name)` is a list of \(feature.width) dimensions.",
        "Write one entry a dimension, or {fill: 0} for all.")
      return []
    }
    if items.count != feature.width {
      error(
        node.location,
        "`\(feature.name)` has \(items.count) entries, but the real dataset \(feature.width) dimensions.",
        "Write one entry for each, in the dataset's order.")
    }
    return items.enumerated().map { i, item in
      dimension(item, feature.names.indices.contains(i) ? feature.names[i] : nil, place: "`\(feature.name)`[\(i)]")
    }
  }

  private mutating func dimension(_ node: YAMLNode, _ expected: String?, place: String = "the feature") -> Mapped {
    let nothing: Mapped = (.fill(0), "1")
    guard let entries = entries(node, "a dimension", keys: Self.keys) else { return nothing }
    if let name = node["name"], let expected, name.text != expected {
      error(
        name.location, "\(place.capitalizedFirst) is called `\(expected)` in the real dataset, not \(name.kind).",
        "Keep the dataset's order and names; only what feeds them is yours to say.")
    }
    switch (node["take"], node["fill"]) {
    case (nil, let fill?):
      for entry in entries where !["name", "fill", "unit"].contains(entry.key) {
        error(entry.keyLocation, "`\(entry.key)` has no meaning beside `fill`.", "Remove it.")
      }
      if let truth = fill.truth { return (.fill(truth ? 1 : 0), "1") }
      guard let value = number(fill, "the fill value") else { return nothing }
      return (.fill(value), node["unit"]?.text ?? "1")
    case (let take?, nil): return taken(take, node)
    case (nil, nil):
      error(
        node.location, "\(place.capitalizedFirst) has neither `take` nor `fill`.", "Write {take: SIGNAL} or {fill: 0}.")
    case (_?, let fill?):
      error(fill.location, "\(place.capitalizedFirst) has both `take` and `fill`.", "Keep one of them.")
    }
    return nothing
  }

  /// Of a feature with a text a frame.
  private mutating func text(_ node: YAMLNode) -> [Mapped] {
    guard let entries = entries(node, "a text's mapping", keys: ["name", "take", "fill"]) else { return [] }
    let sources = entries.filter { $0.key != "name" }
    guard sources.count == 1, let entry = sources.first else {
      error(node.location, "A text needs `take` or `fill`.", "Write {take: task}, or {fill: \"a text\"}.")
      return []
    }
    guard let text = entry.value.text, entry.key == "fill" || text == "task" else {
      error(
        entry.value.location, "Here stands \(entry.value.kind), which gives no text.",
        "Write {take: task} for the instruction, or {fill: \"a text\"}.")
      return []
    }
    return [(.text(entry.key == "fill" ? text : nil), "1")]
  }

  private mutating func taken(_ take: YAMLNode, _ node: YAMLNode) -> Mapped {
    guard let name = take.text, !take.isNull else {
      error(
        take.location, "Here stands \(take.kind), but a signal's name is a text.",
        "Write for example {take: action.gripper.opening}.")
      return (.fill(0), "1")
    }
    guard let entry = catalog[name] else {
      error(take.location, "The robot of the simulation has no `\(name)`.", catalog.remedy(name))
      return (.fill(0), "1")
    }
    var scale = 1.0, offset = 0.0, unit = entry.unit
    if let node = node["unit"], let written = node.text {
      unit = written
      if let factor = UnitConversion.factor(from: entry.unit, to: written) {
        scale = factor
      } else {
        let possible = UnitConversion.units(of: entry.unit)
        error(
          node.location, "`\(name)` is in \(entry.unit), which is no matter of `\(written)`.",
          "Write one of \(possible.joined(separator: ", ")), or a `range`.")
      }
    }
    if let range = node["range"] {
      for key in ["unit", "scale", "offset"] where node[key] != nil {
        error(range.location, "`range` and `\(key)` both say how the numbers are converted.", "Keep one of them.")
      }
      if let (s, o) = self.range(range) { (scale, offset, unit) = (s, o, "1") }
    } else {
      if let node = node["scale"], let factor = number(node, "the scale") {
        if factor == 0 { error(node.location, "The scale is 0.", "Write {fill: ...} for a constant.") }
        scale *= factor
      }
      if let node = node["offset"], let value = number(node, "the offset") { offset = value }
    }
    var bounds: ClosedRange<Double>?
    if let clip = node["clip"], let pair = pair(clip, "clip") {
      if pair.0 < pair.1 {
        bounds = pair.0...pair.1
      } else {
        error(clip.location, "`clip` goes from \(pair.0) to \(pair.1).", "Write the smaller number first.")
      }
    }
    return (.signal(entry.signal, name: name, scale: scale, offset: offset, bounds: bounds), unit)
  }

  /// `{ours: [a, b], real: [c, d]}` as scale and offset: a becomes c, and b becomes d.
  private mutating func range(_ node: YAMLNode) -> (Double, Double)? {
    guard entries(node, "a range", keys: ["ours", "real"]) != nil else { return nil }
    guard let first = node["ours"], let second = node["real"] else {
      error(node.location, "A range needs `ours` and `real`.", "Write range: {ours: [0, 0.08], real: [0, 100]}.")
      return nil
    }
    guard let ours = pair(first, "ours"), let real = pair(second, "real") else { return nil }
    guard ours.0 != ours.1, real.0 != real.1 else {
      error(node.location, "A range of the width 0 converts nothing.", "Write two different numbers.")
      return nil
    }
    let scale = (real.1 - real.0) / (ours.1 - ours.0)
    return (scale, real.0 - scale * ours.0)
  }

  private mutating func pair(_ node: YAMLNode, _ what: String) -> (Double, Double)? {
    guard let items = node.items, items.count == 2 else {
      error(node.location, "Here stands \(node.kind), but `\(what)` is two numbers.", "Write for example [0, 100].")
      return nil
    }
    guard let a = number(items[0], "`\(what)`"), let b = number(items[1], "`\(what)`") else { return nil }
    return (a, b)
  }

  private mutating func number(_ node: YAMLNode, _ what: String) -> Double? {
    guard let value = node.number, value.isFinite, abs(value) <= 1e12 else {
      error(node.location, "Here stands \(node.kind), but \(what) is a finite number.", "Write a number.")
      return nil
    }
    return value
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
