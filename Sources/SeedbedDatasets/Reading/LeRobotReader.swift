import Parquet
public import SeedbedEpisodes
public import Video

/// Reads a LeRobot v3.0 dataset, an episode at a time: of this program, of LeRobot's own writer or of its tools.
///
/// Memory holds the files' indices and what was asked for. Every count and place is checked; damage is an error that
/// names file, episode and reason.
public struct LeRobotReader: Sendable {
  public let info: DatasetInfo
  /// From `meta/seedbed/features.json`, with units and conventions; without it what `meta/info.json` knows (number
  /// features of other types than float32, int64 and bool are left out then).
  public let schema: FeatureSchema
  let folder: DatasetFolder
  let episodes: EpisodeIndex
  let frames: FrameTable
  let axes: [String]

  public init(directory: String) throws(DatasetError) {
    folder = try DatasetFolder(existing: directory)
    guard folder.exists("meta/info.json") else {
      throw DatasetError(
        .damaged, path: directory, "there is no meta/info.json: it is no LeRobot dataset, or it was not finished")
    }
    info = try folder.decode("meta/info.json") { json throws(SchemaFailure) in try DatasetInfo(json: json) }
    if folder.exists(LeRobotReader.featuresPath) {
      schema = try folder.decode(LeRobotReader.featuresPath) { json throws(SchemaFailure) in
        try FeatureSchema(json: json)
      }
      guard schema.matches(info) else {
        throw DatasetError(
          .damaged, path: folder(LeRobotReader.featuresPath), "it describes other features than meta/info.json")
      }
    } else {
      schema = info.schema
    }
    episodes = try EpisodeIndex(folder: folder)
    guard episodes.count == info.episodes else {
      throw DatasetError(
        .damaged, path: directory,
        "meta/info.json counts \(info.episodes) episodes, the table meta/episodes \(episodes.count)")
    }
    frames = FrameTable(folder: folder)
    let prefix = EpisodeRow.Origin.drawPrefix
    axes = episodes.columns.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
  }

  package static let featuresPath = "meta/seedbed/features.json"

  public var episodeCount: Int { episodes.count }

  /// An episode's length, task and origin.
  public func episodeMetadata(_ k: Int) throws(DatasetError) -> EpisodeMetadata {
    let row = try episodes.row(k)
    guard try row.required("episode_index") == k else {
      throw DatasetError(.damaged, path: row.path, episode: k, "its row is of another episode")
    }
    var videos: [VideoTrack.Place] = []
    for camera in schema.cameras {
      let name = "videos/\(camera.key)/"
      let file = FileNumber(
        chunk: try row.required(name + "chunk_index"), file: try row.required(name + "file_index"))
      let start = ((try row.double(name + "from_timestamp") ?? -1) * Double(info.framesPerSecond)).rounded()
      guard start >= 0, start < 1e12 else {
        throw DatasetError(.damaged, path: row.path, episode: k, "'\(name)from_timestamp' makes no sense")
      }
      videos.append(.init(file: file, framesBefore: Int(start)))
    }
    let metadata = EpisodeMetadata(
      index: k, length: try row.required("length"), task: try row.strings("tasks").first ?? "",
      provenance: try provenance(row), firstFrame: try row.required("dataset_from_index"),
      dataFile: FileNumber(chunk: try row.required("data/chunk_index"), file: try row.required("data/file_index")),
      videos: videos)
    guard metadata.length > 0, max(metadata.length, metadata.firstFrame) <= info.frames,
      try row.required("dataset_to_index") == metadata.firstFrame + metadata.length,
      metadata.firstFrame + metadata.length <= info.frames
    else { throw DatasetError(.damaged, path: row.path, episode: k, "its length and its place contradict each other") }
    return metadata
  }

  private func provenance(_ row: EpisodeIndex.Row) throws(DatasetError) -> Provenance? {
    typealias Origin = EpisodeRow.Origin
    guard let origin = try row.string(Origin.origin) else { return nil }
    var draws: [DrawRecord] = []
    for axis in axes {
      if let value = try row.double(Origin.drawPrefix + axis) { draws.append(DrawRecord(path: axis, value: value)) }
    }
    return Provenance(
      origin: origin, seed: UInt64(bitPattern: Int64(try row.integer(Origin.seed) ?? 0)),
      episode: try row.integer(Origin.episode) ?? 0, sceneSHA256: try row.string(Origin.scene) ?? "",
      generator: try row.string(Origin.generator) ?? "", stateHash: try row.string(Origin.stateHash) ?? "",
      success: try row.bool(Origin.success) ?? false, failureCause: try row.string(Origin.cause) ?? "",
      failureFrame: try row.integer(Origin.frame) ?? -1, gatesFailed: try row.string(Origin.gates) ?? "none",
      lcpMessages: try row.integer(Origin.lcpMessages) ?? -1, draws: draws, instanceJSON: [])
  }

