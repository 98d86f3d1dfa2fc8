import SeedbedEpisodes

extension FeatureSchema {
  /// The five features that every dataset has, behind all others.
  static let standard: [(name: String, type: Feature.DataType)] = [
    ("timestamp", .float32), ("frame_index", .int64), ("episode_index", .int64), ("index", .int64),
    ("task_index", .int64),
  ]

  /// Numbers, cameras, standard ones: the order of `info.json`.
  var allNames: [String] { features.map(\.name) + cameras.map(\.key) + FeatureSchema.standard.map(\.name) }

  /// Of these, all that have statistics: texts have none.
  var measuredNames: [String] {
    measured.map(\.name) + cameras.map(\.key) + FeatureSchema.standard.map(\.name)
  }

  /// The features that hold numbers.
  var measured: [Feature] { features.filter { $0.dataType != .string } }

  /// The first thing that keeps the schema out of a LeRobot dataset; nil where all is well.
  var lerobotProblem: String? {
    if !(1...1000).contains(framesPerSecond) { return "\(framesPerSecond) frames per second are outside 1...1000" }
    if robotType.isEmpty || robotType.hasControlCharacters { return "the robot type '\(robotType)' is no name" }
    if features.isEmpty { return "it has no feature" }
    var seen: Set<String> = []
    for name in allNames {
      if !seen.insert(name).inserted { return "the feature '\(name)' stands twice (five names are LeRobot's own)" }
      if name.isEmpty || name.hasControlCharacters { return "'\(name)' is no name for a feature" }
      if name.contains("/") { return "the feature name '\(name)' contains '/'" }
    }
    for feature in features {
      if feature.dimensions.isEmpty { return "the feature '\(feature.name)' has no dimensions" }
      if feature.dataType == .string, feature.width != 1 {
        return "the feature '\(feature.name)' has \(feature.width) texts a frame, not one"
      }
      if feature.name.contains("image") {
        return "the feature '\(feature.name)' holds numbers; LeRobot takes names with 'image' for pictures"
      }
    }
    if let declaration, declaration.members.map({ Set($0.map(\.name)) }) != Set(allNames) {
      return "it declares other features than it has"
    }
    for camera in cameras {
      let fits = camera.key.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || Array("_-.".utf8).contains(byte)
      }
      if !fits || camera.name.hasPrefix(".") || camera.key.hasPrefix(".") {
        return "the camera name '\(camera.key)' is a folder's name: letters, digits, '_', '-', '.' only"
      }
      if camera.width < 1 || camera.height < 1 { return "the camera '\(camera.name)' has no pixels" }
    }
    return nil
  }
}

extension String {
  var hasControlCharacters: Bool { unicodeScalars.contains { $0.value < 32 || (127...159).contains($0.value) } }
}
