import Parquet
import SeedbedEpisodes
import Video

/// Writes a LeRobot v3.0 dataset of any schema, episode by episode, as LeRobot 0.6 does: files that begin anew at their limits,
/// a row group an episode, packets one behind another, statistics of every episode and of all.
///
/// The bytes depend on schema, limits and episodes only. Memory holds an episode, a hundred rows of the episodes' table and
/// the open files' indices. The dataset is made beside its place and takes it in `finish`, whole; a writer that is dropped
/// before leaves nothing.
///
/// ```swift
/// var writer = try DatasetWriter(
///   out: "data/new",
///   schema: DatasetSchema(
///     framesPerSecond: 30, robotType: "so101",
///     features: [.values("action", "float32", shape: [7], names: joints), .video("observation.images.top", height: 480, width: 640)]))
/// try writer.append(
///   DatasetEpisode(length: 221, tasks: ["pick"], columns: [.float32(actions)], videos: [.clip(clip)], statistics: [...]))
/// try writer.finish()
/// ```
public struct DatasetWriter: ~Copyable {
  private let place: PendingFolder
  private let schema: DatasetSchema
  private let limits: FileLimits
  private var data: DataFiles
  private let tracks: [PictureTrack]
  private let files = WriteQueue()
  private var table: EpisodeTable
  private var tasks = TaskTable()
  private var totals: WriterTotals
  private var isBroken = false

  /// - Parameters:
  ///   - out: The dataset's later place: nothing, or an empty folder.
  ///   - isSynchronized: `finish` waits until the disk has everything.
  /// - Throws: For a schema that LeRobot cannot take, and where something else stands at the place.
  public init(
    out: String, schema: DatasetSchema, limits: FileLimits = .init(), isSynchronized: Bool = true
  ) throws(DatasetError) {
    if let problem = schema.problem { throw DatasetError(.invalid, path: out, problem) }
    let place = try PendingFolder(out: out, isSynchronized: isSynchronized)
    let folder = place.folder
    let totals = WriterTotals(schema)
    let standard = FeatureSchema.standard.map { Field($0.name, $0.type.parquet) }
    let data = try DataFiles(folder: folder, fields: schema.columns.compactMap(\.field) + standard, limits: limits)
    let table = try EpisodeTable(
      folder: folder,
      fields: EpisodeRow.fields(cameras: schema.cameras.map(\.name), statistics: totals.features)
        + schema.episodeFields, limits: limits)
    self.schema = schema
    self.limits = limits
    self.totals = totals
    self.data = data
    self.table = table
    tracks = schema.cameras.map { [files] in
      PictureTrack(
        folder: folder, key: $0.name, framesPerSecond: schema.framesPerSecond, limits: limits, queue: files)
    }
    self.place = place
  }

  /// Episodes so far; the number of the next one.
  public var episodeCount: Int { totals.episodes }
  /// Frames so far.
  public var frameCount: Int { totals.frames }

  /// Adds the next episode. One that does not fit the schema is refused before anything is written; after a failure to
  /// write, the writer takes nothing more.
  public mutating func append(_ episode: DatasetEpisode) throws(DatasetError) {
    let index = totals.episodes
    try checkState(episode: index)
    if let problem = episode.problem(in: schema) ?? trackProblem(episode) {
      throw DatasetError(.invalid, path: place.folder.path, episode: index, problem)
    }
    let standard = standardColumns(episode)
    let statistics = try totals.statistics(of: episode, standard: standard, path: place.folder.path)
    isBroken = true
    var columns: [ColumnData] = []
    for (feature, values) in zip(schema.columns, episode.columns) {
      columns += values.parquet(feature, rows: episode.length) ?? []
    }
    let file = try data.append(columns + standard.map { $0.parquet(width: 1) }, rows: episode.length)
    var videos: [VideoTrack.Place] = []
    for (track, video) in zip(tracks, episode.videos) { videos.append(try track.append(video)) }
    let row = EpisodeRow(
      index: index, length: episode.length, tasks: episode.tasks, firstFrame: totals.frames, dataFile: file,
      videos: videos, statistics: statistics, framesPerSecond: schema.framesPerSecond)
    try table.append(row.cells { totals.features[$0].isPicture } + episode.cells)
    totals.add(statistics, frames: episode.length)
    isBroken = false
  }

  /// Stores a file of any content in the dataset, for example below `meta/`.
  public func addFile(_ relative: String, _ bytes: [UInt8]) throws(DatasetError) {
    guard !relative.hasPrefix("/"), !relative.split(separator: "/").contains("..") else {
      throw DatasetError(.invalid, path: relative, "leads out of the dataset")
    }
    try place.folder.write(bytes, to: relative)
  }

  /// The folder that the dataset is made in: for files that grow, below `meta/` only.
  package var folder: DatasetFolder { place.folder }

  /// Completes all files and gives the dataset its place.
  public consuming func finish() throws(DatasetError) {
    try checkState(episode: nil)
    isBroken = true
    let folder = place.folder
    guard totals.episodes > 0 else {
      throw DatasetError(.invalid, path: folder.path, "no episode was added; there are no datasets without any")
    }
    for track in tracks { try track.finish() }
    try data.finish()
    try table.finish()
    try tasks.write(to: folder)
    try folder.write(totals.statisticsJSON.indented(), to: "meta/stats.json")
    do throws(VideoError) { try files.finish() } catch { throw DatasetError(error) }
    let info = InfoDocument(
      framesPerSecond: schema.framesPerSecond, robotType: schema.robotType, features: features,
      hasVideos: !tracks.isEmpty, limits: limits, episodes: totals.episodes, frames: totals.frames,
      tasks: tasks.tasks.count)
    try folder.write(info.json.indented(), to: "meta/info.json")
    if folder.isSynchronized { try folder.synchronize() }
    try place.settle()
  }

  private func checkState(episode: Int?) throws(DatasetError) {
    guard !isBroken else {
      throw DatasetError(.io, path: place.folder.path, episode: episode, "writing failed before; nothing is added")
    }
  }

  private func trackProblem(_ episode: DatasetEpisode) -> String? {
    for (feature, video) in zip(schema.cameras, episode.videos) {
      guard let format = video.format else { return "'\(feature.name)' has a codec that is not written" }
      guard let picture = feature.picture, picture.width == format.width, picture.height == format.height else {
        return "'\(feature.name)' is \(format.width)x\(format.height), the schema says \(feature.shape)"
      }
    }
    return zip(tracks, episode.videos).lazy.compactMap { $0.problem($1) }.first
  }

  private var features: [JSONValue.Member] {
    var tracks = tracks[...]
    return schema.features.map { feature in
      guard feature.kind == .video, let track = tracks.popFirst() else { return .init(feature.name, feature.json) }
      return .init(feature.name, track.entry(of: feature))
    } + InfoDocument.standardFeatures
  }

  /// timestamp, frame_index, episode_index, index, task_index.
  private mutating func standardColumns(_ episode: DatasetEpisode) -> [Column] {
    let frames = 0..<episode.length
    let rate = Double(schema.framesPerSecond)
    let numbers = episode.tasks.map { Int64(tasks.number(of: $0)) }
    return [
      .float32(frames.map { Float(Double($0) / rate) }),
      .int64(frames.map { Int64($0) }),
      .int64(frames.map { _ in Int64(totals.episodes) }),
      .int64(frames.map { Int64(totals.frames + $0) }),
      .int64(episode.taskOfFrame.map { $0.map { numbers[$0] } } ?? frames.map { _ in numbers[0] }),
    ]
  }
}
