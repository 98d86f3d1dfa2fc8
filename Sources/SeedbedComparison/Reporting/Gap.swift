/// One respect in which sim differs from real.
public struct Gap: Sendable {
  public enum Aspect: String, Sendable {
    case values, rates, spectrum, tracking, pauses
    case speedProfile = "speed profile"
    case coverage, missing
    case colours, brightness, contrast, sharpness, noise, layout
    case duration
    case frameRate = "frame rate"
    case tasks, texts
  }

  /// A distance with its name and unit.
  public struct Measure: Sendable {
    public var name: String
    public var value: Double
    public var unit: String
  }

  public var aspect: Aspect
  /// A joint, or a colour; nil for what concerns the feature as a whole.
  public var dimension: String?
  /// 0 (none) to 1.
  public var gap: Double
  public var measures: [Measure]
  /// What differs and what to look at, in words.
  public var text: String
}

/// All gaps of a feature, the largest first.
public struct FeatureGap: Sendable {
  public var name: String
  public var gaps: [Gap]

  init(name: String, gaps: [Gap]) {
    self.name = name
    self.gaps = gaps.enumerated().sorted { ($1.element.gap, $0.offset) < ($0.element.gap, $1.offset) }.map(\.element)
  }

  /// The largest of its gaps.
  public var gap: Double { gaps.first?.gap ?? 0 }

  /// The dimension that differs the most; nil where none does.
  public var dimension: String? { gaps.first { $0.dimension != nil && $0.gap > 0 }?.dimension }
}
