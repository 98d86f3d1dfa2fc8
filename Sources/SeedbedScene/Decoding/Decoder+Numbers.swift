import Diagnostics
import SeedbedRandomness

/// The words for what may stand in place of a number.
let distributionKeys = [
  "uniform", "logUniform", "normal", "choice", "integer", "grid", "stratified", "lowDiscrepancy", "degrees",
]

extension Decoder {
  /// A number or a distribution of one, checked against what makes sense for it. Always returns something to go on with.
  func number(_ value: YAMLNode, _ path: String, _ quantity: Quantity) -> Variable<Double> {
    guard let variable = anyNumber(value, path, quantity) else { return .constant(quantity.standIn) }
    let bounds = variable.bounds
    if variable.isConstant, !quantity.contains(bounds.lowerBound) {
      error(
        value, "\(quantity.what.capitalizedFirst) is \(bounds.lowerBound.short), but \(quantity.rule).", "Change it.")
      return .constant(quantity.standIn)
    }
    for bound in [bounds.lowerBound, bounds.upperBound] where !quantity.contains(bound) {
      error(
        value, "\(quantity.what.capitalizedFirst) can come out as \(bound.short), but \(quantity.rule).",
        "Narrow the range.")
      return .constant(quantity.standIn)
    }
    return variable
  }

  /// Three numbers.
  func vector(_ value: YAMLNode, _ path: String, _ quantity: Quantity) -> VariableVector? {
    guard let items = list(value, quantity.what, count: 3) else { return nil }
    let numbers = zip(items, ["x", "y", "z"]).enumerated().map { index, item in
      number(item.0, "\(path)/\(index)", quantity.renamed("the \(item.1) of \(quantity.what)"))
    }
    return VariableVector(numbers[0], numbers[1], numbers[2])
  }

  /// Without the check of the limits.
  private func anyNumber(_ value: YAMLNode, _ path: String, _ quantity: Quantity) -> Variable<Double>? {
    if let number = value.number {
      guard number.isFinite else {
        error(
          value, "\(quantity.what.capitalizedFirst) is \(value.text ?? ""), which is not finite.", "Write a number.")
        return nil
      }
      return .constant(number)
    }
    guard let entry = value.onlyEntry else {
      let remedy =
        value.text.flatMap { $0.hasSuffix("%") || $0.contains(",") ? "Write it with a decimal point." : nil }
        ?? "Write a number, or a distribution such as {uniform: [a, b]}."
      error(value, "Here stands \(value.kind), but \(quantity.what) is a number.", remedy)
      return nil
    }
    let body = entry.value
    switch entry.key {
    case "uniform": return range(body, quantity).map { .law(.uniform(lower: $0, upper: $1), axis(path)) }
    case "lowDiscrepancy": return range(body, quantity).map { .law(.lowDiscrepancy(lower: $0, upper: $1), axis(path)) }
    case "logUniform":
      guard let (lower, upper) = range(body, quantity) else { return nil }
      guard lower > 0 else {
        error(
          body, "logUniform from \(lower.short) is impossible: the logarithm needs limits above 0.",
          "Raise the lower limit.")
        return nil
      }
      return .law(.logUniform(lower: lower, upper: upper), axis(path))
    case "integer": return integer(body, path, quantity)
    case "normal": return normal(body, path, quantity)
    case "stratified": return stratified(body, path, quantity)
    case "choice", "grid":
      return variable(value, path, { "\(path)/\($0)" }) { self.anyNumber($0, $1, quantity) }
    case "degrees":
      guard quantity.isAngle else {
        error(
          entry.keyLocation, "\(quantity.what.capitalizedFirst) is no angle and has no degrees.",
          "Write it in \(quantity.unit.isEmpty ? "plain numbers" : quantity.unit).")
        return nil
      }
      if body["degrees"] != nil {
        error(body, "Degrees stand in degrees.", "Write `degrees` once.")
        return nil
      }
      return anyNumber(body, path, quantity)?.scaled(by: Double.pi / 180)
    default:
      let remedy =
        closestMatch(to: entry.key, among: distributionKeys).map { "Did you mean `\($0)`?" }
        ?? "There are: \(distributionKeys.joined(separator: ", "))."
      error(entry.keyLocation, "`\(entry.key)` is no distribution.", remedy)
      return nil
    }
  }

  /// A plain finite number inside a distribution.
  func plainNumber(_ value: YAMLNode, _ what: String) -> Double? {
    guard let number = value.number, number.isFinite else {
      error(value, "Here stands \(value.kind), but \(what) is a plain number.", "Write a finite number.")
      return nil
    }
    return number
  }

  private func range(_ value: YAMLNode, _ quantity: Quantity) -> (Double, Double)? {
    guard let items = value.items, items.count == 2 else {
      error(value, "Here stands \(value.kind), but a range is a list of two numbers.", "Write [smallest, largest].")
      return nil
    }
    guard let lower = plainNumber(items[0], "the lower limit"), let upper = plainNumber(items[1], "the upper limit")
    else { return nil }
    guard lower <= upper else {
      error(
        value, "The range of \(quantity.what) runs from \(lower.short) down to \(upper.short).", "Exchange the limits.")
      return nil
    }
    return (lower, upper)
  }

