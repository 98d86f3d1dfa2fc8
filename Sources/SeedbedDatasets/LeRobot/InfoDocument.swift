import SeedbedEpisodes
import Video

/// What `meta/info.json` says, as it is written.
struct InfoDocument {
  var framesPerSecond: Int
  var robotType: String?
  /// The entries of `features`, the five standard ones among them.
  var features: [JSONValue.Member]
  var hasVideos: Bool
  var limits: FileLimits
  var episodes: Int
  var frames: Int
  var tasks: Int

  static let dataPath = "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet"
  static let videoPath = "videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4"

  var json: JSONValue {
    .object([
      .init("codebase_version", .string("v3.0")),
      .init("fps", .integer(framesPerSecond)),
      .init("features", .object(features)),
      .init("total_episodes", .integer(episodes)),
      .init("total_frames", .integer(frames)),
      .init("total_tasks", .integer(tasks)),
      .init("chunks_size", .integer(limits.chunksSize)),
      .init("data_files_size_in_mb", .integer(limits.dataMB)),
      .init("video_files_size_in_mb", .integer(limits.videoMB)),
      .init("data_path", .string(InfoDocument.dataPath)),
      .init("video_path", hasVideos ? .string(InfoDocument.videoPath) : .null),
      .init("robot_type", .text(robotType)),
      .init("splits", .object([.init("train", .string("0:\(episodes)"))])),
    ])
  }

  static func feature(_ type: String, _ shape: [Int], names: JSONValue, info: JSONValue? = nil) -> JSONValue {
    .object(
      [
        .init("dtype", .string(type)), .init("shape", .array(shape.map { .integer($0) })), .init("names", names),
      ] + (info.map { [.init("info", $0)] } ?? []))
  }

  /// The five that every dataset has.
  static var standardFeatures: [JSONValue.Member] {
    FeatureSchema.standard.map { name, type in
      JSONValue.Member(name, feature(type.rawValue, [1], names: .null))
    }
  }
}

extension InfoDocument {
  /// Of a grown dataset.
  ///
  /// - Parameter codecs: How the pictures of each camera are coded.
  init(
    schema: FeatureSchema, limits: FileLimits, episodes: Int, frames: Int, tasks: Int,
    codecs: [(codec: String, pixelFormat: String)]
  ) {
    let numbers = schema.features.map { feature in
      JSONValue.Member(
        feature.name,
        InfoDocument.feature(
          feature.dataType.rawValue, [feature.width],
          // Recorders leave the flags and the reward without names.
          names: feature.width == 1 && feature.name.hasPrefix("next.")
            ? .null : .strings(feature.dimensions.map(\.name))))
    }
    let pictures = zip(schema.cameras, codecs).map { camera, coding in
      JSONValue.Member(
        camera.key,
        InfoDocument.feature(
          "video", [camera.height, camera.width, 3], names: .strings(["height", "width", "channels"]),
          info: InfoDocument.videoInfo(camera, coding, framesPerSecond: schema.framesPerSecond)))
    }
    let declared = schema.declaration
    self.init(
      framesPerSecond: schema.framesPerSecond, robotType: declared.map(\.robotType) ?? schema.robotType,
      features: declared?.members ?? (numbers + pictures + InfoDocument.standardFeatures),
      hasVideos: !schema.cameras.isEmpty, limits: limits,
      episodes: episodes, frames: frames, tasks: tasks)
  }

  /// The keys that LeRobot's own writer fills; its merge compares them.
  private static func videoInfo(
    _ camera: CameraFeature, _ coding: (codec: String, pixelFormat: String), framesPerSecond: Int
  ) -> JSONValue {
    let settings = camera.video
    return .object([
      .init("video.height", .integer(camera.height)),
      .init("video.width", .integer(camera.width)),
      .init("video.codec", .string(coding.codec)),
      .init("video.pix_fmt", .string(coding.pixelFormat)),
      .init("video.fps", .integer(framesPerSecond)),
      .init("video.channels", .integer(3)),
      .init("has_audio", .bool(false)),
      .init("video.g", .integer(settings.groupOfPictures)),
      .init("video.crf", .integer(settings.crf)),
      .init("video.preset", .string(settings.preset)),
      .init("video.fast_decode", .integer(settings.fastDecode)),
      .init("video.video_backend", .string("pyav")),
      .init("video.extra_options", .object([])),
      .init("is_depth_map", .bool(false)),
    ])
  }
}
