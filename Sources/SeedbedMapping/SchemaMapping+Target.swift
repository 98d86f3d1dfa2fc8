import SeedbedDatasets
public import SeedbedEpisodes

extension SchemaMapping {
  /// The schema of the simulated dataset in the real one's form.
  ///
  /// - Parameters:
  ///   - own: What the simulation records by itself; gives units, frames and conventions.
  ///   - withPictures: false leaves the cameras out.
  public func schema(_ real: RealSchema, own: FeatureSchema, withPictures: Bool) -> FeatureSchema {
    let features = zip(real.numbers, zip(self.features, units)).map { feature, mapped in
      Feature(
        name: feature.name, dataType: feature.dataType,
        dimensions: zip(mapped.0, mapped.1).enumerated().map { i, source in
          dimension(
            source.0, unit: source.1, name: feature.names.isEmpty ? "\(i)" : feature.names[i], own.features)
        }, summary: "In the form of the real dataset; `--map` says what each number is fed from.")
    }
    let cameras = zip(real.cameras, self.cameras).map { camera, source in
      switch source {
      case .camera(let name):
        CameraFeature(
          name: name, feature: camera.name, width: camera.width, height: camera.height,
          summary: "The scene's camera `\(name)`", video: camera.video,
          ticksPerSecond: camera.ticksPerSecond, decodingLead: camera.decodingLead)
      case .black:
        CameraFeature(
          name: camera.name, feature: camera.name, width: camera.width, height: camera.height,
          summary: "Black: no camera of the scene feeds it", video: camera.video,
          ticksPerSecond: camera.ticksPerSecond, decodingLead: camera.decodingLead, isFilled: true)
      }
    }
    return FeatureSchema(
      framesPerSecond: real.framesPerSecond, robotType: own.robotType, features: features,
      cameras: withPictures ? cameras : [],
      declaration: SchemaDeclaration(
        features: withPictures ? real.declaration : real.declarationWithoutPictures, robotType: real.robotType,
        missingCameras: withPictures || real.cameras.isEmpty ? nil : real.cameras.map(\.name)))
  }

  private func dimension(_ source: Source, unit: String, name: String, _ own: [Feature]) -> Dimension {
    switch source {
    case .fill(let value):
      return Dimension(
        name: name, unit: unit, frame: "none", convention: "filled with \(value) in every frame, not simulated",
        isFilled: true)
    case .text(let text):
      return Dimension(
        name: name, unit: "1", frame: "none",
        convention: text.map { "filled with '\($0)' in every frame, not simulated" } ?? "the episode's instruction",
        isFilled: text != nil)
    case .signal(let signal, let text, let scale, let offset, let bounds):
      return dimension(
        signal, name: name, source: text, unit: unit, scale: scale, offset: offset, bounds: bounds, own)
    }
  }
}

extension RealSchema {
  /// The declared features without videos.
  var declarationWithoutPictures: String {
    guard let json = JSONValue(parsing: Array(declaration.utf8)), case .object(let members) = json else {
      return declaration
    }
    let cameras = Set(self.cameras.map(\.name))
    return String(decoding: JSONValue.object(members.filter { !cameras.contains($0.name) }).compact(), as: UTF8.self)
  }
}
