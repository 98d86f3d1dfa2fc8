/// One measured quantity.
public struct CardLine: Sendable, Equatable {
  /// How far the measured value may be from the expected one.
  public enum Bound: Sendable, Equatable {
    /// Share of the expected value.
    case relative(Double)
    /// In the line's unit.
    case absolute(Double)
    /// The measured value itself may be as large as this; the expected value is 0.
    case atMost(Double)
    /// The measured value must reach this.
    case atLeast(Double)
  }

  /// `slide at 30 deg to the axes`.
  public var quantity: String
  /// SI unit; empty for ratios.
  public var unit: String
  /// Where the expected value comes from.
  public var formula: String
  public var expected: Double
  /// nil: could not be measured; `note` says why.
  public var measured: Double?
  public var bound: Bound
  public var note: String

  public init(
    _ quantity: String, unit: String, formula: String, expected: Double, measured: Double?, bound: Bound,
    note: String = ""
  ) {
    self.quantity = quantity
    self.unit = unit
    self.formula = formula
    self.expected = expected
    self.measured = measured
    self.bound = bound
    self.note = note
  }

  /// A quantity that could not be measured.
  public init(_ quantity: String, notMeasured reason: String) {
    self.init(quantity, unit: "", formula: "", expected: 0, measured: nil, bound: .absolute(0), note: reason)
  }

  /// Measured less expected, in the line's unit.
  public var error: Double? { measured.map { $0 - expected } }

  /// The error as a share of what is allowed: 1 is the bound itself.
  public var strain: Double? {
    guard let measured, measured.isFinite else { return nil }
    switch bound {
    case .relative(let share): return abs(measured - expected) / (share * abs(expected))
    case .absolute(let most): return abs(measured - expected) / most
    case .atMost(let most): return abs(measured) / most
    case .atLeast(let least): return least / max(measured, 1e-300)
    }
  }

  /// Whether it was measured, and is within its bound.
  public var passed: Bool { strain.map { $0 <= 1 } ?? false }
}

/// Measured points over time or another quantity, for a plot.
public struct Trace: Sendable, Equatable {
  public var name: String
  public var x: [Double], y: [Double]

  public init(_ name: String, x: [Double] = [], y: [Double] = []) {
    self.name = name
    self.x = x
    self.y = y
  }

  mutating func add(_ x: Double, _ y: Double) {
    self.x.append(x)
    self.y.append(y)
  }
}

/// What a measurement brings: lines for the card, and curves.
public struct Measurement: Sendable, Equatable {
  public var lines: [CardLine]
  public var traces: [Trace]

  public init(_ lines: [CardLine], traces: [Trace] = []) {
    self.lines = lines
    self.traces = traces
  }
}
