public import SeedbedEpisodes
import Video

/// Packs episodes into a LeRobot v3.0 dataset, going on from what an earlier folder holds.
///
/// The bytes depend on schema, axes, limits, the stored assets, and the episodes and skipped records in their order; on
/// nothing else, and not on how often and where they were handed from one folder to the next. Memory holds at most a
/// hundred rows of the episodes' table and the open files' indices. Every file gets its name when it is complete, and
/// `meta/info.json` comes last: without it the folder is no dataset.
public struct DatasetPacker: ~Copyable {
  private let folder: DatasetFolder
  private let schema: FeatureSchema
  private let axes: [String]
  private let axisSet: Set<String>
  private let limits: FileLimits
  private var data: DataFiles
  private let tracks: [VideoTrack]
  private var table: EpisodeTable
  private var origins: OriginLog
  private var instances: InstanceLog
  private var skipped: SkippedLog
  private var tasks: TaskTable
  private var summary: DatasetSummary
  private var isBroken = false

  /// - Parameters:
  ///   - directory: The folder to be filled. It exists and holds nothing, or only what `SidecarWriter` stores.
  ///   - previous: A finished dataset's folder, or one that holds nothing but the store and skipped records; nil for
  ///     none. It is only read. Its whole files get a second name in the new folder where the file system allows it, so
  ///     nobody may change them in place.
  ///   - schema: That of the previous dataset.
  ///   - axes: The paths of all draws that any episode may have, sorted: a column each.
  ///   - checkpoint: What `finish(checkpoint:)` of the previous dataset wrote; spares reading all its rows. A file that
  ///     is missing, damaged or of another dataset does no harm.
  /// - Throws: For a schema that LeRobot cannot take, for a folder that holds foreign files where the dataset's are to
  ///   stand, and for a previous dataset that is damaged or has another schema, other axes or limits.
  public init(
    directory: String, continuing previous: String?, schema: FeatureSchema, axes: [String],
    limits: FileLimits = .init(), checkpoint: String? = nil
  ) throws(DatasetError) {
    if let problem = schema.lerobotProblem { throw DatasetError(.invalid, path: directory, problem) }
    guard zip(axes, axes.dropFirst()).allSatisfy({ $0 < $1 }), !axes.contains(where: \.isEmpty) else {
      throw DatasetError(.invalid, path: directory, "the axes are not sorted, or stand twice")
    }
    let folder = try DatasetFolder(existing: directory)
    for name in [
      "data", "videos", "meta/episodes", "meta/info.json", "meta/seedbed/instances", OriginLog.path, SkippedLog.path,
    ] where folder.exists(name) {
      throw DatasetError(.invalid, path: folder(name), "is in the dataset's way. Name an empty folder.")
    }
    var old: DatasetFolder?
    if let previous { old = try DatasetFolder(existing: previous) }
    if let old, old.isSame(as: folder) {
      throw DatasetError(.invalid, path: directory, "a dataset cannot be gone on with in its own folder")
    }
    let packed = try old.flatMap { folder throws(DatasetError) in try PackedDataset(folder: folder) }
    try packed?.check(schema: schema, axes: axes, limits: limits)
    if let old { try SidecarWriter.link(from: old, into: folder) }
    let tracks = schema.cameras.map {
      VideoTrack(
        folder: folder, key: $0.key, limits: limits, ticksPerSecond: $0.ticksPerSecond, decodingLead: $0.decodingLead)
    }
    if let packed {
      for (track, (camera, place)) in zip(tracks, zip(schema.cameras, packed.last.videos)) {
        try track.resume(packed, camera, at: place)
      }
    }
    let data = try DataFiles(
      folder: folder, fields: DataFiles.fields(schema), limits: limits, continuing: packed)
    let table = try EpisodeTable(
      folder: folder, fields: EpisodeRow.fields(schema) + OriginCells.fields(axes: axes), limits: limits,
      continuing: packed)
    let origins = try OriginLog(folder: folder, continuing: packed)
    let instances = try InstanceLog(folder: folder, continuing: packed)
    let skipped = try SkippedLog(folder: folder, continuing: old)
    var tasks = TaskTable()
    var summary = DatasetSummary(schema: schema, axes: axes)
    if let packed {
      tasks = try TaskTable(packed)
      let known = checkpoint.flatMap { SummaryCheckpoint.read($0, of: packed, axes: axes) }
      if let known { summary = known } else { summary = try DatasetSummary(replaying: packed, axes: axes) }
    }
    self.folder = folder
    self.schema = schema
    self.axes = axes
    self.limits = limits
    axisSet = Set(axes)
    self.tracks = tracks
    self.data = data
    self.table = table
    self.origins = origins
    self.instances = instances
    self.skipped = skipped
    self.tasks = tasks
    self.summary = summary
  }

  /// Episodes so far, with those of the previous dataset.
  public var episodeCount: Int { summary.episodes }

