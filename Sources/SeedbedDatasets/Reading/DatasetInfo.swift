import SeedbedEpisodes

/// What a dataset's `meta/info.json` says.
public struct DatasetInfo: Sendable, Equatable {
  /// A feature as LeRobot describes it.
  public struct Entry: Sendable, Equatable {
    public var name: String
    /// "float32", "int64", "bool", "video", "string" and others.
    public var dataType: String
    public var shape: [Int]
    /// Flat, however they are nested in the file; empty where there are none.
    public var names: [String]
    /// Of videos: "h264", "yuv420p" and the like; nil where the file does not say.
    public var codec: String?
    public var pixelFormat: String?
  }

  public var framesPerSecond: Int
  public var robotType: String?
  public var episodes: Int
  public var frames: Int
  public var tasks: Int
  public var features: [Entry]
  /// With `{chunk_index:03d}`, `{file_index:03d}` and, of videos, `{video_key}`.
  public var dataPath: String
  public var videoPath: String?
  /// How large its files may get; nil where the file does not say.
  public var limits: FileLimits?

  init(json: JSONValue) throws(SchemaFailure) {
    let version = try json.required("codebase_version", \.string)
    guard version == "v3.0" else {
      throw SchemaFailure(reason: "its version is '\(version)', this program reads 'v3.0'")
    }
    framesPerSecond = try json.required("fps", \.integer)
    robotType = json["robot_type"]?.string
    episodes = try json.required("total_episodes", \.integer)
    frames = try json.required("total_frames", \.integer)
    tasks = try json.required("total_tasks", \.integer)
    dataPath = try json.required("data_path", \.string)
    videoPath = json["video_path"]?.string
    features = []
    for member in try json.required("features", \.members) { features.append(try Entry(member)) }
    if let data = json["data_files_size_in_mb"]?.integer, let video = json["video_files_size_in_mb"]?.integer,
      let files = json["chunks_size"]?.integer
    {
      limits = FileLimits(dataMB: data, videoMB: video, chunksSize: files)
    }
    guard framesPerSecond > 0, framesPerSecond <= 1_000_000, (0...1 << 48).contains(episodes),
      (0...1 << 48).contains(frames)
    else {
      throw SchemaFailure(reason: "its counts or its rate make no sense")
    }
    for path in [dataPath, videoPath ?? ""] where path.hasPrefix("/") || path.split(separator: "/").contains("..") {
      throw SchemaFailure(reason: "the path '\(path)' leads out of the dataset")
    }
  }

  /// The schema as far as the file tells it: number features of a type that `Feature` knows, and videos.
  var schema: FeatureSchema {
    let standard = Set(FeatureSchema.standard.map(\.name))
    var schema = FeatureSchema(framesPerSecond: framesPerSecond, robotType: robotType ?? "", features: [], cameras: [])
    for entry in features where !standard.contains(entry.name) {
      if entry.dataType == "video" {
        let prefix = "observation.images."
        guard entry.name.hasPrefix(prefix), entry.shape.count == 3 else { continue }
        let isChannelFirst = entry.names.first?.hasPrefix("channel") ?? (entry.shape[0] == 3)
        schema.cameras.append(
          CameraFeature(
            name: String(entry.name.dropFirst(prefix.count)), width: entry.shape[isChannelFirst ? 2 : 1],
            height: entry.shape[isChannelFirst ? 1 : 0], summary: ""))
      } else if let type = Feature.DataType(rawValue: entry.dataType), [.float32, .int64, .bool].contains(type) {
        let width = entry.shape.reduce(1, *)
        schema.features.append(
          Feature(
            name: entry.name, dataType: type,
            dimensions: (0..<width).map { i in
              Dimension(
                name: entry.names.count == width ? entry.names[i] : "\(i)", unit: "", frame: "", convention: "")
            }, summary: ""))
      }
    }
    return schema
  }
}

extension DatasetInfo.Entry {
  fileprivate init(_ member: JSONValue.Member) throws(SchemaFailure) {
    name = member.name
    dataType = try member.value.required("dtype", \.string)
    shape = try member.value.required("shape", \.array).compactMap(\.integer)
    names = member.value["names"].map(Self.flat) ?? []
    let info = member.value["info"] ?? member.value["video_info"]
    codec = info?["video.codec"]?.string
    pixelFormat = info?["video.pix_fmt"]?.string
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix("."), !shape.isEmpty,
      shape.allSatisfy({ (1...65536).contains($0) }), shape.reduce(1, { min($0 * $1, 1 << 40) }) <= 1 << 32,
      dataType == "video" || dataType == "image" || shape.reduce(1, { min($0 * $1, 1 << 40) }) <= 1 << 20
    else { throw SchemaFailure(reason: "the feature '\(name)' of shape \(shape) makes no sense") }
  }

  private static func flat(_ names: JSONValue) -> [String] {
    switch names {
    case .string(let name): [name]
    case .array(let values): values.flatMap(flat)
    case .object(let members): members.flatMap { flat($0.value) }
    default: []
    }
  }
}