  /// An episode's numbers, one column a feature of `schema`.
  public func columns(_ k: Int) throws(DatasetError) -> [Column] {
    let metadata = try episodeMetadata(k)
    let slice = try frames(of: metadata)
    guard case .int64(let owners) = try slice.column("episode_index", width: 1, type: .int64),
      case .int64(let numbers) = try slice.column("frame_index", width: 1, type: .int64),
      owners.allSatisfy({ $0 == k }), numbers.elementsEqual(0..<Int64(metadata.length))
    else {
      throw DatasetError(
        .damaged, path: slice.path, episode: k, "the rows at its place are not its frames 0...\(metadata.length - 1)")
    }
    var columns: [Column] = []
    for feature in schema.features {
      columns.append(try slice.column(feature.name, width: feature.width, type: feature.dataType))
    }
    return columns
  }

  /// An episode's place in the data files.
  func frames(of metadata: EpisodeMetadata) throws(DatasetError) -> FrameTable.Slice {
    try frames.slice(
      path: LeRobotReader.path(info.dataPath, metadata.dataFile), from: metadata.firstFrame, count: metadata.length,
      episode: metadata.index)
  }

  /// The coded pictures of one camera (its place in `schema.cameras`), of this episode only.
  public func clip(_ k: Int, camera: Int) throws(DatasetError) -> EncodedClip {
    guard schema.cameras.indices.contains(camera), let pattern = info.videoPath else {
      throw DatasetError(.invalid, path: folder.path, episode: k, "there is no camera number \(camera)")
    }
    let metadata = try episodeMetadata(k)
    let key = schema.cameras[camera].key
    let place = metadata.videos[camera]
    let path = folder(LeRobotReader.path(pattern, place.file, key: key))
    do {
      var reader = try MP4Reader(path: path)
      guard reader.framesPerSecond == info.framesPerSecond else {
        throw DatasetError(
          .damaged, path: path,
          "it runs at \(reader.framesPerSecond) frames a second, the dataset at "
            + "\(info.framesPerSecond)")
      }
      let range = place.framesBefore..<place.framesBefore + metadata.length
      guard range.upperBound <= reader.frameCount else {
        throw DatasetError(
          .damaged, path: path, episode: k, "it has \(reader.frameCount) pictures; the episode needs \(range)")
      }
      return EncodedClip(
        codec: reader.codec, pixelFormat: info.features.first { $0.name == key }?.pixelFormat ?? "yuv420p",
        width: reader.width, height: reader.height, framesPerSecond: reader.framesPerSecond,
        configuration: reader.configuration, packets: try reader.packets(range))
    } catch let error as VideoError {
      throw DatasetError(error, episode: k)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(.damaged, path: path, episode: k, "\(error)")
    }
  }

  private static func path(_ pattern: String, _ file: FileNumber, key: String = "") -> String {
    pattern.replacing("{chunk_index:03d}", with: FileNumber.digits(file.chunk))
      .replacing("{file_index:03d}", with: FileNumber.digits(file.file)).replacing("{video_key}", with: key)
  }
}

extension FeatureSchema {
  /// Does `meta/info.json` declare just these features?
  fileprivate func matches(_ info: DatasetInfo) -> Bool {
    let declared = info.features.map { "\($0.name) \($0.dataType) \($0.shape.reduce(1, *))" }
    let own =
      features.map { "\($0.name) \($0.dataType.rawValue) \($0.width)" }
      + cameras.map { "\($0.key) video \($0.width * $0.height * 3)" }
      + FeatureSchema.standard.map { "\($0.name) \($0.type.rawValue) 1" }
    return declared.sorted() == own.sorted() && framesPerSecond == info.framesPerSecond
  }
}

extension DatasetFolder {
  /// A JSON file as a value of a type.
  func decode<T>(_ relative: String, _ make: (JSONValue) throws(SchemaFailure) -> T) throws(DatasetError) -> T {
    let json = try readJSON(relative)
    do {
      return try make(json)
    } catch {
      throw DatasetError(.damaged, path: self(relative), error.reason)
    }
  }
}
