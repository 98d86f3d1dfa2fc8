import Parquet
import SeedbedEpisodes
import Video

/// Writes a LeRobot v2.1 dataset, which openpi's pinned LeRobot and GR00T's loader still want: a table and a movie for each
/// episode, metadata in lines of JSON. Otherwise as `DatasetWriter`.
public struct LegacyDatasetWriter: ~Copyable {
  private static let chunksSize = 1000
  static let dataPath = "data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet"
  static let videoPath = "videos/chunk-{episode_chunk:03d}/{video_key}/episode_{episode_index:06d}.mp4"

  private let place: PendingFolder
  private let schema: DatasetSchema
  private var tasks = TaskTable()
  private var totals: WriterTotals
  private var episodes: LineLog
  private var statistics: LineLog
  private var formats: [MovieFormat?]

  /// - Parameter out: The dataset's later place: nothing, or an empty folder.
  public init(out: String, schema: DatasetSchema) throws(DatasetError) {
    if let problem = schema.problem { throw DatasetError(.invalid, path: out, problem) }
    let place = try PendingFolder(out: out)
    let lines = try place.folder.place(EpisodeList.linesPath), claims = try place.folder.place(StatisticsLines.path)
    self.schema = schema
    totals = WriterTotals(schema)
    formats = schema.cameras.map { _ in nil }
    episodes = LineLog(path: lines)
    statistics = LineLog(path: claims)
    self.place = place
  }

  /// Adds the next episode; one that does not fit the schema is refused before anything is written.
  ///
  /// - Parameter tags: One a field of `episodeFields`; they stand in the episode's line.
  public mutating func append(_ episode: DatasetEpisode, tags: [EpisodeCell]) throws(DatasetError) {
    let k = totals.episodes
    if let problem = episode.problem(in: schema) {
      throw DatasetError(.invalid, path: place.folder.path, episode: k, problem)
    }
    let standard = standardColumns(episode, k)
    let claims = try totals.statistics(of: episode, standard: standard, path: place.folder.path)
    try writeTable(episode, standard, k)
    for i in schema.cameras.indices { try writeMovie(episode.videos[i], camera: i, k) }
    let line = JSONValue.object(
      [
        .init("episode_index", .integer(k)), .init("tasks", .strings(episode.tasks)),
        .init("length", .integer(episode.length)),
      ] + zip(schema.episodeFields, tags).map { .init($0.name, $1.json) })
    try episodes.append(line.compact())
    let entries = zip(totals.features, claims).map { feature, claim in
      JSONValue.Member(feature.name, LegacyDatasetWriter.withoutQuantiles(claim.json(isPicture: feature.isPicture)))
    }
    try statistics.append(
      JSONValue.object([.init("episode_index", .integer(k)), .init("stats", .object(entries))]).compact())
    totals.add(claims, frames: episode.length)
  }

  /// v2.1 knows min, max, mean, std and count.
  private static func withoutQuantiles(_ json: JSONValue) -> JSONValue {
    .object((json.members ?? []).filter { !FeatureStatistics.quantileNames.contains($0.name) })
  }

  private func path(_ folder: String, _ k: Int, _ ending: String, key: String? = nil) throws(DatasetError) -> String {
    func padded(_ n: Int, _ digits: Int) -> String {
      String(repeating: "0", count: max(0, digits - "\(n)".count)) + "\(n)"
    }
    return try place.folder.place(
      folder + "/chunk-" + padded(k / LegacyDatasetWriter.chunksSize, 3) + "/" + (key.map { $0 + "/" } ?? "")
        + "episode_" + padded(k, 6) + ending)
  }

  private func writeTable(_ episode: DatasetEpisode, _ standard: [Column], _ k: Int) throws(DatasetError) {
    var columns: [ColumnData] = []
    for (feature, values) in zip(schema.columns, episode.columns) {
      columns += values.parquet(feature, rows: episode.length) ?? []
    }
    let fields = schema.columns.compactMap(\.field) + FeatureSchema.standard.map { Field($0.name, $0.type.parquet) }
    let path = try path("data", k, ".parquet")
    do throws(ParquetError) {
      var file = try ParquetWriter(path: path, fields: fields, createdBy: "seedbed")
      try file.writeRowGroup(columns + standard.map { $0.parquet(width: 1) }, rows: episode.length)
      try file.finish()
    } catch {
      throw DatasetError(error, episode: k)
    }
  }

