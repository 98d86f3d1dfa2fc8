import Glibc
import SeedbedQuality
import SeedbedScene

/// Which episodes a run consists of, and what it is on record for.
struct RunPlan {
  let record: RunRecord
  /// Numbers of its episodes.
  let range: Range<Int>
  /// Sampling is cheap: so many episodes are drawn beforehand, so that a scene without room for its objects is refused
  /// before anything is grown.
  private static let sampledBefore = 1000

  init(_ options: GenerateOptions, loaded: LoadedScene, like: LikeRecord?) throws(GenerationError) {
    var record = RunRecord(loaded, seed: options.seed, stateOnly: options.stateOnly)
    record.keep = options.keep.text
    record.gates = options.gates
    record.like = like
    record.actions = options.actions
    try record.checkActions()
    let episodes = options.episodes ?? (options.successes == nil ? 10 : GenerateOptions.mostEpisodes)
    if let text = options.shard {
      guard options.successes == nil, options.keep.quotas.isEmpty else {
        throw GenerationError(
          "--shard does not go with --successes or quotas of failures: which episodes are the first ones shows only in "
            + "the whole run. Merge the shards, then select.", kind: .usage)
      }
      let shard = try Shard(parsing: text, episodes: episodes)
      record.shard = shard
      record.firstEpisode = shard.range.lowerBound
      range = shard.range
    } else {
      range = 0..<episodes
    }
    self.record = record
  }

  func samplePrefix(_ loaded: LoadedScene) throws(GenerationError) {
    for episode in range.prefix(Self.sampledBefore) { _ = try sampled(loaded, seed: record.seed, episode: episode) }
  }

  /// Whether the folder gets a new run; throws where it can get none.
  func isNew(_ content: RunFolder.Content, out: borrowing OutputFolder, resume: Bool) throws(GenerationError) -> Bool {
    switch content {
    case .empty:
      try out.requireEmpty()
      return true
    case .foreign:
      try out.requireEmpty()
      return false
    case .finished: return false
    case .unfinished:
      guard resume else {
        try out.requireEmpty()
        return false
      }
      // Killed before its store was complete: nothing is there to go on with.
      guard out.folder.currentNumber == nil, try directoryEntries(out.path) == [".seedbed"] else { return false }
      removeTree(out.folder.work)
      return true
    }
  }

  /// Of a finished dataset that holds all that is asked for: the report of a run without work where it may be gone on
  /// with, an error where it may not; nil where more is asked for.
  func alreadyDone(
    _ out: borrowing OutputFolder, loaded: LoadedScene, options: GenerateOptions
  ) throws -> RunReport? {
    try RunOpening.requireSame(record, loaded, as: out.path)
    let packed = try PackedState(generation: out.path, first: record.firstEpisode)
    let isDone = options.successes.map { packed.successes >= $0 } ?? (packed.next >= range.upperBound)
    guard isDone || packed.next >= range.upperBound else { return nil }
    guard options.resume else {
      throw GenerationError(
        "\(options.out) exists and is not empty: it holds the finished dataset of \(packed.episodes) episodes. "
          + "Choose another --out, or ask for more to extend it.", kind: .cannotWrite)
    }
    var report = RunReport()
    report.datasetEpisodes = packed.episodes
    report.datasetBytes = try treeSize(out.path)
    report.quarantined = packed.quarantined
    return report
  }
}

/// What a run came to.
struct RunEnd {
  var report: RunReport
  /// Committed episodes are left that wait for one that was not finished.
  var hasLeftover: Bool
  /// The first episode that was not decided on.
  var next: Int
  /// Everything that was asked for is there.
  var isComplete: Bool
  /// What the packer was not told yet.
  var orders: [PackOrder]
}
