import SeedbedDatasets

/// What a mix became: per source and as a whole.
public struct MixReport: Sendable {
  static let path = "meta/seedbed/mix.json"

  /// What one source gave.
  public struct Source: Sendable {
    public var name: String
    public var directory: String
    /// Episodes that there are, and that the conditions leave.
    public var available: Int, eligible: Int
    /// Of the ratio; nil where none was asked for.
    public var wantedShare: Double?
    /// What was asked for and what was taken, in the ratio's unit.
    public var wanted: Double?, amount: Double
    public var share: Double
    /// Of its frames as they are counted here.
    public let framesPerSecond: Double
    var evidence: String?
    public var summary = Summary()

    public var seconds: Double { Double(summary.frames) / framesPerSecond }
  }

  /// Counts and statistics of the episodes of a source as they stand in the mix.
  public struct Summary: Sendable {
    public var episodes = 0
    public var frames = 0
    /// Episodes whose pictures were encoded anew.
    public var recoded = 0
    /// Episodes by origin, by task, and by outcome where one is known.
    public var origins: [String: Int] = [:]
    public var tasks: [String: Int] = [:]
    var successes = 0, outcomes = 0
    /// As LeRobot puts episodes' statistics together.
    var features: [String: StatisticsTotal] = [:]
  }

  public var sources: [Source]
  public let unit: MixRequest.Unit
  /// Of the mix; nil where nothing is resampled.
  public let framesPerSecond: Int?
  public let robotType: String?
  public let seed: UInt64
  public let isVirtual: Bool
  /// What was reconciled.
  public internal(set) var notes: [String]
  let features: [(name: String, isPicture: Bool)]
  let conditions: [String]
  let allowsRepetition: Bool

  init(_ request: MixRequest, _ sources: [MixSource], _ schema: MixSchema, _ choice: MixChoice) {
    self.init(
      request, sources, choice, framesPerSecond: schema.framesPerSecond, robotType: schema.robotType,
      notes: schema.notes,
      features: schema.features.map { ($0.feature.name, $0.feature.picture != nil) })
  }

  init(
    _ request: MixRequest, _ sources: [MixSource], _ choice: MixChoice, framesPerSecond: Int?, robotType: String?,
    notes: [String], features: [(name: String, isPicture: Bool)]
  ) {
    self.sources = sources.map { source in
      let part = choice.parts[source.place]
      return Source(
        name: source.name, directory: source.directory, available: source.data.episodes.count,
        eligible: source.eligible.count, wantedShare: request.ratio.first { $0.name == source.name }?.share,
        wanted: part.wanted, amount: part.amount, share: choice.share(source.place),
        framesPerSecond: framesPerSecond.map(Double.init) ?? source.framesPerSecond, evidence: source.reasonOfSimulation
      )
    }
    unit = request.unit
    self.framesPerSecond = framesPerSecond
    self.robotType = robotType
    seed = request.seed
    isVirtual = request.isVirtual
    self.notes = notes
    self.features = features
    conditions = request.conditions.map { ($0.source.map { $0 + ":" } ?? "") + $0.value }
    allowsRepetition = request.repeats
  }

  public var episodes: Int { sources.reduce(0) { $0 + $1.summary.episodes } }
  public var frames: Int { sources.reduce(0) { $0 + $1.summary.frames } }
  public var seconds: Double { sources.reduce(0) { $0 + $1.seconds } }
}

extension MixReport.Summary {
  mutating func add(_ episode: DatasetEpisode, origin: String, success: Bool?, _ schema: MixSchema) {
    if let success {
      outcomes += 1
      successes += success ? 1 : 0
    }
    episodes += 1
    frames += episode.length
    origins[origin, default: 0] += 1
    for task in episode.tasks { tasks[task, default: 0] += 1 }
    for plan in schema.features where plan.feature.kind != .texts {
      guard let claim = episode.statistics[plan.feature.name],
        let statistics = FeatureStatistics(claim, width: plan.feature.statisticsWidth)
      else { continue }
      features[plan.feature.name, default: StatisticsTotal()].add(statistics)
    }
  }
}
