public import Video

/// Any LeRobot dataset, opened for reading: v3.0 or v2.1, ours or another recorder's, of real robots or simulated.
///
/// ```swift
/// let source = try DatasetSource(directory: "data/real")
/// var frames = try source.frames(features: ["observation.state", "action"])
/// for k in 0..<source.episodes.count {
///   let columns = try frames.read(k)                       // frames x width numbers each
///   let movie = try source.movie(k, camera: 0)             // packets, or decoded pictures
///   try movie.decode(source.pictures(k, camera: 0, of: movie.track).map { $0 }) { number, picture in … }
/// }
/// ```
///
/// Metadata (some dozens of bytes an episode) are in memory; tables and videos are read as they are asked for. Counts and
/// places are checked as far as reading needs it: damage is an error that names file and episode. `validate` says whether
/// all of it is true.
public struct DatasetSource: Sendable {
  public let path: String
  public let info: SourceInfo
  /// The instructions by their numbers.
  public let tasks: [String]
  public let episodes: EpisodeList
  package let folder: DatasetFolder
  /// Of v3.0: the first frame in the dataset of each table's first row.
  private let fileStarts: [FileNumber: Int]

  /// - Throws: The first thing that keeps the dataset from being read.
  public init(directory: String) throws(DatasetError) {
    var findings = FindingList()
    guard let source = try DatasetSource.open(directory, &findings) else {
      throw findings.firstError(directory)
    }
    self = source
  }

  /// Opens a dataset and gathers all that is wrong with its metadata; nil where nothing beyond them can be read.
  package static func open(_ directory: String, _ findings: inout FindingList) throws(DatasetError) -> DatasetSource? {
    let folder: DatasetFolder
    do throws(DatasetError) { folder = try DatasetFolder(existing: directory) } catch {
      throw DatasetError(.invalid, path: error.path, error.reason + ". Name the folder of a LeRobot dataset")
    }
    guard let info = SourceInfo.read(folder, &findings) else { return nil }
    let tasks = TaskList.read(folder, info.version, &findings)
    let episodes =
      info.version == .v30 ? EpisodeList.table(folder, info, &findings) : EpisodeList.lines(folder, info, &findings)
    guard let tasks, let episodes else { return nil }
    return DatasetSource(folder: folder, info: info, tasks: tasks, episodes: episodes)
  }

  private init(folder: DatasetFolder, info: SourceInfo, tasks: [String], episodes: EpisodeList) {
    path = folder.path
    self.folder = folder
    self.info = info
    self.tasks = tasks
    self.episodes = episodes
    fileStarts = info.version == .v30 ? episodes.dataFiles().mapValues { episodes.firstFrames[$0[0]] } : [:]
  }

  /// The table that an episode's frames stand in, inside the dataset.
  public func dataFile(_ k: Int) -> String { path(info.dataPath, episodes.dataFile(k)) }

  /// The rows of that table that are the episode's.
  public func rows(_ k: Int) -> Range<Int> {
    let start = fileStarts[episodes.dataFile(k)].map { max(0, episodes.firstFrames[k] - $0) } ?? 0
    return start..<start + episodes.length(k)
  }

  /// The file that an episode's pictures of a camera (its place in `info.cameras`) stand in, inside the dataset.
  public func videoFile(_ k: Int, camera: Int) -> String {
    videoPath(episodes.video(k, camera: camera).number, camera: camera)
  }

  /// The pictures of that file that are the episode's, counted as they are shown.
  public func pictures(_ k: Int, camera: Int) -> Range<Int> {
    let start = (episodes.video(k, camera: camera).from * info.framesPerSecond).rounded()
    return Int(min(start, 1e12))..<Int(min(start, 1e12)) + episodes.length(k)
  }

  /// Reads episodes' numbers, texts and stored pictures, one episode at a time.
  ///
  /// - Parameter features: Names; nil for all columns of a known type.
  public func frames(features: [String]? = nil) throws(DatasetError) -> FrameReader {
    try FrameReader(self, features: features)
  }

  /// Opens the file of an episode's pictures of a camera, and checks that it holds them at the dataset's rate.
  public func movie(_ k: Int, camera: Int) throws(DatasetError) -> MovieReader {
    let path = folder(videoFile(k, camera: camera))
    let movie: MovieReader
    do throws(VideoError) { movie = try MovieReader(path: path) } catch { throw DatasetError(error, episode: k) }
    try check(movie, k, camera: camera)
    return movie
  }

  /// Throws where a file does not hold an episode's pictures of a camera at their times.
  func check(_ movie: borrowing MovieReader, _ k: Int, camera: Int) throws(DatasetError) {
    let path = movie.path
    let wanted = pictures(k, camera: camera)
    guard wanted.upperBound <= movie.track.frameCount else {
      throw DatasetError(
        .damaged, path: path, episode: k, "it has \(movie.track.frameCount) pictures; the episode needs \(wanted)")
    }
    for number in [wanted.lowerBound, wanted.upperBound - 1] {
      let expected = Double(number) / info.framesPerSecond
      guard abs(movie.track.seconds(number) - expected) <= DatasetSource.timeTolerance else {
        throw DatasetError(
          .damaged, path: path, episode: k,
          "its picture \(number) is shown at \(movie.track.seconds(number)) s, not at \(expected) s")
      }
    }
  }

  /// LeRobot's tolerance between a frame's time and its picture's, seconds.
  static let timeTolerance = 1e-4

  func path(_ pattern: PathPattern, _ number: FileNumber, key: String = "") -> String {
    pattern.path(
      [
        "chunk_index": number.chunk, "file_index": number.file, "episode_chunk": number.chunk,
        "episode_index": number.file,
      ], key: key)
  }

  func videoPath(_ number: FileNumber, camera: Int) -> String {
    info.videoPath.map { path($0, number, key: info.cameras[camera].name) } ?? ""
  }
}