  private mutating func writeMovie(_ video: EpisodeVideo, camera: Int, _ k: Int) throws(DatasetError) {
    let feature = schema.cameras[camera]
    guard let format = video.format else {
      throw DatasetError(.invalid, path: feature.name, episode: k, "it has a codec that is not written")
    }
    if formats[camera] == nil { formats[camera] = format }
    let path = try path("videos", k, ".mp4", key: feature.name)
    do throws(VideoError) {
      var file = try MovieWriter(path: path, format: format, framesPerSecond: schema.framesPerSecond)
      switch video {
      case .clip(let clip): try file.append(clip)
      case .packets(let stretch, let movie): try file.append(stretch, of: movie.movie)
      }
      try file.finish()
    } catch {
      throw DatasetError(error, episode: k)
    }
  }

  /// timestamp, frame_index, episode_index, index, task_index.
  private mutating func standardColumns(_ episode: DatasetEpisode, _ k: Int) -> [Column] {
    let frames = 0..<episode.length
    let rate = Double(schema.framesPerSecond)
    let numbers = episode.tasks.map { Int64(tasks.number(of: $0)) }
    return [
      .float32(frames.map { Float(Double($0) / rate) }),
      .int64(frames.map { Int64($0) }),
      .int64(frames.map { _ in Int64(k) }),
      .int64(frames.map { Int64(totals.frames + $0) }),
      .int64(episode.taskOfFrame.map { $0.map { numbers[$0] } } ?? frames.map { _ in numbers[0] }),
    ]
  }

  /// Completes the metadata and gives the dataset its place.
  public consuming func finish() throws(DatasetError) {
    let folder = place.folder
    guard totals.episodes > 0 else {
      throw DatasetError(.invalid, path: folder.path, "no episode was added; there are no datasets without any")
    }
    try episodes.finish()
    try statistics.finish()
    let lines = tasks.tasks.enumerated().map { i, task in
      JSONValue.object([.init("task_index", .integer(i)), .init("task", .string(task))]).compact() + [10]
    }
    try folder.write(Array(lines.joined()), to: "meta/tasks.jsonl")
    try folder.write(information.indented(), to: "meta/info.json")
    try folder.synchronize()
    try place.settle()
  }

  private var information: JSONValue {
    let cameras = schema.cameras
    let features = schema.features.map { feature in
      guard feature.kind == .video, let i = cameras.firstIndex(of: feature), let format = formats[i] else {
        return JSONValue.Member(feature.name, feature.json)
      }
      return .init(feature.name, PictureTrack.entry(of: feature, format, framesPerSecond: schema.framesPerSecond))
    }
    let chunks = (totals.episodes + LegacyDatasetWriter.chunksSize - 1) / LegacyDatasetWriter.chunksSize
    return .object([
      .init("codebase_version", .string("v2.1")),
      .init("robot_type", .text(schema.robotType)),
      .init("total_episodes", .integer(totals.episodes)),
      .init("total_frames", .integer(totals.frames)),
      .init("total_tasks", .integer(tasks.tasks.count)),
      .init("total_videos", .integer(totals.episodes * cameras.count)),
      .init("total_chunks", .integer(chunks)),
      .init("chunks_size", .integer(LegacyDatasetWriter.chunksSize)),
      .init("fps", .integer(schema.framesPerSecond)),
      .init("splits", .object([.init("train", .string("0:\(totals.episodes)"))])),
      .init("data_path", .string(LegacyDatasetWriter.dataPath)),
      .init("video_path", cameras.isEmpty ? .null : .string(LegacyDatasetWriter.videoPath)),
      .init("features", .object(features + InfoDocument.standardFeatures)),
    ])
  }
}
