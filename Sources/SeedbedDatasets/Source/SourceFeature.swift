/// A feature of any LeRobot dataset, as its `meta/info.json` declares it.
public struct SourceFeature: Sendable, Equatable {
  /// How a feature's values are stored, and where.
  public enum Kind: Sendable, Equatable {
    /// Numbers or truth values in the tables.
    case numbers
    /// UTF-8 texts in the tables.
    case texts
    /// Compressed pictures in the tables (bytes and path).
    case pictures
    /// Pictures in MP4 files.
    case video
    /// Declared, but of a type that this program does not read ("language").
    case other
  }

  public var name: String
  /// As it stands in the file: "float32", "int64", "bool", "string", "image", "video".
  public var dataType: String
  public var shape: [Int]
  /// Flat, however they are nested in the file; empty where there are none.
  public var names: [String]
  /// Pixels and channels of pictures, in whatever order the shape has them.
  public var picture: PictureShape?
  /// What it says of its coding; nil where it says nothing.
  public var coding: VideoCoding?
  /// The whole entry, with all keys.
  package let json: JSONValue

  /// Numbers of one frame.
  public var width: Int { shape.reduce(1, *) }

  public var kind: Kind {
    switch dataType {
    case "video": .video
    case "image": .pictures
    case "string": .texts
    case "bool": .numbers
    default: SourceFeature.numberTypes.contains(dataType) ? .numbers : .other
    }
  }

  static let numberTypes: Set<String> = [
    "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
  ]

  /// A picture's extent, pixels, and whether it holds distances instead of colours.
  public struct PictureShape: Sendable, Equatable {
    public var height: Int, width: Int, channels: Int
    public var isDepth: Bool
  }

  /// The keys of `info` that say how a video is coded; nil where they are missing.
  public struct VideoCoding: Sendable, Equatable {
    public var codec: String?
    public var pixelFormat: String?
    public var framesPerSecond: Double?
    public var height: Int?, width: Int?, channels: Int?
    public var hasAudio: Bool?
  }
}

extension SourceFeature {
  /// The five features that every dataset has.
  package static let standardTypes: [(name: String, type: String)] = [
    ("timestamp", "float32"), ("frame_index", "int64"), ("episode_index", "int64"), ("index", "int64"),
    ("task_index", "int64"),
  ]
  package static let standardNames = Set(standardTypes.map(\.name))

  /// Is it one of the numbers that tools change when they renumber a dataset?
  package var isBookkeeping: Bool { ["index", "episode_index", "task_index"].contains(name) }
}
