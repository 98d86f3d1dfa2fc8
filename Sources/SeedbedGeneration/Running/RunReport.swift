public import SeedbedQuality
import SeedbedScene

/// What a run did, in numbers. Printed; times never enter the dataset.
public struct RunReport: Sendable, Equatable {
  /// Episodes that were grown, kept or not.
  public var episodes = 0
  public var frames = 0
  public var successes = 0
  /// Failed episodes by cause.
  public var causes: [String: Int] = [:]
  /// By cause, what else is known: how often each.
  public var explanations: [String: [String: Int]] = [:]
  /// Episodes that do not pass a gate, by gate.
  public var gates: [String: Int] = [:]
  /// Episodes that went into the dataset.
  public var kept = 0
  /// Of these, the successful ones.
  public var keptSuccesses = 0
  /// Episodes that were decided on, and kept successes, before this run went on.
  public var doneBefore = 0
  public var successesBefore = 0
  public var workers = 1
  /// Episodes that did not, by kind of rejection.
  public var rejected: [String: Int] = [:]
  /// Episodes that could not be grown.
  public var quarantined = 0
  public var seconds = StageSeconds()
  /// CPU seconds of supervisor and packer.
  public var overheadSeconds = 0.0
  public var wallSeconds = 0.0
  /// Physics steps in which the solver gave up on some rows.
  public var lcpMessages = 0
  /// Of the whole dataset when the run ended.
  public var datasetEpisodes = 0
  public var datasetBytes = 0
  /// Dollars, or whatever the price is in; nil where no price was given.
  public var pricePerCoreHour: Double?
  /// The signal that stopped the run before its end; 0 where it ran to its end.
  public var stoppedBy: Int32 = 0

  public init() {}

  package mutating func add(_ summary: EpisodeSummary) {
    episodes += 1
    frames += summary.frames
    if summary.success { successes += 1 } else { causes[summary.cause, default: 0] += 1 }
    if let reason = summary.reason { explanations[summary.cause, default: [:]][reason, default: 0] += 1 }
    for failure in summary.gateFailures { gates[failure.gate.rawValue, default: 0] += 1 }
    seconds += summary.seconds
    lcpMessages += summary.lcpMessages
  }

  public var doneSuccesses: Int { successesBefore + keptSuccesses }
  public var successShare: Double { episodes == 0 ? 0 : Double(successes) / Double(episodes) }

  /// Speed and cost.
  public var timings: RunTimings {
    RunTimings(
      wallSeconds: wallSeconds, workers: workers, tried: episodes + quarantined, kept: kept,
      stages: [
        .init("physics", seconds: seconds.physics), .init("expert", seconds: seconds.expert),
        .init("pictures", seconds: seconds.pictures), .init("encoding", seconds: seconds.encoding),
        .init("writing", seconds: seconds.writing), .init("other", seconds: seconds.other),
        .init("supervising and packing", seconds: overheadSeconds),
      ], pricePerCoreHour: pricePerCoreHour)
  }

  public func writeTimings(_ path: String) throws(GenerationError) { try writeFile(path, timings.json()) }

  /// Several lines for people.
  public var text: String {
    var lines: [String] = []
    if episodes > 0 {
      lines.append("success: \(successes) of \(episodes) grown (\(fixed(100 * successShare, 1)) %), \(frames) frames")
    }
    if !causes.isEmpty {
      lines.append("failures: " + Self.list(causes))
      for (cause, texts) in explanations.sorted(by: { $0.key < $1.key }) {
        lines += Self.ranked(texts).prefix(Self.longestList).map { "  \(cause): \($0.key) (\($0.value))" }
      }
    }
    if !gates.isEmpty { lines.append("gates not passed: " + Self.list(gates)) }
    if !rejected.isEmpty { lines.append("left out: " + Self.list(rejected)) }
    if quarantined > 0 { lines.append("quarantined (could not be grown): \(quarantined)") }
    lines += timings.text().split(separator: "\n").map(String.init)
    if datasetEpisodes > 0 {
      lines.append(
        "dataset: \(datasetEpisodes) episodes, \(fixed(Double(datasetBytes) / 1e6, 1)) MB, "
          + "\(fixed(Double(datasetBytes) / Double(datasetEpisodes) / 1e3, 1)) kB an episode")
    }
    if lcpMessages > 0 { lines.append("solver warnings (LCP): \(lcpMessages)") }
    return lines.joined(separator: "\n")
  }

  /// Why episodes are not in the dataset.
  var reasons: String {
    let counts = rejected.merging(quarantined > 0 ? ["quarantined": quarantined] : [:]) { first, _ in first }
    return counts.isEmpty ? "" : ": " + Self.list(counts)
  }

  /// Explanations that are told of a cause.
  private static let longestList = 4

  private static func ranked(_ counts: [String: Int]) -> [(key: String, value: Int)] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  }

  private static func list(_ counts: [String: Int]) -> String {
    ranked(counts).map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}

/// A number with so many decimals, always with a point.
public func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return "-" }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 9e15 else { return "\(value)" }
  let digits = String(Int(scaled))
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + digits }
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
