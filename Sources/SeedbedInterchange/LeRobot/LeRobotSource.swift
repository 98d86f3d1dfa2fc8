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
  /// The file that was last opened for each camera.
  private var movies: [Int: (file: String, movie: MovieFile)] = [:]
  /// One camera's stored pictures of one episode.
  private var stored: (episode: Int, camera: Int, reader: FrameReader, pictures: [StoredPicture])?

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
    if source.holdsSidecar {
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
    let place = videoPlace(camera)
    let movie = try movie(k, place)
    let wanted = source.pictures(k, camera: place)
    var failure: DatasetError?
    var rgb: [UInt8] = []
    do throws(VideoError) {
      // A group of pictures a call: a failure ends the work there and not at the episode's end.
      for first in stride(from: wanted.lowerBound, to: wanted.upperBound, by: 256) {
        try movie.decode(Array(first..<min(first + 256, wanted.upperBound))) { number, picture in
          guard failure == nil else { return }
          do throws(DatasetError) {
            guard picture.rgb(into: &rgb) else {
              throw DatasetError(.unsupported, path: movie.path, episode: k, "has pictures with a palette")
            }
            try body(number - wanted.lowerBound, .rgb(rgb))
          } catch {
            failure = error
          }
        }
        if let failure { throw VideoError(.damaged, movie.path, failure.reason) }
      }
    } catch {
      throw failure ?? DatasetError(error, episode: k)
    }
  }

  func packets(_ k: Int, camera: Int) throws(DatasetError) -> StoredPackets? {
    guard schema.cameras[camera].kind == .video else { return nil }
    let place = videoPlace(camera)
    let movie = try movie(k, place)
    guard case .success(let stretch) = movie.track.stretch(source.pictures(k, camera: place)) else { return nil }
    return StoredPackets(movie: movie, stretch: stretch)
  }

  /// A camera's place among those with MP4 files.
  private func videoPlace(_ camera: Int) -> Int {
    schema.cameras[..<camera].count { $0.kind == .video }
  }

  private func movie(_ k: Int, _ place: Int) throws(DatasetError) -> MovieFile {
    let file = source.videoFile(k, camera: place)
    if let known = movies[place], known.file == file {
      let wanted = source.pictures(k, camera: place)
      guard wanted.upperBound <= known.movie.track.frameCount else {
        throw DatasetError(.damaged, path: known.movie.path, episode: k, "it ends before the episode does")
      }
      return known.movie
    }
    let movie = MovieFile(try source.movie(k, camera: place))
    movies[place] = (file, movie)
    return movie
  }
}
