public import SeedbedScene
import SeedbedTrials

/// What a run brought: `meta/seedbed/report.json`. A function of the decided episodes alone.
public struct RunReportDocument: Sendable, Codable, Equatable {
  public struct Totals: Sendable, Codable, Equatable {
    /// Episodes that were decided on; of these, those that could be grown.
    public var tried = 0, grown = 0
    /// Of the grown ones: without a failed gate; successful; in the dataset; both.
    public var passed = 0, successes = 0, kept = 0, keptSuccesses = 0
  }

  public struct Dataset: Sendable, Codable, Equatable {
    public var frames: Int, bytes: Int
    /// Of the kept episodes; 0 where there is none.
    public var framesPerEpisode: Double, bytesPerEpisode: Double
  }

  public struct GateLine: Sendable, Codable, Equatable {
    public var gate: Gate
    public var side: Gate.Side
    public var bound: Double
    public var unit: String
    /// Grown episodes that do not pass; share of the grown ones that do (1 where there is none).
    public var failed: Int, passShare: Double
  }

  public struct CauseLine: Sendable, Codable, Equatable {
    public var cause: String
    public var grown: Int, kept: Int
  }

  public struct RejectionLine: Sendable, Codable, Equatable {
    public var kind: Rejection
    public var episodes: Int
  }

  public struct RejectedEpisode: Sendable, Codable, Equatable {
    public var episode: Int
    public var kind: Rejection
    public var reason: String
  }

  public var formatVersion = 1
  /// As `--keep` was understood.
  public var keep: String
  public var totals: Totals
  public var dataset: Dataset
  /// Where speed and cost stand: no clock's value may reach a dataset's bytes.
  public var speed = "printed at the end of the run, and in the file of `seedbed generate --timings`"
  /// Those that are on, in the order of `Gate`.
  public var gates: [GateLine]
  /// Of the failures, in the order of `FailureCause`; those that occurred.
  public var causes: [CauseLine]
  /// Kinds that occurred, in the order of `Rejection`.
  public var rejections: [RejectionLine]
  /// Every episode that is not in the dataset, in order.
  public var rejected: [RejectedEpisode]
  /// Sorted by path.
  public var axes: [AxisCoverage]

  public init(_ input: RunReportInput) {
    keep = input.keep.text
    var totals = Totals()
    var failed: [Gate: Int] = [:]
    var grownByCause: [String: Int] = [:], keptByCause: [String: Int] = [:]
    var kinds: [Rejection: Int] = [:]
    var rejected: [RejectedEpisode] = []
    for episode in input.episodes {
      totals.tried += 1
      if let kind = episode.rejection {
        kinds[kind, default: 0] += 1
        rejected.append(.init(episode: episode.number, kind: kind, reason: episode.reason))
      }
      guard episode.wasGrown else { continue }
      let isKept = episode.rejection == nil
      totals.grown += 1
      if episode.failedGates.isEmpty { totals.passed += 1 }
      if isKept { totals.kept += 1 }
      for gate in episode.failedGates { failed[gate, default: 0] += 1 }
      if episode.success {
        totals.successes += 1
        if isKept { totals.keptSuccesses += 1 }
      } else {
        grownByCause[episode.cause, default: 0] += 1
        if isKept { keptByCause[episode.cause, default: 0] += 1 }
      }
    }
    self.totals = totals
    self.rejected = rejected
    let n = Double(max(1, totals.kept)), grown = totals.grown
    dataset = Dataset(
      frames: input.frames, bytes: input.bytes, framesPerEpisode: Double(input.frames) / n,
      bytesPerEpisode: Double(input.bytes) / n)
    gates = Gate.allCases.compactMap { gate in
      guard input.hasPictures || !gate.isAboutPictures else { return nil }
      return input.gates[gate].map { bound in
        let count = failed[gate] ?? 0
        return GateLine(
          gate: gate, side: gate.side, bound: bound, unit: gate.unit, failed: count,
          passShare: grown > 0 ? Double(grown - count) / Double(grown) : 1)
      }
    }
    let order = KeepRule.causes + grownByCause.keys.filter { !KeepRule.causes.contains($0) }.sorted()
    causes = order.compactMap { cause in
      grownByCause[cause].map { CauseLine(cause: cause, grown: $0, kept: keptByCause[cause] ?? 0) }
    }
    rejections = Rejection.allCases.compactMap { kind in
      kinds[kind].map { RejectionLine(kind: kind, episodes: $0) }
    }
    axes = input.axes.sorted { $0.path < $1.path }.map { AxisCoverage($0, input.episodes) }
  }
}
