public import SeedbedEpisodes

/// An episode of a run that is not in the dataset, and why.
public struct SkippedEpisode: Sendable, Equatable {
  /// Its number in the run.
  public var episode: Int
  public var seed: UInt64
  /// "quarantined" for one that could not be grown; else what it was rejected by.
  public var kind: String
  /// For people.
  public var reason: String
  /// "none" without one.
  public var failureCause: String
  public var success: Bool
  /// The name of the signal that ended its process: "SIGABRT".
  public var signal: String?
  /// Sorted.
  public var gatesFailed: [String]
  /// Sorted by path.
  public var draws: [DrawRecord]

  public init(
    episode: Int, seed: UInt64, kind: String, reason: String, failureCause: String, success: Bool, signal: String?,
    gatesFailed: [String], draws: [DrawRecord]
  ) {
    self.episode = episode
    self.seed = seed
    self.kind = kind
    self.reason = reason
    self.failureCause = failureCause
    self.success = success
    self.signal = signal
    self.gatesFailed = gatesFailed
    self.draws = draws
  }

  /// The first thing that keeps it out of the log; nil where all is well.
  var problem: String? {
    if kind.isEmpty { return "its kind is empty" }
    if episode < 0 { return "its number in the run is \(episode)" }
    for gate in gatesFailed where gate.isEmpty || gate == "none" || gate.contains(",") {
      return "'\(gate)' is no name of a gate"
    }
    for (draw, next) in zip(draws, draws.dropFirst()) where !(draw.path < next.path) {
      return "its draws '\(draw.path)' and '\(next.path)' are not in order"
    }
    for draw in draws where !draw.value.isFinite { return "its draw '\(draw.path)' is \(draw.value)" }
    return nil
  }
}

extension SkippedEpisode {
  private typealias Origin = EpisodeRow.Origin

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init(Origin.episode, .integer(episode)), .init(Origin.seed, .integer(Int64(bitPattern: seed))),
      .init("kind", .string(kind)), .init("reason", .string(reason)), .init("signal", .text(signal)),
      .init(Origin.success, .bool(success)), .init(Origin.cause, .string(failureCause)),
      .init(Origin.gates, .string(gatesFailed.isEmpty ? "none" : gatesFailed.joined(separator: ","))),
    ]
    members += draws.map { .init(Origin.drawPrefix + $0.path, .number($0.value)) }
    return .object(members)
  }

  init(json: JSONValue) throws(SchemaFailure) {
    let kind = try json.required("kind", \.string)
    let gates = try json.required(Origin.gates, \.string)
    self.init(
      episode: try json.required(Origin.episode, \.integer),
      seed: UInt64(bitPattern: Int64(try json.required(Origin.seed, \.integer))), kind: kind,
      reason: try json.required("reason", \.string), failureCause: try json.required(Origin.cause, \.string),
      success: try json.required(Origin.success, \.bool), signal: json["signal"]?.string,
      gatesFailed: gates == "none"
        ? [] : gates.split(separator: ",", omittingEmptySubsequences: false).map(String.init),
      draws: [])
    for member in json.members ?? [] where member.name.hasPrefix(Origin.drawPrefix) {
      guard let value = member.value.number else { throw SchemaFailure(reason: "'\(member.name)' is no number") }
      draws.append(DrawRecord(path: String(member.name.dropFirst(Origin.drawPrefix.count)), value: value))
    }
    if let problem { throw SchemaFailure(reason: problem) }
  }
}
