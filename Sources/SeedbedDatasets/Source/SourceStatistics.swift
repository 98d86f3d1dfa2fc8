/// What a dataset claims of a feature's values, over an episode or over all; nil where it says nothing.
public struct SourceStatistics: Sendable, Equatable {
  /// One number a dimension, or a channel.
  public var minimum: [Double]?
  public var maximum: [Double]?
  public var mean: [Double]?
  /// Of the population.
  public var deviation: [Double]?
  /// Frames, or sampled pictures; once, or once for each dimension.
  public var count: [Double]?
  /// By their names, q01, q10, q50, q90, q99.
  public var quantiles: [String: [Double]] = [:]
  /// The extents of each entry as they are stored: [7], or [3, 1, 1] of pictures.
  public var shape: [Int] = []

  static let kinds = ["min", "max", "mean", "std", "count"]

  public init() {}

  /// Does it say anything?
  public var isEmpty: Bool { minimum == nil && maximum == nil && mean == nil && deviation == nil && count == nil }

  subscript(_ kind: String) -> [Double]? {
    get {
      switch kind {
      case "min": minimum
      case "max": maximum
      case "mean": mean
      case "std": deviation
      case "count": count
      default: quantiles[kind]
      }
    }
    set {
      switch kind {
      case "min": minimum = newValue
      case "max": maximum = newValue
      case "mean": mean = newValue
      case "std": deviation = newValue
      case "count": count = newValue
      default: quantiles[kind] = newValue
      }
    }
  }
}

extension SourceStatistics {
  /// Of numbers, all of it; nil for texts, pictures, and where one is not finite.
  package init?(of values: FrameValues, width: Int) {
    guard values.firstNonFinite == nil, let all = FeatureStatistics(values, width: width) else { return nil }
    self.init(all)
  }

  init(_ all: FeatureStatistics) {
    self.init()
    (minimum, maximum, mean, deviation) = (all.minimum, all.maximum, all.mean, all.deviation)
    count = [Double(all.count)]
    for (name, values) in zip(FeatureStatistics.quantileNames, all.quantiles) { quantiles[name] = values }
  }

  /// All that is known, for files that carry it along: lists of numbers, and their shape.
  package var document: JSONValue {
    let kinds = (SourceStatistics.kinds + FeatureStatistics.quantileNames).filter { self[$0] != nil }
    return .object(
      kinds.map { kind in .init(kind, .array((self[kind] ?? []).map(JSONValue.number))) }
        + [.init("shape", .array(shape.map(JSONValue.integer)))])
  }

  /// - Parameter document: As `document` gives it; what it does not say stays unknown.
  package init(document: JSONValue) {
    self.init(json: document)
    shape = (document["shape"]?.array ?? []).compactMap(\.integer)
  }

  /// Of an object with a member for each kind, as stats.json and episodes_stats.jsonl hold it.
  init(json: JSONValue) {
    for kind in SourceStatistics.kinds + FeatureStatistics.quantileNames {
      guard let value = json[kind] else { continue }
      var shape: [Int] = []
      var numbers: [Double] = []
      guard value.gather(into: &numbers, shape: &shape, depth: 0) else { continue }
      self[kind] = numbers
      if kind == "mean" { self.shape = shape }
    }
  }
}

extension JSONValue {
  /// The numbers of nested lists; false for anything else. `shape` is that of the first of each depth.
  fileprivate func gather(into numbers: inout [Double], shape: inout [Int], depth: Int) -> Bool {
    switch self {
    case .integer(let value): numbers.append(Double(value))
    case .number(let value): numbers.append(value)
    case .bool(let value): numbers.append(value ? 1 : 0)
    case .array(let values):
      if shape.count == depth { shape.append(values.count) }
      for value in values {
        guard value.gather(into: &numbers, shape: &shape, depth: depth + 1) else { return false }
      }
    default: return false
    }
    return true
  }
}
