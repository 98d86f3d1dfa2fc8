public import Parquet

/// What the episodes of a dataset hold that `DatasetWriter` writes.
public struct DatasetSchema: Sendable {
  /// Frames per second, whole.
  public var framesPerSecond: Int
  /// nil where nobody knows it.
  public var robotType: String?
  /// In the order of `meta/info.json`, without the five that every dataset has (`timestamp` and so on).
  public var features: [SourceFeature]
  /// Columns of the episodes' rows behind LeRobot's own. Any value may be null.
  public var episodeFields: [Field]

  public init(
    framesPerSecond: Int, robotType: String?, features: [SourceFeature], episodeFields: [Field] = []
  ) {
    self.framesPerSecond = framesPerSecond
    self.robotType = robotType
    self.features = features
    self.episodeFields = episodeFields
  }

  /// The features whose pictures are in MP4 files.
  public var cameras: [SourceFeature] { features.filter { $0.kind == .video } }
  /// The features that are columns of the tables.
  public var columns: [SourceFeature] { features.filter { $0.kind != .video } }

  /// The first thing that keeps the schema out of a LeRobot dataset; nil where all is well.
  var problem: String? {
    if !(1...1000).contains(framesPerSecond) { return "\(framesPerSecond) frames per second are outside 1...1000" }
    if let robotType, robotType.hasControlCharacters { return "the robot type '\(robotType)' is no name" }
    var seen = SourceFeature.standardNames
    for feature in features {
      let name = feature.name
      if !seen.insert(name).inserted { return "the feature '\(name)' stands twice (five names are LeRobot's own)" }
      if name.isEmpty || name.hasPrefix(".") || name.hasControlCharacters || name.contains("/") {
        return "'\(name)' is no name for a feature: it must not be empty, begin with '.' or contain '/'"
      }
      if feature.kind == .other {
        return "the feature '\(name)' is of the type '\(feature.dataType)', which is not written"
      }
      if feature.kind == .numbers, feature.columnType == nil {
        return
          "the feature '\(name)' is of the type '\(feature.dataType)'; NumPy's integers and floats, and bool are written"
      }
      if feature.picture == nil, feature.kind == .video || feature.kind == .pictures {
        return "the feature '\(name)' has the shape \(feature.shape), which is no picture's"
      }
    }
    var columns: Set<String> = []
    for field in episodeFields where !columns.insert(field.name).inserted {
      return "the episode column '\(field.name)' stands twice"
    }
    return nil
  }
}

extension SourceFeature {
  /// A feature of numbers (float16 to float64, int8 to uint64), truth values (bool) or texts (string).
  ///
  /// - Parameter names: One for each number of a vector; nil for none.
  public static func values(
    _ name: String, _ dataType: String, shape: [Int], names: [String]? = nil
  ) -> SourceFeature {
    SourceFeature(
      name: name, dataType: dataType, shape: shape, names: names ?? [], picture: nil, coding: nil,
      json: InfoDocument.feature(dataType, shape, names: names.map(JSONValue.strings) ?? .null))
  }

  /// A camera, in MP4 files.
  public static func video(_ name: String, height: Int, width: Int, isDepth: Bool = false) -> SourceFeature {
    picture(name, "video", height: height, width: width, channels: isDepth ? 1 : 3, isDepth: isDepth, info: [])
  }

  /// A camera, as compressed pictures in the tables.
  public static func stored(_ name: String, height: Int, width: Int, channels: Int = 3) -> SourceFeature {
    picture(name, "image", height: height, width: width, channels: channels, isDepth: false, info: [])
  }

  package static func picture(
    _ name: String, _ dataType: String, height: Int, width: Int, channels: Int, isDepth: Bool,
    info: [JSONValue.Member]
  ) -> SourceFeature {
    let shape = [height, width, channels]
    let entry = InfoDocument.feature(
      dataType, shape, names: .strings(["height", "width", "channels"]), info: info.isEmpty ? nil : .object(info))
    return SourceFeature(
      name: name, dataType: dataType, shape: shape, names: ["height", "width", "channels"],
      picture: PictureShape(height: height, width: width, channels: channels, isDepth: isDepth), coding: nil,
      json: entry)
  }

  /// The members of the entry's `info`.
  package var videoInformation: [JSONValue.Member] {
    [json["info"], json["video_info"]].compactMap { $0?.members }.first { !$0.isEmpty } ?? []
  }

  /// How numbers, truth values and texts are stored; nil for types that are not written.
  var columnType: ColumnType? {
    let element: ColumnType
    switch dataType {
    case "float32": element = .float
    case "float64": element = .double
    case "int64": element = .int64
    case "bool": element = .bool
    case "string": element = .string
    default:
      guard let narrow = NarrowType(rawValue: dataType) else { return nil }
      element = .narrow(narrow)
    }
    return shape == [1] || shape.isEmpty ? element : shape.reduce(element) { type, _ in .list(type) }
  }

  /// Numbers of each channel that statistics of pictures have, or of each dimension.
  package var statisticsWidth: Int { picture.map { $0.isDepth ? 1 : $0.channels } ?? width }
}