  private func integer(_ value: YAMLNode, _ path: String, _ quantity: Quantity) -> Variable<Double>? {
    guard let (lower, upper) = range(value, quantity) else { return nil }
    guard let first = Int64(exactly: lower), let last = Int64(exactly: upper), abs(lower) <= 0x1p53,
      abs(upper) <= 0x1p53
    else {
      error(value, "The limits of an integer range are \(lower.short) and \(upper.short).", "Write whole numbers.")
      return nil
    }
    return .law(.integer(lower: first, upper: last, scale: 1), axis(path))
  }

  private func normal(_ value: YAMLNode, _ path: String, _ quantity: Quantity) -> Variable<Double>? {
    guard let fields = map(value, "a normal distribution", keys: ["mean", "stddev", "clip"]) else { return nil }
    let example = "Write {normal: {mean: m, stddev: s, clip: [a, b]}}."
    guard let meanNode = fields.required("mean", example), let deviationNode = fields.required("stddev", example),
      let mean = plainNumber(meanNode, "the mean"), let deviation = plainNumber(deviationNode, "the stddev")
    else { return nil }
    guard deviation >= 0 else {
      error(deviationNode, "The stddev is \(deviation.short), but cannot be negative.", "Make it 0 or more.")
      return nil
    }
    var limits = (mean - 4 * deviation, mean + 4 * deviation)
    if let clip = fields["clip"] {
      guard let given = range(clip, quantity) else { return nil }
      limits = given
      let reach = 6 * deviation
      if given.0 > mean + reach || given.1 < mean - reach {
        error(
          clip,
          "The clip from \(given.0.short) to \(given.1.short) lies more than six stddev away from the mean \(mean.short).",
          "Move the mean or the clip.")
        return nil
      }
    }
    return .law(.normal(mean: mean, standardDeviation: deviation, lower: limits.0, upper: limits.1), axis(path))
  }

  private func stratified(_ value: YAMLNode, _ path: String, _ quantity: Quantity) -> Variable<Double>? {
    guard let fields = map(value, "a stratified distribution", keys: ["range", "strata"]) else { return nil }
    let example = "Write {stratified: {range: [a, b], strata: n}}."
    guard let rangeNode = fields.required("range", example), let (lower, upper) = range(rangeNode, quantity),
      let strataNode = fields.required("strata", example),
      let strata = wholeNumber(strataNode, "the number of strata", 1...100_000)
    else { return nil }
    return .law(.stratified(lower: lower, upper: upper, strata: strata), axis(path))
  }

  /// A value of any kind, or a choice among such values, or a grid of them.
  ///
  /// - Parameters:
  ///   - entryPath: the axis path of what may vary inside the entry with this index.
  ///   - read: decodes one entry.
  func variable<Value: Drawable>(
    _ value: YAMLNode, _ path: String, _ entryPath: (Int) -> String, read: (YAMLNode, String) -> Variable<Value>?
  ) -> Variable<Value>? {
    guard let entry = value.onlyEntry, entry.key == "choice" || entry.key == "grid" else { return read(value, path) }
    return entry.key == "choice"
      ? choice(entry.value, path, entryPath, read: read) : grid(entry.value, path, entryPath, read: read)
  }

  private func entries(_ value: YAMLNode, _ what: String) -> [YAMLNode]? {
    guard let items = value.items, !items.isEmpty, items.count <= 10_000 else {
      error(
        value, "Here stands \(value.kind), but \(what) is a list of at least one entry.",
        "Write {\(what): [a, b, ...]}.")
      return nil
    }
    return items
  }

  private func choice<Value: Drawable>(
    _ value: YAMLNode, _ path: String, _ entryPath: (Int) -> String, read: (YAMLNode, String) -> Variable<Value>?
  ) -> Variable<Value>? {
    guard let items = entries(value, "choice") else { return nil }
    var options: [Variable<Value>?] = []
    var weights: [Double] = []
    for (index, item) in items.enumerated() {
      var weight = 1.0
      var body = item
      if item["value"] != nil || item["weight"] != nil {
        guard let fields = map(item, "an entry of a choice", keys: ["value", "weight"]) else { continue }
        guard let inner = fields.required("value", "Write {value: ..., weight: ...}.") else { continue }
        body = inner
        if let node = fields["weight"], let given = plainNumber(node, "a weight") {
          weight = given
          if given < 0 { error(node, "The weight is \(given.short), but cannot be negative.", "Make it 0 or more.") }
        }
      }
      options.append(read(body, entryPath(index)))
      weights.append(max(0, weight))
    }
    let sum = weights.reduce(0, +)
    if sum <= 0 || !sum.isFinite {
      error(
        value, "The weights add up to \(sum.short): nothing could be chosen.",
        "Give at least one entry a weight above 0.")
      return nil
    }
    let complete = options.compactMap { $0 }
    return complete.count == items.count ? .choice(complete, weights: weights, axis(path)) : nil
  }

  private func grid<Value: Drawable>(
    _ value: YAMLNode, _ path: String, _ entryPath: (Int) -> String, read: (YAMLNode, String) -> Variable<Value>?
  ) -> Variable<Value>? {
    var values = value
    var every = 1
    if value.entries != nil {
      guard let fields = map(value, "a grid", keys: ["values", "every"]),
        let list = fields.required("values", "Write {grid: {values: [a, b, ...], every: n}}.")
      else { return nil }
      values = list
      if let node = fields["every"] { every = wholeNumber(node, "`every`", 1...1_000_000_000) ?? 1 }
    }
    guard let items = entries(values, "grid") else { return nil }
    let options = items.enumerated().compactMap { read($1, entryPath($0)) }
    return options.count == items.count ? .grid(options, every: every, axis(path)) : nil
  }
}
