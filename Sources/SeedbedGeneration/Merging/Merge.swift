import SeedbedDatasets
import SeedbedEpisodes
import SeedbedScene

/// Makes one dataset of a run's shards: the same bytes as of a run that was not sharded.
///
/// Throws where the folders are not all the shards of one run, each finished. The shards are only read.
public func merge(shards: [String], out: String, progress: some ProgressSink) async throws -> Int {
  let parts = try MergePart.ordered(shards)
  guard let first = parts.first, let shard = first.record.shard else {
    throw GenerationError("no shard is named. Name the folders of all shards of a run.", kind: .usage)
  }
  var record = first.record
  record.shard = nil
  record.firstEpisode = 0
  let folder = try OutputFolder(out)
  for part in parts where isSameFolder(part.directory, folder.path) {
    throw GenerationError("\(out) is one of the shards. Choose another --out.", kind: .usage)
  }
  try folder.requireEmpty()
  do {
    let loaded = first.run.loaded
    _ = try RunOpening.fresh(folder.folder, loaded: loaded, record: record)
    let next = folder.folder.generation(1)
    try makeDirectory(next)
    var packer = try DatasetPacker(
      directory: next, continuing: folder.folder.generation(0), schema: first.run.scene.schema,
      axes: loaded.description.axisPaths)
    for part in parts {
      try part.pack(into: &packer)
      progress.note("shard \(part.shard.index) of \(shard.count): \(packer.episodeCount) episodes so far")
    }
    let count = packer.episodeCount
    try packer.finish()
    guard count > 0 else { throw GenerationError("the shards hold no episode", kind: .input) }
    try PackMain.finishDataset(next, run: try DatasetRun(directory: folder.path))
    try syncFolder(next)
    try folder.folder.show(1)
    try folder.folder.settle(keepingWork: false)
    return count
  } catch {
    folder.discard()
    throw GenerationError.withRemedy(
      error, "The shards are as they were, and nothing else is left. See to it (make room), then merge again.")
  }
}

private func isSameFolder(_ a: String, _ b: String) -> Bool { realPath(a) == realPath(b) }

/// One shard's dataset.
struct MergePart {
  let directory: String
  let run: DatasetRun
  let shard: Shard
  var record: RunRecord { run.record }

  init(_ directory: String) throws {
    run = try DatasetRun(directory: directory)
    self.directory = directory
    guard let shard = run.record.shard else {
      throw GenerationError(
        "\(directory) is not a shard: its run was asked for without --shard. `seedbed mix` blends whole datasets.",
        kind: .input)
    }
    self.shard = shard
  }

  /// The shards in their order; throws where one is missing, twice there, unfinished, or of another run.
  static func ordered(_ directories: [String]) throws -> [MergePart] {
    var parts: [MergePart] = []
    for directory in directories { parts.append(try MergePart(directory)) }
    parts.sort { ($0.shard.index, $0.directory) < ($1.shard.index, $1.directory) }
    guard let first = parts.first else { return [] }
    var problems: [String] = []
    for part in parts.dropFirst() {
      var (a, b) = (first.record, part.record)
      if a.shard?.count != b.shard?.count || a.shard?.episodes != b.shard?.episodes {
        problems.append(
          "\(part.directory) is shard \(part.shard.text), \(first.directory) is shard \(first.shard.text)")
        continue
      }
      (a.shard, b.shard, a.firstEpisode, b.firstEpisode) = (nil, nil, 0, 0)
      problems += a.differences(from: b).map { "\(part.directory): compared with \(first.directory), \($0)" }
      if a.sceneSHA256 != b.sceneSHA256 {
        problems.append("\(part.directory) was grown from another scene than \(first.directory)")
      }
    }
    for (a, b) in zip(parts, parts.dropFirst()) where a.shard.index == b.shard.index {
      problems.append("\(a.directory) and \(b.directory) are the same shard \(a.shard.index)")
    }
    let there = Set(parts.map(\.shard.index))
    for index in 0..<first.shard.count where !there.contains(index) {
      problems.append("shard \(index) of \(first.shard.count) is missing")
    }
    for part in parts {
      let state = try PackedState(generation: part.directory, first: part.record.firstEpisode)
      // A shard of which no episode was kept has no dataset, but it is through.
      let isThrough = try state.episodes == 0 || RunFolder(part.directory).content() == .finished
      if !isThrough || state.next != part.shard.range.upperBound {
        problems.append(
          "\(part.directory) is not finished: \(state.next - part.record.firstEpisode) of its "
            + "\(part.shard.range.count) episodes are there. Go on with it by `seedbed generate --resume`")
      }
    }
    guard problems.isEmpty else {
      throw GenerationError("the shards cannot be merged: " + problems.joined(separator: "; ") + ".", kind: .input)
    }
    return parts
  }

  /// All episodes and skipped records, in the order of their numbers in the run.
  func pack(into packer: inout DatasetPacker) throws {
    if isThere(directory + "/meta/info.json") {
      let reader = try LeRobotReader(directory: directory)
      let store = try SidecarReader(directory: directory)
      for k in 0..<reader.episodeCount {
        var episode = try reader.episode(k, store: store)
        episode.index = packer.episodeCount
        try packer.append(episode)
      }
    }
    for record in try SkippedLog.read(directory) { try packer.skip(record) }
  }
}
