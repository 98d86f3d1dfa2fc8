/// What became of one episode of a run, as far as keeping it is concerned.
public struct EpisodeVerdict: Sendable, Codable, Equatable {
  public enum Outcome: Sendable, Codable, Equatable {
    /// `cause`: of the failure; "none" for a success.
    case grown(success: Bool, cause: String, failures: [GateFailure])
    /// No episode can be drawn: there is no room for an object. The reason in words.
    case skipped(reason: String)
    /// Its worker died of it or hung, every time. The reason in words.
    case quarantined(reason: String)
  }

  /// The episode's number in the run.
  public var episode: Int
  public var outcome: Outcome

  public init(episode: Int, outcome: Outcome) {
    self.episode = episode
    self.outcome = outcome
  }
}

/// Whether an episode goes into the dataset.
public enum Decision: Sendable, Codable, Equatable {
  case keep
  case reject(Rejection, reason: String)
}

/// Why an episode does not go into the dataset.
public enum Rejection: String, Sendable, Codable, CaseIterable {
  /// It could not be drawn.
  case skipped
  /// It could not be grown.
  case quarantined
  /// No dataset can hold it.
  case unwritable
  /// It does not pass a gate.
  case gate
  /// It is a failure, and failures of its cause were not asked for.
  case unwanted
  /// As many failures of its cause as were asked for are there already.
  case quota
}
