import Diagnostics
import SeedbedScene

/// How a randomised axis was covered, and how the episodes went in each part of its range.
public struct AxisCoverage: Sendable, Codable, Equatable {
  public struct Bin: Sendable, Codable, Equatable {
    /// From `lower` on, below `upper`; the last bin holds `upper` too. Both are the value for choices.
    public var lower: Double, upper: Double
    /// Episodes that drew a value of the bin; of these, those that were grown.
    public var drawn = 0, grown = 0
    /// Of the grown ones: without a failed gate; successful; in the dataset.
    public var passed = 0, successes = 0, kept = 0
    /// Grown episodes by the gates that they fail and by the cause of their failure.
    public var failedGates: [String: Int] = [:], causes: [String: Int] = [:]

    init(_ lower: Double, _ upper: Double) { (self.lower, self.upper) = (lower, upper) }

    /// Of the grown ones; nil where there is none.
    public var passShare: Double? { grown > 0 ? Double(passed) / Double(grown) : nil }

    /// Rounded down, so that 100 means all.
    var passPercent: Int? { percent(passed) }
    var successPercent: Int? { percent(successes) }

    private func percent(_ part: Int) -> Int? { grown > 0 ? 100 * part / grown : nil }
  }

  public var path: String
  /// One bin a value instead of equal parts of the range.
  public var isDiscrete: Bool
  /// Episodes that drew the axis.
  public var drawn: Int
  /// Least and greatest drawn value; 0 where nothing was drawn.
  public var lowest: Double, highest: Double
  public var bins: [Bin]

  /// Equal parts of a continuous range; the most values that are shown one by one.
  static let parts = 10, mostChoices = 16

  init(_ axis: RunReportInput.Axis, _ episodes: [RunReportInput.Episode]) {
    path = axis.path
    var drawn = 0
    var lowest = Double.infinity, highest = -Double.infinity
    var choices: [Double] = []
    var areWhole = true
    for case let value? in axis.values.prefix(episodes.count) where value.isFinite {
      drawn += 1
      lowest = min(lowest, value)
      highest = max(highest, value)
      areWhole = areWhole && value == value.rounded()
      if choices.count <= Self.mostChoices, !choices.contains(value) { choices.append(value) }
    }
    self.drawn = drawn
    self.lowest = drawn > 0 ? lowest : 0
    self.highest = drawn > 0 ? highest : 0
    // A choice shows by few values that come again and again, or by whole numbers.
    let areFew = choices.count <= Self.mostChoices
    isDiscrete = drawn > 0 && areFew && (areWhole || lowest == highest || drawn >= 4 * choices.count)
    bins = drawn == 0 ? [] : isDiscrete ? choices.sorted().map { Bin($0, $0) } : Self.equalParts(lowest, highest)
    for (value, episode) in zip(axis.values, episodes) {
      guard let value, value.isFinite else { continue }
      add(episode, to: bin(of: value))
    }
  }

  private static func equalParts(_ lowest: Double, _ highest: Double) -> [Bin] {
    func edge(_ i: Int) -> Double {
      if i == parts { return highest }
      let share = Double(i) / Double(parts)
      return lowest * (1 - share) + highest * share
    }
    return (0..<parts).map { Bin(edge($0), edge($0 + 1)) }
  }

  /// The bin whose edges hold the value.
  private func bin(of value: Double) -> Int {
    if isDiscrete { return bins.firstIndex { $0.lower == value } ?? 0 }
    return max(0, (bins.firstIndex { value < $0.lower } ?? bins.count) - 1)
  }

  private mutating func add(_ episode: RunReportInput.Episode, to i: Int) {
    bins[i].drawn += 1
    guard episode.wasGrown else { return }
    bins[i].grown += 1
    if episode.failedGates.isEmpty { bins[i].passed += 1 }
    if episode.success { bins[i].successes += 1 } else { bins[i].causes[episode.cause, default: 0] += 1 }
    if episode.rejection == nil { bins[i].kept += 1 }
    for gate in episode.failedGates { bins[i].failedGates[gate.rawValue, default: 0] += 1 }
  }
}
