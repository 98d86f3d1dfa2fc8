import Diagnostics
import Glibc
import SeedbedDatasets
import SeedbedEpisodes
public import SeedbedScene
import Video

/// What `seedbed generate` was asked for.
public struct GenerateOptions: Sendable {
  /// The scene file as the user named it.
  public var scene: String
  public var overrides: SceneOverrides
  public var episodes: Int
  public var seed: UInt64
  /// The dataset's folder; must not exist, or be empty.
  public var out: String
  /// Worker processes.
  public var workers: Int
  public var stateOnly: Bool

  public init(
    scene: String, overrides: SceneOverrides, episodes: Int, seed: UInt64, out: String, workers: Int, stateOnly: Bool
  ) {
    self.scene = scene
    self.overrides = overrides
    self.episodes = episodes
    self.seed = seed
    self.out = out
    self.workers = workers
    self.stateOnly = stateOnly
  }
}

/// Grows a dataset: workers stage episodes in any order, this process packs them in the order of their numbers.
///
/// Asked to stop by a signal (see `StopSignal`), it ends after the episodes at work with a valid dataset of what was
/// packed so far. Throws `InputError` for a scene that cannot be used and `GenerationError` for everything else.
public func generate(_ options: GenerateOptions, progress: some ProgressSink) async throws -> RunReport {
  let start = wallSeconds()
  let loaded = try loadScene(path: options.scene, overrides: options.overrides)
  for warning in loaded.warnings { progress.note(warning.description) }
  let record = RunRecord(
    seed: options.seed, firstEpisode: 0, scene: loaded.sceneFile, overrides: loaded.overrides,
    sceneSHA256: loaded.sha256, stateOnly: options.stateOnly, video: VideoSettings())
  let scene = try growthScene(loaded, record: record)
  // Sampling is cheap: an episode without room for its objects is found before anything is grown.
  for episode in 0..<options.episodes { _ = try sampled(loaded, seed: options.seed, episode: episode) }
  let out = try OutputFolder(options.out)
  do {
    try writeStore(loaded, record: record, directory: out.path)
    let staging = StagingFolder(dataset: out.path)
    try staging.create()
    var packer = try Packer(directory: out.path, schema: scene.schema, axes: loaded.description.axisPaths)
    let pool = WorkerPool(dataset: out.path, workers: options.workers)
    try await pool.run((0..<options.episodes).map { .grow($0) }) { reply in
      switch reply {
      case .grown(let k, let writing): try packer.staged(k, writingSeconds: writing, progress: progress)
      case .failed(let k, let reason):
        throw GenerationError(
          "episode \(k) of seed \(options.seed) could not be grown: \(reason). Everything before it was right; "
            + "run `seedbed reproduce \(options.scene) --seed \(options.seed) --episode \(k) --out DIR` to see it alone."
        )
      case .identical, .differs: throw GenerationError("a worker answered \(reply) to a job to grow")
      }
    }
    guard packer.packedEpisodes > 0 else {
      out.discard()
      var report = RunReport()
      report.stoppedBy = StopSignal.number
      return report
    }
    var report = try packer.finish()
    report.stoppedBy = report.episodes < options.episodes ? StopSignal.number : 0
    staging.removeAll()
    try FileManifest.write(directory: out.path)
    report.wallSeconds = wallSeconds() - start
    return report
  } catch {
    out.discard()
    throw error
  }
}

/// Everything that the dataset needs to regrow itself, written before the first episode.
func writeStore(_ loaded: LoadedScene, record: RunRecord, directory: String) throws {
  var store = try SidecarWriter(directory: directory)
  for file in loaded.assets.files { try store.addAsset(path: file.path, bytes: file.bytes, sha256: file.sha256) }
  try store.setRun(record.json())
  try store.writeStore()
}
