import Parquet
import SeedbedDatasets
import Video

/// Episodes of a LeRobot dataset, v3.0 or v2.1.
final class LeRobotSource: EpisodeSource {
  let path: String
  let schema: EpisodeSchema
  private(set) var remarks = Remarks()
  private let source: DatasetSource
  private var frames: FrameReader
  private var tags: TagReader
  private let taskColumn: Int
  /// Of each camera; nil for those whose pictures stand in the tables.
  private let footage: [FootageReader?]
  private var claims: EpisodeClaims?
  private var nextClaim = 0

  init(directory: String) throws(DatasetError) {
    let source = try DatasetSource(directory: directory)
    path = directory
    self.source = source
    var features: [SourceFeature] = []
    for feature in source.info.features where !SourceFeature.standardNames.contains(feature.name) {
      if feature.kind == .other {
        remarks.leaveOut("'\(feature.name)'", because: "its type '\(feature.dataType)' is not read")
      } else {
        features.append(feature)
      }
    }
    tags = try TagReader(source, &remarks)
    schema = EpisodeSchema(
      framesPerSecond: source.info.framesPerSecond, robotType: source.info.robotType, features: features,
      tags: tags.fields)
    let columns = schema.columns.map(\.name)
    taskColumn = columns.count
    frames = try source.frames(features: columns + ["task_index"])
    var place = 0
    footage = schema.cameras.map { camera in
      guard camera.kind == .video else { return nil }
      defer { place += 1 }
      return FootageReader(source, camera: place)
    }
    if source.folder.exists("meta/seedbed") {
      remarks.leaveOut(
        "meta/seedbed", because: "scene, robot, assets and units belong to the dataset; each episode keeps its tags")
    }
  }

  var count: Int { source.episodes.count }

  func episode(_ k: Int) throws(DatasetError) -> EpisodeRecord {
    var columns = try frames.read(k).map(\.values)
    let length = source.episodes.length(k)
    guard case .integer(let numbers) = columns.remove(at: taskColumn),
      numbers.allSatisfy({ source.tasks.indices.contains(Int($0)) })
    else { throw DatasetError(.damaged, path: path, episode: k, "its 'task_index' names no task") }
    var tasks: [String] = []
    var places: [Int64: Int] = [:]
    let taskOfFrame = numbers.map { number in
      if let place = places[number] { return place }
      places[number] = tasks.count
      tasks.append(source.tasks[Int(number)])
      return tasks.count - 1
    }
    return EpisodeRecord(
      length: length, tasks: tasks, taskOfFrame: tasks.count > 1 ? taskOfFrame : nil, columns: columns,
      tags: try tags.read(k))
  }

  func pictures(
    _ k: Int, camera: Int, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let feature = schema.cameras[camera]
    if feature.kind == .pictures {
      var reader = try source.frames(features: [feature.name])
      guard case .pictures(let pictures) = try reader.read(k)[0].values else { return }
      for (number, picture) in pictures.enumerated() {
        guard !picture.bytes.isEmpty else {
          throw DatasetError(.unsupported, path: path, episode: k, "'\(feature.name)' names files in place of pictures")
        }
        try body(number, .file(picture.bytes))
      }
      return
    }
    guard let reader = footage[camera] else { return }
    let length = source.episodes.length(k)
    var failure: DatasetError?
    var rgb: [UInt8] = []
    // Some groups of pictures a call: a failure ends the work there and not at the episode's end.
    for first in stride(from: 0, to: length, by: 256) {
      try reader.decode(k, Array(first..<min(first + 256, length))) { number, picture in
        guard failure == nil else { return }
        do throws(DatasetError) {
          guard picture.conventionalRGB(into: &rgb) else {
            throw DatasetError(.unsupported, path: path, episode: k, "'\(feature.name)' has pictures with a palette")
          }
          try body(number, .rgb(rgb))
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
  }

  func packets(_ k: Int, camera: Int) throws(DatasetError) -> EpisodeVideo? {
    guard let reader = footage[camera], case .success(let packets) = try reader.packets(k) else { return nil }
    return packets
  }

  func statistics(_ k: Int, camera: Int) throws(DatasetError) -> SourceStatistics? {
    if claims == nil || k < nextClaim { claims = try source.claims(of: schema.cameras.map(\.name)) }
    if k != nextClaim - 1 || known.isEmpty { known = try claims?.read(k) ?? [:] }
    nextClaim = k + 1
    // v2.1 has no quantiles; then LeRobot's sample of pictures is looked at.
    let claim = known[schema.cameras[camera].name]
    if let claim, claim.quantiles.count == 5 { return claim }
    return schema.cameras[camera].picture?.isDepth == true ? nil : try footage[camera]?.statistics(k)
  }

  /// Of the episode that was asked for last.
  private var known: [String: SourceStatistics] = [:]
}
