public import Video

/// The pictures of one camera of a dataset, episode by episode, for another dataset: as they are stored, or decoded.
///
/// The file that was used last stays open, so that episodes in rising order open each file once.
public final class FootageReader {
  private let source: DatasetSource
  private let camera: Int
  private var file: MovieFile?

  /// - Parameter camera: Its place in the source's `info.cameras`.
  public init(_ source: DatasetSource, camera: Int) {
    self.source = source
    self.camera = camera
  }

  /// The file with an episode's pictures, which are checked to be there at their times.
  public func movie(_ k: Int) throws(DatasetError) -> MovieFile {
    let path = source.folder(source.videoFile(k, camera: camera))
    if let file, file.path == path {
      try source.check(file.movie, k, camera: camera)
      return file
    }
    file = nil
    let new = MovieFile(try source.movie(k, camera: camera))
    file = new
    return new
  }

  /// An episode's packets, to be copied as they are; the obstacle where that is not possible.
  public func packets(
    _ k: Int
  ) throws(DatasetError) -> Result<EpisodeVideo, MovieTrack.CopyObstacle> {
    let movie = try movie(k)
    return movie.track.stretch(source.pictures(k, camera: camera)).map { .packets($0, of: movie) }
  }

  /// Decodes some of an episode's pictures, counted from its first one, in rising order.
  public func decode(
    _ k: Int, _ wanted: [Int], isDraft: Bool = false, _ body: (Int, borrowing DecodedPicture) -> Void
  ) throws(DatasetError) {
    let movie = try movie(k)
    let first = source.pictures(k, camera: camera).lowerBound
    do throws(VideoError) {
      try movie.movie.decode(wanted.map { first + $0 }, isDraft: isDraft) { number, picture in
        body(number - first, picture)
      }
    } catch {
      throw DatasetError(error, episode: k)
    }
  }

  /// Statistics of an episode's pictures, of a sample of them.
  ///
  /// - Parameter wanted: Places in the episode; nil for those that LeRobot looks at.
  public func statistics(_ k: Int, of wanted: [Int]? = nil) throws(DatasetError) -> SourceStatistics {
    var tally = PictureTally()
    try decode(k, wanted ?? PictureTally.sample(of: source.episodes.length(k))) { tally.add($1) }
    return tally.statistics
  }
}
