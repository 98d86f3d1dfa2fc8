import SeedbedDatasets

/// What is written of a source, under which names: the source's schema with the user's decisions.
struct ExportPlan {
  let source: any EpisodeSource
  let options: ExportOptions
  let out: String
  /// As the source has them.
  let schema: EpisodeSchema
  /// Pictures and numbers a second.
  let framesPerSecond: Double
  let robotType: String?
  /// Short names, one a camera: "front" of "observation.images.front".
  let cameraNames: [String]
  /// Places in the schema's columns.
  let state: Int?, action: Int?

  /// Throws where a signal asked to stop.
  let checkStop: () throws(DatasetError) -> Void

  /// - Throws: All that does not fit at once.
  init(
    _ source: any EpisodeSource, out: String, _ options: ExportOptions,
    checkStop: @escaping () throws(DatasetError) -> Void
  ) throws(DatasetError) {
    self.source = source
    self.checkStop = checkStop
    self.options = options
    self.out = out
    schema = source.schema
    var problems: [String] = []
    let columns = source.schema.columns, cameras = source.schema.cameras
    state = columns.firstIndex { $0.name == "observation.state" }
    action = columns.firstIndex { $0.name == "action" } ?? columns.firstIndex { $0.name == "actions" }
    var short = cameras.map(\.shortName)
    for (from, to) in options.cameras {
      guard let camera = cameras.firstIndex(where: { $0.name == from || $0.shortName == from }) else {
        problems.append(
          "--camera \(from)=\(to): there is no such camera; there are \(cameras.map(\.shortName).joined(separator: ", "))"
        )
        continue
      }
      if to.isEmpty || to.contains("/") || to.hasPrefix(".") {
        problems.append("--camera \(from)=\(to): '\(to)' is no name")
      }
      short[camera] = to
    }
    if Set(short).count < short.count { problems.append("two cameras are called the same: \(short.sorted())") }
    cameraNames = short
    let rate = options.framesPerSecond ?? source.schema.framesPerSecond
    if rate == nil { problems.append("the source does not say how many frames a second has. Give --fps") }
    framesPerSecond = rate ?? 0
    robotType = options.robotType ?? source.schema.robotType
    guard problems.isEmpty else {
      throw DatasetError(
        .invalid, path: source.path, problems: problems.prefix(1) + problems.dropFirst().map { source.path + ": " + $0 }
      )
    }
  }

  /// What policies want and the source does not have.
  var incompleteness: Remarks {
    var remarks = Remarks()
    let numbers = schema.columns.filter { $0.kind == .numbers }.map(\.name)
    let known = numbers.isEmpty ? "the source has no numbers" : "the source has \(numbers.joined(separator: ", "))"
    if action == nil {
      let parts = numbers.filter { $0.hasPrefix("action.") || $0.hasPrefix("actions.") }
      remarks.warn(
        "there is no 'action', without which no policy learns; "
          + (parts.isEmpty
            ? known + (numbers.isEmpty ? "" : ". --action says of which it is made")
            : "it may be made of parts: --action \(parts.joined(separator: ",")), in the order that is wanted"))
    }
    if state == nil {
      remarks.note(
        "there is no 'observation.state'; \(known)" + (numbers.isEmpty ? "" : ". --state says of which it is made"))
    }
    return remarks
  }

  /// Says which types a format holds in others.
  func noteTypes(_ stored: [String: String], _ remarks: inout Remarks) {
    for feature in schema.columns {
      guard let type = stored[feature.dataType] else { continue }
      remarks.note("'\(feature.name)' of type \(feature.dataType) is stored as \(type)")
    }
  }

  /// Another column by its name.
  func column(_ name: String) -> Int? { schema.columns.firstIndex { $0.name == name } }
}

/// Where an exporter puts episodes.
protocol EpisodeSink: AnyObject {
  /// What the format does not express.
  var remarks: Remarks { get }
  /// Adds the next episode.
  ///
  /// - Parameter k: Its place in the source, for its pictures.
  func add(_ record: EpisodeRecord, _ k: Int) throws(DatasetError)
  /// Completes everything and gives it its place.
  func finish() throws(DatasetError)
}

extension SourceFeature {
  /// "front" of "observation.images.front", "state" of "observation.state"; any other name as it is.
  var shortName: String {
    for prefix in ["observation.images.", "observation.image.", "observation."] where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }

  /// A camera's key where pictures stand among numbers: "front_image".
  static func pictureKey(_ camera: String) -> String {
    ["image", "rgb", "img"].contains { camera.lowercased().contains($0) } ? camera : camera + "_image"
  }
}
