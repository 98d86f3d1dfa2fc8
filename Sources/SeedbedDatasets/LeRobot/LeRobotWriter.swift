public import SeedbedEpisodes
import Video

/// Writes a LeRobot v3.0 dataset, episode by episode.
///
/// The bytes depend on schema, axes, limits and the episodes in their order, on nothing else. Memory holds at most a
/// hundred rows of the episodes' table and the open files' indices. Every file gets its name when it is complete, and
/// `meta/info.json` comes last: without it the folder is no dataset.
public struct LeRobotWriter: ~Copyable {
  private let folder: DatasetFolder
  private let schema: FeatureSchema
  private let axes: [String]
  private let axisSet: Set<String>
  private let limits: FileLimits
  private var data: DataFiles
  private let tracks: [VideoTrack]
  private var table: EpisodeTable
  private var origins: OriginLog
  private var tasks = TaskTable()
  private var summary: DatasetSummary
  private var isBroken = false

  /// - Parameters:
  ///   - directory: Exists; what an interrupted writer left in `data`, `videos` and `meta/episodes` is removed.
  ///   - axes: The paths of all draws that any episode may have, sorted: a column each.
  /// - Throws: For a schema that LeRobot cannot take, and for a folder that holds a dataset or foreign files where the
  ///   dataset's are to stand.
  public init(
    directory: String, schema: FeatureSchema, axes: [String], limits: FileLimits = .init()
  ) throws(DatasetError) {
    if let problem = schema.lerobotProblem { throw DatasetError(.invalid, path: directory, problem) }
    guard zip(axes, axes.dropFirst()).allSatisfy({ $0 < $1 }), !axes.contains(where: \.isEmpty) else {
      throw DatasetError(.invalid, path: directory, "the axes are not sorted, or stand twice")
    }
    let folder = try DatasetFolder(existing: directory)
    try folder.clearLeftovers()
    let origins = try OriginLog(folder: folder)
    self.folder = folder
    self.schema = schema
    self.axes = axes
    self.limits = limits
    axisSet = Set(axes)
    data = DataFiles(folder: folder, schema: schema, limits: limits)
    tracks = schema.cameras.map { VideoTrack(folder: folder, camera: $0, limits: limits) }
    table = EpisodeTable(folder: folder, schema: schema, axes: axes, limits: limits)
    self.origins = origins
    summary = DatasetSummary(schema: schema, axes: axes)
  }

  /// Adds the next episode.
  ///
  /// An episode that does not fit (counts, types, numbers that are not finite) is refused before anything is written;
  /// after a failure to write, the writer takes nothing more.
  public mutating func append(_ episode: Episode) throws(DatasetError) {
    guard !isBroken else {
      throw DatasetError(.io, path: folder.path, episode: episode.index, "writing failed before; nothing is added")
    }
    let problem =
      episode.problem(in: schema, index: summary.episodes, axes: axisSet)
      ?? zip(tracks, episode.clips).lazy.compactMap { $0.problem($1) }.first
    if let problem { throw DatasetError(.invalid, path: folder.path, episode: episode.index, problem) }
    isBroken = true
    let standard = standardColumns(episode)
    let file = try data.append(episode.columns + standard, rows: episode.length)
    var videos: [VideoTrack.Place] = []
    for (track, clip) in zip(tracks, episode.clips) { videos.append(try track.append(clip)) }
    let statistics =
      zip(schema.features, episode.columns).map { FeatureStatistics($1, width: $0.width) }
      + episode.imageStatistics.map { FeatureStatistics($0) } + standard.map { FeatureStatistics($0, width: 1) }
    try table.append(
      EpisodeRow(
        index: episode.index, length: episode.length, task: episode.task, firstFrame: summary.frames, dataFile: file,
        videos: videos, statistics: statistics, provenance: episode.provenance,
        framesPerSecond: schema.framesPerSecond, axes: axes))
    try origins.append(
      episode.provenance, fingerprint: fingerprint(schema: schema, columns: episode.columns, standard: standard))
    summary.add(episode, statistics)
    isBroken = false
  }

  /// Completes the dataset: episodes' table, tasks, statistics, documentation, and `meta/info.json` at the very end.
  public mutating func finish() throws(DatasetError) {
    guard !isBroken else { throw DatasetError(.io, path: folder.path, "writing failed before") }
    guard summary.episodes > 0 else {
      throw DatasetError(.invalid, path: folder.path, "a dataset without an episode cannot be loaded")
    }
    isBroken = true
    try data.finish()
    for track in tracks { try track.finish() }
    try table.finish()
    try origins.finish()
    try tasks.write(to: folder)
    try folder.write(summary.statisticsJSON.indented(), to: "meta/stats.json")
    try folder.write(schema.json.indented(), to: "meta/seedbed/features.json")
    try folder.write(Array(DatasetCard(summary: summary, tasks: tasks.tasks).text.utf8), to: "README.md")
    let codecs = tracks.map { ($0.format?.codec ?? "h264", $0.format?.pixelFormat ?? "yuv420p") }
    let info = InfoDocument(
      schema: schema, limits: limits, episodes: summary.episodes, frames: summary.frames, tasks: tasks.tasks.count,
      codecs: codecs)
    try folder.write(info.json.indented(), to: "meta/info.json")
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