  /// Adds the next episode; its index is `episodeCount`.
  ///
  /// An episode that does not fit (counts, types, numbers that are not finite) is refused before anything is written;
  /// after a failure to write, the packer takes nothing more.
  public mutating func append(_ episode: Episode) throws(DatasetError) { try append(episode, statistics: nil) }

  /// - Parameter statistics: `FeatureStatistics.numbers(of:schema:)` of the episode, where they are known.
  package mutating func append(_ episode: Episode, statistics known: [FeatureStatistics]?) throws(DatasetError) {
    try checkState(episode: episode.index)
    let problem =
      episode.problem(in: schema, index: summary.episodes, axes: axisSet)
      ?? zip(tracks, episode.clips).lazy.compactMap { $0.problem($1) }.first
    if let problem { throw DatasetError(.invalid, path: folder.path, episode: episode.index, problem) }
    isBroken = true
    let standard = standardColumns(episode)
    let widths = schema.features.map(\.width) + standard.map { _ in 1 }
    let file = try data.append(
      zip(episode.columns + standard, widths).map { $0.parquet(width: $1) }, rows: episode.length)
    var videos: [VideoTrack.Place] = []
    for (track, clip) in zip(tracks, episode.clips) { videos.append(try track.append(clip)) }
    let statistics =
      (known ?? FeatureStatistics.numbers(of: episode, schema: schema))
      + episode.imageStatistics.map { FeatureStatistics($0) } + standard.map { FeatureStatistics($0, width: 1) }
    let row = EpisodeRow(
      index: episode.index, length: episode.length, tasks: [episode.task], firstFrame: summary.frames, dataFile: file,
      videos: videos, statistics: statistics, framesPerSecond: schema.framesPerSecond)
    let pictures = schema.measured.count..<schema.measured.count + schema.cameras.count
    try table.append(
      row.cells { pictures.contains($0) } + OriginCells.cells(episode.provenance, axes: axes))
    try origins.append(
      OriginLine(
        provenance: episode.provenance,
        hashes: EpisodeHashes(schema: schema, columns: episode.columns, standard: standard, clips: episode.clips),
        pictures: episode.imageStatistics))
    try instances.append(episode.provenance.instanceJSON)
    summary.add(length: episode.length, episode.provenance, statistics)
    isBroken = false
  }

  /// Records an episode of the run that does not become one of the dataset.
  public mutating func skip(_ record: SkippedEpisode) throws(DatasetError) {
    try checkState(episode: nil)
    if let problem = record.problem { throw DatasetError(.invalid, path: folder(SkippedLog.path), problem) }
    isBroken = true
    try skipped.append(record)
    isBroken = false
  }

  /// Completes all files, `meta/info.json` at the very end, and brings them to the disk. Without any episode the folder
  /// becomes no dataset and keeps the store and the skipped records only.
  ///
  /// - Parameter checkpoint: Where to write what spares the next packer the reading of all rows; outside the dataset.
  public consuming func finish(checkpoint: String? = nil) throws(DatasetError) {
    try checkState(episode: nil)
    isBroken = true
    try skipped.finish()
    guard summary.episodes > 0 else { return try folder.synchronize() }
    try data.finish()
    for track in tracks { try track.finish() }
    try table.finish()
    try origins.finish()
    try instances.finish()
    try tasks.write(to: folder)
    let files = SummaryCheckpoint.Files(
      statistics: summary.statisticsJSON.indented(),
      card: Array(DatasetCard(summary: summary, tasks: tasks.tasks, skipped: skipped.count).text.utf8))
    try folder.write(files.statistics, to: "meta/stats.json")
    try folder.write(files.card, to: "README.md")
    try folder.write(schema.json.indented(), to: LeRobotReader.featuresPath)
    let codecs = tracks.map { ($0.format?.codec ?? "h264", $0.format?.pixelFormat ?? "yuv420p") }
    let info = InfoDocument(
      schema: schema, limits: limits, episodes: summary.episodes, frames: summary.frames, tasks: tasks.tasks.count,
      codecs: codecs)
    try folder.write(info.json.indented(), to: "meta/info.json")
    try folder.synchronize()
    if let checkpoint { try SummaryCheckpoint.write(checkpoint, summary, of: files) }
  }

  private func checkState(episode: Int?) throws(DatasetError) {
    guard !isBroken else {
      throw DatasetError(.io, path: folder.path, episode: episode, "writing failed before; nothing is added")
    }
  }

  /// timestamp, frame_index, episode_index, index, task_index.
  private mutating func standardColumns(_ episode: Episode) -> [Column] {
    let frames = 0..<episode.length
    let rate = Double(schema.framesPerSecond)
    let task = Int64(tasks.number(of: episode.task))
    return [
      .float32(frames.map { Float(Double($0) / rate) }),
      .int64(frames.map { Int64($0) }),
      .int64(frames.map { _ in Int64(episode.index) }),
      .int64(frames.map { Int64(summary.frames + $0) }),
      .int64(frames.map { _ in task }),
    ]
  }
}
