public import Video

/// What every frame of a dataset holds: names, shapes, units and frames of all features, and the cameras.
public struct FeatureSchema: Sendable, Codable, Equatable {
  /// Frames per second, whole.
  public var framesPerSecond: Int
  /// For example "panda".
  public var robotType: String
  /// Numbers of every frame, in the order of the dataset's columns.
  public var features: [Feature]
  /// Pictures of every frame, in order.
  public var cameras: [CameraFeature]
  /// How another dataset declares these very features; nil where they are declared as this program does by itself.
  public var declaration: SchemaDeclaration?

  public init(
    framesPerSecond: Int, robotType: String, features: [Feature], cameras: [CameraFeature],
    declaration: SchemaDeclaration? = nil
  ) {
    self.framesPerSecond = framesPerSecond
    self.robotType = robotType
    self.features = features
    self.cameras = cameras
    self.declaration = declaration
  }

  /// The feature's place in `features` and in an episode's `columns`.
  public func index(of name: String) -> Int? { features.firstIndex { $0.name == name } }
}

/// The form in which `meta/info.json` declares features, taken over from another dataset so that LeRobot merges both.
public struct SchemaDeclaration: Sendable, Codable, Equatable {
  /// The member `features` as JSON text.
  public var features: String
  /// The member `robot_type`; nil where it is null.
  public var robotType: String?
  /// Cameras of the other dataset that are left out: without them LeRobot does not merge both. nil where there are none.
  public var missingCameras: [String]?

  public init(features: String, robotType: String?, missingCameras: [String]? = nil) {
    self.features = features
    self.robotType = robotType
    self.missingCameras = missingCameras
  }
}

/// A named vector of every frame.
public struct Feature: Sendable, Codable, Equatable {
  public enum DataType: String, Sendable, Codable { case float32, float64, int64, bool, string }

  /// LeRobot's name: `observation.state`, `action`, `next.reward`; `privileged.*` for what only a simulator knows.
  public var name: String
  public var dataType: DataType
  /// One entry a number; a feature with a single number has shape [1].
  public var dimensions: [Dimension]
  /// One or two sentences: what it is, at which instant of the frame, from where.
  public var summary: String

  public init(name: String, dataType: DataType, dimensions: [Dimension], summary: String) {
    self.name = name
    self.dataType = dataType
    self.dimensions = dimensions
    self.summary = summary
  }

  public var width: Int { dimensions.count }
}

/// One number of a feature.
public struct Dimension: Sendable, Codable, Equatable {
  /// For example `panda_joint1.pos`.
  public var name: String
  /// "rad", "m", "Nm", "N", "rad/s", "m/s", "1" (dimensionless).
  public var unit: String
  /// The frame that it is expressed in, or "joint".
  public var frame: String
  /// Sign, zero, absolute or relative, order: whatever a reader could get wrong.
  public var convention: String
  /// Not simulated: the same number in every frame, because the robot of the simulation has nothing that would give it.
  public var isFilled: Bool
  /// Of a command: what lies beyond is cut off. nil where nothing is said.
  public var limits: Limits?

  public init(
    name: String, unit: String, frame: String, convention: String, isFilled: Bool = false, limits: Limits? = nil
  ) {
    self.name = name
    self.unit = unit
    self.frame = frame
    self.convention = convention
    self.isFilled = isFilled
    self.limits = limits
  }
}

/// A camera of the dataset.
public struct CameraFeature: Sendable, Codable, Equatable {
  /// The scene's name of it; the feature is `observation.images.<name>` unless `feature` says otherwise.
  public var name: String
  /// The feature's name where another dataset gave it.
  public var feature: String?
  /// Pixels.
  public var width: Int, height: Int
  /// Where it is mounted and how it is described, for the dataset's documentation.
  public var summary: String
  /// How its pictures are encoded.
  public var video: VideoSettings
  /// Ticks a second of the other dataset's files, where they are known.
  public var ticksPerSecond: Int?
  /// Frames by which the other dataset's files are decoded before they are shown; nil for none.
  public var decodingLead: Int?
  /// Not simulated: black in every frame, because no camera of the simulation shows what it does.
  public var isFilled: Bool

  public init(
    name: String, feature: String? = nil, width: Int, height: Int, summary: String, video: VideoSettings = .init(),
    ticksPerSecond: Int? = nil, decodingLead: Int? = nil, isFilled: Bool = false
  ) {
    self.name = name
    self.feature = feature
    self.width = width
    self.height = height
    self.summary = summary
    self.video = video
    self.ticksPerSecond = ticksPerSecond
    self.decodingLead = decodingLead
    self.isFilled = isFilled
  }

  public var key: String { feature ?? "observation.images." + name }
}

// What only the form of another dataset needs is left out elsewhere.
extension Dimension {
  private enum CodingKeys: String, CodingKey { case name, unit, frame, convention, isFilled, limits }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try values.decode(String.self, forKey: .name), unit: try values.decode(String.self, forKey: .unit),
      frame: try values.decode(String.self, forKey: .frame),
      convention: try values.decode(String.self, forKey: .convention),
      isFilled: try values.decodeIfPresent(Bool.self, forKey: .isFilled) ?? false,
      limits: try values.decodeIfPresent(Limits.self, forKey: .limits))
  }
}

extension CameraFeature {
  private enum CodingKeys: String, CodingKey {
    case name, feature, width, height, summary, video, ticksPerSecond, decodingLead, isFilled
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try values.decode(String.self, forKey: .name),
      feature: try values.decodeIfPresent(String.self, forKey: .feature),
      width: try values.decode(Int.self, forKey: .width), height: try values.decode(Int.self, forKey: .height),
      summary: try values.decode(String.self, forKey: .summary),
      video: try values.decodeIfPresent(VideoSettings.self, forKey: .video) ?? VideoSettings(),
      ticksPerSecond: try values.decodeIfPresent(Int.self, forKey: .ticksPerSecond),
      decodingLead: try values.decodeIfPresent(Int.self, forKey: .decodingLead),
      isFilled: try values.decodeIfPresent(Bool.self, forKey: .isFilled) ?? false)
  }
}
