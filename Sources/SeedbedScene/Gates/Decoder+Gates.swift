import Diagnostics

extension Decoder {
  /// The `gates:` block laid over settings.
  func gates(_ value: YAMLNode?, over base: GateSettings = GateSettings()) -> GateSettings {
    var settings = base
    guard let value, let fields = map(value, "`gates`", keys: Gate.allCases.map(\.rawValue)) else { return settings }
    for gate in Gate.allCases {
      guard let node = fields[gate.rawValue] else { continue }
      if gate.isIndispensable {
        error(
          node, "The gate `\(gate.rawValue)` cannot be changed: no dataset can hold an episode that fails it.",
          "Leave it out.")
      } else if let bound = bound(node, gate) {
        settings[gate] = bound
      }
    }
    return settings
  }

  /// `.some(nil)`: off; nil: a problem.
  private func bound(_ node: YAMLNode, _ gate: Gate) -> Double?? {
    switch node.text {
    case "off": return .some(nil)
    case "on": return gate.boundWhenOn
    default: break
    }
    let example = "Write {\(gate.side.rawValue): \(gate.boundWhenOn.short)}, `on` or `off`."
    var number = node
    if let entry = node.onlyEntry {
      guard entry.key == gate.side.rawValue else {
        let isOtherSide = entry.key == "min" || entry.key == "max"
        error(
          entry.keyLocation,
          isOtherSide
            ? "The gate `\(gate.rawValue)` has no `\(entry.key)`, only a `\(gate.side.rawValue)`."
            : "`\(entry.key)` is no key of the gate `\(gate.rawValue)`.", example)
        return nil
      }
      number = entry.value
    }
    guard let bound = number.number else {
      error(number, "Here stands \(number.kind), but the bound of the gate `\(gate.rawValue)` is a number.", example)
      return nil
    }
    guard gate.range.contains(bound) else {
      let unit = gate.unit.isEmpty ? "" : " \(gate.unit)"
      error(
        number,
        "The bound of the gate `\(gate.rawValue)` is \(bound.short), but must be from \(gate.range.lowerBound.short) to "
          + "\(gate.range.upperBound.short)\(unit).", "Change it, or write `off`.")
      return nil
    }
    return bound
  }
}
