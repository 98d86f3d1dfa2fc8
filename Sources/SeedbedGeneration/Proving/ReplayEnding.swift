import SeedbedTrials

/// How one episode ended as it is recorded, and when its actions of one space were played again.
public struct ReplayEnding: Sendable, Equatable {
  public struct Outcome: Sendable, Equatable {
    /// `none` of a success, `unfinished` where the recorded actions were over before the judge had decided, else one cause
    /// of failure.
    public var cause: String
    /// First failing frame; -1 without one.
    public var frame: Int
    /// 16 hexadecimal digits.
    public var stateHash: String

    public init(cause: String, frame: Int, stateHash: String) {
      self.cause = cause
      self.frame = frame
      self.stateHash = stateHash
    }

    init(_ outcome: TrialOutcome) {
      cause = outcome.failure?.cause.rawValue ?? (outcome.success ? "none" : Self.unfinished)
      frame = outcome.failure?.frame ?? -1
      stateHash = hexDigits(outcome.stateHash)
    }

    static let unfinished = "unfinished"
  }

  /// Number in the dataset.
  public var episode: Int
  /// Name of the action space.
  public var space: String
  public var recorded: Outcome
  public var replayed: Outcome

  public init(episode: Int, space: String, recorded: Outcome, replayed: Outcome) {
    self.episode = episode
    self.space = space
    self.recorded = recorded
    self.replayed = replayed
  }

  /// Success or failure, and a failure's cause. That an expert found no plan is no event of the physics: its actions,
  /// which are to stay, played again bring about nothing.
  public var isSame: Bool {
    recorded.cause == replayed.cause
      || recorded.cause == FailureCause.unreachable.rawValue && replayed.cause == Outcome.unfinished
  }

  /// Whether every body was at the same place to the last bit in every frame.
  public var isBitEqual: Bool { recorded.stateHash == replayed.stateHash }

  /// As a worker says it.
  var line: String {
    [recorded, replayed].reduce(space) { $0 + " \($1.cause) \($1.frame) \($1.stateHash)" }
  }

  init?(episode: Int, line: Substring) {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 7, let recorded = Int(words[2]), let replayed = Int(words[5]) else { return nil }
    self.init(
      episode: episode, space: words[0], recorded: .init(cause: words[1], frame: recorded, stateHash: words[3]),
      replayed: .init(cause: words[4], frame: replayed, stateHash: words[6]))
  }
}
