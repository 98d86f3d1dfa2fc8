/// A value that a scene may vary: a number, a colour, a shape, a text.
public protocol Drawable: Sendable {
  /// Ways to vary beyond a choice among entries; `Never` where there are none.
  associatedtype Law: Sendable = Never

  /// The value for an axis in an episode.
  static func draw(_ law: Law, seed: UInt64, episode: Int, axis: Axis, attempt: Int) -> Self
  /// What is recorded for a value picked from entries: the number itself, or nil to record the entry's index.
  var recordedNumber: Double? { get }
}

extension Drawable where Law == Never {
  public static func draw(_ law: Never, seed: UInt64, episode: Int, axis: Axis, attempt: Int) -> Self {}
}

extension Drawable {
  public var recordedNumber: Double? { nil }
}

extension Double: Drawable {
  public typealias Law = NumberDistribution
  public static func draw(_ law: NumberDistribution, seed: UInt64, episode: Int, axis: Axis, attempt: Int) -> Double {
    law.draw(seed: seed, episode: episode, axis: axis, attempt: attempt)
  }
  public var recordedNumber: Double? { self }
}

extension String: Drawable {
  public typealias Law = Never
}

/// A constant or a way to draw one, with the axis that names the draw.
public indirect enum Variable<Value: Drawable>: Sendable {
  case constant(Value)
  case law(Value.Law, Axis)
  /// One of the entries, with probability in proportion to its weight.
  case choice([Variable<Value>], weights: [Double], Axis)
  /// The entries in turn over the episodes, each for `every` episodes.
  case grid([Variable<Value>], every: Int, Axis)

  /// The value for one episode. Draws are recorded.
  public func draw(_ drawing: inout Drawing) -> Value {
    switch self {
    case .constant(let value): return value
    case .law(let law, let axis):
      let value = Value.draw(
        law, seed: drawing.seed, episode: drawing.episode, axis: axis, attempt: drawing.attempt)
      if let number = value.recordedNumber { drawing.record(axis.path, number) }
      return value
    case .choice(let entries, let weights, let axis):
      var stream = RandomStream(
        seed: drawing.seed, episode: drawing.episode, axis: axis, attempt: drawing.attempt)
      return draw(entries, at: stream.index(weights: weights), axis, &drawing)
    case .grid(let entries, let every, let axis):
      let index = EpisodeSequences.cycled(count: entries.count, every: every, episode: drawing.episode)
      return draw(entries, at: index, axis, &drawing)
    }
  }

  private func draw(_ entries: [Self], at index: Int, _ axis: Axis, _ drawing: inout Drawing) -> Value {
    let value = entries[index].draw(&drawing)
    let isPlain = entries.allSatisfy { if case .constant = $0 { true } else { false } }
    drawing.record(axis.path, (isPlain ? value.recordedNumber : nil) ?? Double(index))
    return value
  }

  /// Whether every episode gets the same value.
  public var isConstant: Bool { if case .constant = self { true } else { false } }

  /// Every value that is named literally: the constant, or the entries at any depth.
  public var literalValues: [Value] {
    switch self {
    case .constant(let value): [value]
    case .law: []
    case .choice(let entries, _, _), .grid(let entries, _, _): entries.flatMap(\.literalValues)
    }
  }
}

extension Variable where Value == Double {
  /// The smallest and the largest value that can come out.
  public var bounds: ClosedRange<Double> {
    switch self {
    case .constant(let value): value...value
    case .law(let law, _): law.bounds
    case .choice(let entries, _, _), .grid(let entries, _, _):
      entries.dropFirst().reduce(entries.first?.bounds ?? 0...0) { range, entry in
        min(range.lowerBound, entry.bounds.lowerBound)...max(range.upperBound, entry.bounds.upperBound)
      }
    }
  }

  /// `factor` (> 0) times the number.
  public func scaled(by factor: Double) -> Variable {
    switch self {
    case .constant(let value): .constant(value * factor)
    case .law(let law, let axis): .law(law.scaled(by: factor), axis)
    case .choice(let entries, let weights, let axis):
      .choice(entries.map { $0.scaled(by: factor) }, weights: weights, axis)
    case .grid(let entries, let every, let axis): .grid(entries.map { $0.scaled(by: factor) }, every: every, axis)
    }
  }
}

/// The draws of one episode while they are made.
public struct Drawing: Sendable {
  public let seed: UInt64
  public let episode: Int
  /// 0, then 1, 2, … while a group of draws is repeated.
  public var attempt = 0
  /// What was drawn so far, in the order of drawing.
  public private(set) var records: [(path: String, value: Double)] = []

  public init(seed: UInt64, episode: Int) {
    self.seed = seed
    self.episode = episode
  }

  /// Notes a draw; one that was noted before (three coordinates that share one variable) stands once.
  public mutating func record(_ path: String, _ value: Double) {
    if !records.contains(where: { $0.path == path }) { records.append((path, value)) }
  }
}
