public import SeedbedQuality
public import SeedbedScene

/// What `seedbed generate` was asked for.
public struct GenerateOptions: Sendable {
  /// The scene file as the user named it.
  public var scene: String
  public var overrides = SceneOverrides()
  /// The real dataset whose form the dataset takes; nil for the simulation's own.
  public var like: LikeRequest?
  /// In which numbers the commands are recorded; nil where the scene alone says.
  public var actions: ActionRequest?
  /// Episodes of the run; nil where `successes` alone says when it ends.
  public var episodes: Int?
  /// The run ends with so many kept successes.
  public var successes: Int?
  public var seed: UInt64 = 0
  /// The dataset's folder; must not exist, be empty, or hold a run that can go on.
  public var out: String
  /// Worker processes.
  public var workers = 1
  public var stateOnly = false
  /// Go on with a run that was interrupted.
  public var resume = false
  public var keep = KeepRule()
  /// Changes of the scene's gates, such as `jerk=500` and `visible=off`.
  public var gates: [String] = []
  /// `k/n` or `auto`; nil for a whole run.
  public var shard: String?
  public var limits = WorkerLimits()
  public var pricePerCoreHour: Double?

  public init(scene: String, out: String) {
    self.scene = scene
    self.out = out
  }

  /// A run that its successes end may not go beyond this.
  static let mostEpisodes = 10_000_000
}
