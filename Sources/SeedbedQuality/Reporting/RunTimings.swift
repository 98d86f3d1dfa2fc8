import Diagnostics
import FoundationEssentials

/// What a run took. Apart from the report, because no byte of a dataset may depend on a clock: printed, and written only
/// where the user asks for it outside of the dataset.
public struct RunTimings: Sendable, Codable, Equatable {
  public struct Stage: Sendable, Codable, Equatable {
    public var name: String
    /// CPU seconds of all episodes together.
    public var seconds: Double

    public init(_ name: String, seconds: Double) {
      self.name = name
      self.seconds = seconds
    }
  }

  /// Seconds from the start to the end.
  public var wallSeconds: Double
  public var workers: Int
  /// Episodes that were decided on, and those in the dataset.
  public var tried: Int, kept: Int
  /// CPU seconds by stage, in the order of the work; rejected episodes are in it.
  public var stages: [Stage]
  /// Of one core for an hour, in whatever currency; nil: no price was given.
  public var pricePerCoreHour: Double?

  public init(
    wallSeconds: Double, workers: Int, tried: Int, kept: Int, stages: [Stage], pricePerCoreHour: Double? = nil
  ) {
    self.wallSeconds = wallSeconds
    self.workers = workers
    self.tried = tried
    self.kept = kept
    self.stages = stages
    self.pricePerCoreHour = pricePerCoreHour
  }

  public var cpuSeconds: Double { stages.reduce(0) { $0 + $1.seconds } }
  /// Kept episodes an hour of wall time, on all workers together.
  public var episodesPerHour: Double { wallSeconds > 0 ? Double(kept) / wallSeconds * 3600 : 0 }
  public var episodesPerDay: Double { 24 * episodesPerHour }
  /// Of a kept episode; the work for rejected ones is in it. 0 where none was kept.
  public var cpuSecondsPerEpisode: Double { kept > 0 ? cpuSeconds / Double(kept) : 0 }
  /// Of a kept episode, from its CPU seconds.
  public var costPerEpisode: Double? { pricePerCoreHour.map { $0 * cpuSecondsPerEpisode / 3600 } }

  /// For people, with a line feed at the end.
  public func text() -> String {
    guard tried > 0 else { return "nothing was left to grow; \(significant(wallSeconds)) s\n" }
    var lines = [
      "\(kept) episodes kept of \(tried) tried in \(significant(wallSeconds)) s with \(workers) workers: "
        + "\(significant(episodesPerHour)) an hour, \(significant(episodesPerDay)) a day",
      "CPU seconds a kept episode: \(significant(cpuSecondsPerEpisode))"
        + (stages.isEmpty || kept == 0
          ? ""
          : " = " + stages.map { "\($0.name) \(significant($0.seconds / Double(kept), 3))" }.joined(separator: " + ")),
    ]
    if let pricePerCoreHour, let costPerEpisode {
      lines.append(
        "cost: \(significant(costPerEpisode)) a kept episode, \(significant(1000 * costPerEpisode)) a thousand, at "
          + "\(significant(pricePerCoreHour)) a core hour")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// With the derived numbers; a line feed at the end.
  public func json() -> [UInt8] {
    struct File: Encodable {
      var run: RunTimings
      var cpuSeconds: Double, episodesPerHour: Double, episodesPerDay: Double, cpuSecondsPerEpisode: Double
      var costPerEpisode: Double?
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let file = File(
      run: self, cpuSeconds: cpuSeconds, episodesPerHour: episodesPerHour, episodesPerDay: episodesPerDay,
      cpuSecondsPerEpisode: cpuSecondsPerEpisode, costPerEpisode: costPerEpisode)
    guard let data = try? encoder.encode(file) else { preconditionFailure("timings are plain numbers") }
    return Array(data) + [10]
  }
}
