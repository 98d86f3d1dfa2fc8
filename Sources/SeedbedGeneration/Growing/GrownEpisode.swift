package import SeedbedDatasets
public import SeedbedEpisodes
public import SeedbedQuality
public import SeedbedScene

/// What an episode is grown from besides its instance: the same for all episodes of a run.
public struct GrowthScene: Sendable {
  public var assets: SceneAssets
  /// Of the dataset.
  public var schema: FeatureSchema
  /// What is recorded and judged: the simulation's own features, and the cameras that are drawn.
  public var own: FeatureSchema {
    get { mapped ?? schema }
    set { mapped = newValue }
  }
  private var mapped: FeatureSchema?
  /// From these to those of the dataset; nil where they are the same.
  public var mapping: RecordMapping?
  /// Where the commands are recorded in other action spaces than the simulation's own.
  public var actions: ActionColumns?
  public var sceneSHA256: String
  /// What a grown episode is asked.
  public var gates: GateSettings

  public init(
    assets: SceneAssets, schema: FeatureSchema, sceneSHA256: String, gates: GateSettings = GateSettings()
  ) {
    self.assets = assets
    self.schema = schema
    self.sceneSHA256 = sceneSHA256
    self.gates = gates
  }
}

public struct GrownEpisode: Sendable {
  public var episode: Episode
  public var measurements: EpisodeMeasurements
  /// The gates that the episode does not pass; empty: it passes.
  public var gateFailures: [GateFailure]
  public var seconds: StageSeconds
  /// What is known of a failure besides its cause.
  public var failureReason: String?
  /// Of the episode's numbers, in the order of the schema's features; nil where they are not worked out yet.
  package var statistics: [FeatureStatistics]?

  public init(
    episode: Episode, measurements: EpisodeMeasurements = EpisodeMeasurements(), gateFailures: [GateFailure] = [],
    failureReason: String? = nil, seconds: StageSeconds
  ) {
    self.episode = episode
    self.measurements = measurements
    self.gateFailures = gateFailures
    self.failureReason = failureReason
    self.seconds = seconds
  }
}
