import SeedbedEpisodes

/// What a run did, in numbers. Printed; times never enter the dataset.
public struct RunReport: Sendable, Equatable {
  public var episodes = 0
  public var frames = 0
  public var successes = 0
  /// Failed episodes by cause.
  public var causes: [String: Int] = [:]
  public var seconds = StageSeconds()
  public var wallSeconds = 0.0
  /// Physics steps in which the solver gave up on some rows.
  public var lcpMessages = 0
  /// The signal that stopped the run before its end; 0 where it ran to its end.
  public var stoppedBy: Int32 = 0

  public init() {}

  package mutating func add(_ grown: GrownEpisode) {
    episodes += 1
    frames += grown.episode.length
    let provenance = grown.episode.provenance
    if provenance.success { successes += 1 } else { causes[provenance.failureCause, default: 0] += 1 }
    seconds += grown.seconds
    lcpMessages += grown.lcpMessages
  }

  public var successShare: Double { episodes == 0 ? 0 : Double(successes) / Double(episodes) }
  public var episodesPerHour: Double { wallSeconds > 0 ? Double(episodes) / wallSeconds * 3600 : 0 }

  /// Several lines for people.
  public var text: String {
    let n = Double(max(1, episodes))
    var lines = [
      "\(episodes) episodes, \(frames) frames in \(fixed(wallSeconds, 1)) s: "
        + "\(fixed(episodesPerHour, 0)) episodes an hour, \(fixed(episodesPerHour * 24, 0)) a day",
      "success: \(successes) of \(episodes) (\(fixed(100 * successShare, 1)) %)",
    ]
    if !causes.isEmpty {
      let parts = causes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
      lines.append("failures: " + parts.joined(separator: ", "))
    }
    lines.append(
      "CPU seconds an episode: \(fixed(seconds.total / n, 3)) = physics \(fixed(seconds.physics / n, 3))"
        + " + expert \(fixed(seconds.expert / n, 3)) + pictures \(fixed(seconds.pictures / n, 3))"
        + " + encoding \(fixed(seconds.encoding / n, 3)) + writing \(fixed(seconds.writing / n, 3))"
        + " + other \(fixed(seconds.other / n, 3))")
    if lcpMessages > 0 { lines.append("solver warnings (LCP): \(lcpMessages)") }
    return lines.joined(separator: "\n")
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
