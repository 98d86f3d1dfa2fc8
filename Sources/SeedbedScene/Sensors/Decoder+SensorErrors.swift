import Diagnostics
import SeedbedRandomness

extension Decoder {
  /// Noise and bias: one number for sensors of a single quantity, otherwise a map by quantity.
  func sensorErrors(
    _ fields: Fields, _ kind: SensorKind, _ path: String, _ context: SensorContext
  ) -> [SensorDescription.Error] {
    let quantities = kind.quantities(context.sensed)
    let known = quantities.map { (name: $0.name, unit: $0.unit) }
    let noise = byQuantity(fields["noise"], "noise", known), bias = byQuantity(fields["bias"], "bias", known)
    return quantities.compactMap { quantity in
      guard noise[quantity.name] != nil || bias[quantity.name] != nil else { return nil }
      let end = quantities.count == 1 ? "" : "/\(quantity.name)"
      return SensorDescription.Error(
        quantity: quantity.name,
        noise: noise[quantity.name].map {
          number($0, "\(path)/noise\(end)", .between("the noise", quantity.unit, 0, 1e6))
        } ?? .constant(0),
        bias: bias[quantity.name].map {
          biases($0, "\(path)/bias\(end)", quantity.unit, kind.hasBiasByChannel ? quantity.channels : [])
        } ?? [])
    }
  }

  /// One number, drawn for each channel by itself, or a list with one number a channel.
  private func biases(
    _ value: YAMLNode, _ path: String, _ unit: String, _ channels: [String]
  ) -> [Variable<Double>] {
    let quantity = Quantity.between("the bias", unit, -1e6, 1e6)
    if channels.isEmpty { return [number(value, path, quantity)] }
    if value.items != nil {
      guard let items = list(value, "the bias", count: channels.count) else { return [] }
      return zip(items, channels).map { number($0, "\(path)/\($1)", quantity) }
    }
    return channels.map { number(value, "\(path)/\($0)", quantity) }
  }

  private func byQuantity(
    _ value: YAMLNode?, _ what: String, _ known: [(name: String, unit: String)]
  ) -> [String: YAMLNode] {
    guard let value else { return [:] }
    let quantities = known.map(\.name)
    guard let only = quantities.first else {
      error(value, "This sensor is exact and has no \(what).", "Remove `\(what)`.")
      return [:]
    }
    if value.entries != nil, quantities.count > 1 || value.isMapOfOther(than: distributionKeys) {
      guard let fields = map(value, "the \(what)", keys: quantities) else { return [:] }
      var found: [String: YAMLNode] = [:]
      for quantity in quantities { found[quantity] = fields[quantity] }
      return found
    }
    guard quantities.count == 1 else {
      let all = known.map { "\($0.name) (\($0.unit))" }.joined(separator: ", ")
      error(
        value,
        "Here stands \(value.kind), but this sensor measures several quantities, each with a \(what) of its own: \(all).",
        "Write a map, for example \(what): {\(only): 0.01}.")
      return [:]
    }
    return [only: value]
  }
}
