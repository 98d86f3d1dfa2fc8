public import Parquet
public import Video

/// One episode for `DatasetWriter`; its number follows from the order.
public struct DatasetEpisode: Sendable {
  /// Frames.
  public var length: Int
  /// The instructions, at least one, in the order in which frames refer to them.
  public var tasks: [String]
  /// The place in `tasks` of each frame's instruction; nil: the first everywhere.
  public var taskOfFrame: [Int]?
  /// One a column of the schema, in its order.
  public var columns: [FrameValues]
  /// One a camera of the schema, in its order.
  public var videos: [EpisodeVideo]
  /// What is known of the features' values, by their names. Pictures need theirs (`PictureTally` makes them); others are
  /// computed where they are not given, or not given whole.
  public var statistics: [String: SourceStatistics]
  /// One a field of `episodeFields`, one row each.
  public var cells: [ColumnData]

  public init(
    length: Int, tasks: [String], taskOfFrame: [Int]? = nil, columns: [FrameValues], videos: [EpisodeVideo],
    statistics: [String: SourceStatistics] = [:], cells: [ColumnData] = []
  ) {
    self.length = length
    self.tasks = tasks
    self.taskOfFrame = taskOfFrame
    self.columns = columns
    self.videos = videos
    self.statistics = statistics
    self.cells = cells
  }
}

/// An episode's pictures of one camera.
public enum EpisodeVideo: Sendable {
  /// Freshly encoded.
  case clip(EncodedClip)
  /// Packets of another file, copied as they are.
  case packets(PacketStretch, of: MovieFile)

  package var format: MovieFormat? {
    switch self {
    case .clip(let clip): MovieFormat(clip)
    case .packets(_, let file): file.format
    }
  }

  /// Pictures.
  var count: Int {
    switch self {
    case .clip(let clip): clip.packets.count
    case .packets(let stretch, _): stretch.count
    }
  }
}

/// An open movie that several episodes share.
public final class MovieFile: Sendable {
  let movie: MovieReader

  public init(_ movie: consuming MovieReader) { self.movie = movie }

  public var track: MovieTrack { movie.track }
  public var format: MovieFormat { movie.track.format }
  public var path: String { movie.path }

  /// A packet of a stretch, in decoding order.
  package func packet(_ i: Int, of stretch: PacketStretch) throws(VideoError) -> VideoPacket {
    try movie.packet(i, of: stretch)
  }
}
