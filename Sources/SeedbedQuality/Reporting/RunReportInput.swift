public import SeedbedScene

/// What a run's report is made from: nothing of clocks, workers or machines.
public struct RunReportInput: Sendable {
  /// One episode that was decided on.
  public struct Episode: Sendable, Equatable {
    /// Its number in the run.
    public var number: Int
    /// Why it is not in the dataset; nil: it is.
    public var rejection: Rejection?
    /// What was said about a rejected episode; empty for a kept one.
    public var reason: String
    public var success: Bool
    /// "none" or the cause of the failure.
    public var cause: String
    public var failedGates: [Gate]

    public init(
      number: Int, rejection: Rejection?, reason: String, success: Bool, cause: String, failedGates: [Gate]
    ) {
      self.number = number
      self.rejection = rejection
      self.reason = reason
      self.success = success
      self.cause = cause
      self.failedGates = failedGates
    }

    /// From a verdict and what was decided.
    public init(_ verdict: EpisodeVerdict, _ decision: Decision) {
      self.init(
        number: verdict.episode, rejection: nil, reason: "", success: false, cause: "none", failedGates: [])
      if case .reject(let kind, let reason) = decision { (rejection, self.reason) = (kind, reason) }
      if case .grown(let success, let cause, let failures) = verdict.outcome {
        (self.success, self.cause, failedGates) = (success, cause, failures.map(\.gate))
      }
    }

    /// Whether there is something to judge.
    public var wasGrown: Bool { rejection != .skipped && rejection != .quarantined }
  }

  /// What an axis drew.
  public struct Axis: Sendable, Equatable {
    public var path: String
    /// One an episode; nil where the episode did not draw it.
    public var values: [Double?]

    public init(path: String, values: [Double?]) {
      self.path = path
      self.values = values
    }
  }

  /// In the order of their numbers.
  public var episodes: [Episode]
  public var axes: [Axis]
  /// Of the kept episodes.
  public var frames: Int
  /// Of the dataset's data and videos.
  public var bytes: Int
  public var gates: GateSettings
  public var keep: KeepRule
  /// Whether there are cameras; without, the gates about pictures say nothing and are left out.
  public var hasPictures: Bool

  public init(
    episodes: [Episode], axes: [Axis], frames: Int, bytes: Int, gates: GateSettings, keep: KeepRule,
    hasPictures: Bool = true
  ) {
    self.episodes = episodes
    self.axes = axes
    self.frames = frames
    self.bytes = bytes
    self.gates = gates
    self.keep = keep
    self.hasPictures = hasPictures
  }
}
