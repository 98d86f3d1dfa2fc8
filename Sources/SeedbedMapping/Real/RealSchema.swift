public import SeedbedEpisodes
public import Video

/// The form of a real dataset that a simulated one is to have, so that LeRobot merges both as they are.
public struct RealSchema: Sendable, Codable, Equatable {
  /// A column of numbers or truth values.
  public struct Numbers: Sendable, Codable, Equatable {
    public var name: String
    public var dataType: Feature.DataType
    /// One a dimension where the dataset names them; else empty.
    public var names: [String]
    public var width: Int

    package init(name: String, dataType: Feature.DataType, names: [String], width: Int) {
      self.name = name
      self.dataType = dataType
      self.names = names
      self.width = width
    }
  }

  public struct Camera: Sendable, Codable, Equatable {
    /// The feature's name.
    public var name: String
    /// Pixels.
    public var width: Int, height: Int
    /// As the dataset says, else LeRobot's own settings of the codec that its files have.
    public var video: VideoSettings
    /// Of its files; LeRobot's merge puts files together tick by tick.
    public var ticksPerSecond: Int?
    /// Frames by which its H.264 files are decoded before they are shown, nil for none: LeRobot's merge cannot append such
    /// files to files without.
    public var decodingLead: Int?

    package init(
      name: String, width: Int, height: Int, video: VideoSettings, ticksPerSecond: Int? = nil, decodingLead: Int? = nil
    ) {
      self.name = name
      self.width = width
      self.height = height
      self.video = video
      self.ticksPerSecond = ticksPerSecond
      self.decodingLead = decodingLead
    }
  }

  public var framesPerSecond: Int
  /// nil where it is null.
  public var robotType: String?
  /// The member `features` of `meta/info.json` as JSON text, word for word; of v2.1 as LeRobot's converter to v3.0
  /// leaves it.
  public var declaration: String
  /// In the order of the file, without the five features that every dataset has.
  public var numbers: [Numbers]
  public var cameras: [Camera]

  package init(
    framesPerSecond: Int, robotType: String?, declaration: String, numbers: [Numbers], cameras: [Camera]
  ) {
    self.framesPerSecond = framesPerSecond
    self.robotType = robotType
    self.declaration = declaration
    self.numbers = numbers
    self.cameras = cameras
  }

  /// What recorders call the state and the action: LeRobot's names, then those of converters that leave the prefix out.
  static let stateNames = ["observation.state", "state", "states", "observation", "observations"]
  static let actionNames = ["action", "actions"]

  /// What another schema differs in, one sentence each; empty where nothing does.
  public func differences(from other: RealSchema) -> [String] {
    var texts: [String] = []
    if framesPerSecond != other.framesPerSecond {
      texts.append("--like: the rate was \(framesPerSecond) frames a second, and now is \(other.framesPerSecond)")
    }
    if robotType != other.robotType {
      texts.append("--like: robot_type was \(robotType ?? "null"), and now is \(other.robotType ?? "null")")
    }
    let had = Set(numbers.map(\.name) + cameras.map(\.name)),
      has = Set(other.numbers.map(\.name) + other.cameras.map(\.name))
    for name in had.symmetricDifference(has).sorted() {
      texts.append("--like: the feature '\(name)' " + (had.contains(name) ? "is gone" : "is new"))
    }
    for feature in numbers {
      if let now = other.numbers.first(where: { $0.name == feature.name }), now != feature {
        texts.append("--like: the feature '\(feature.name)' has another type, width or other names")
      }
    }
    for camera in cameras {
      if let now = other.cameras.first(where: { $0.name == camera.name }), now != camera {
        texts.append("--like: the camera '\(camera.name)' has another size or coding")
      }
    }
    if texts.isEmpty, declaration != other.declaration {
      texts.append("--like: the features are declared in another form")
    }
    return texts
  }
}
