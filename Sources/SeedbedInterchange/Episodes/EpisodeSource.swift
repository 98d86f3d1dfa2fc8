import Parquet
import SeedbedDatasets
import Video

/// Episodes of any format, read one at a time: what every exporter reads from.
protocol EpisodeSource: AnyObject {
  /// The file or folder.
  var path: String { get }
  /// What all episodes hold.
  var schema: EpisodeSchema { get }
  /// Episodes.
  var count: Int { get }
  /// What of the source does not come along, and why; complete once all episodes were read.
  var remarks: Remarks { get }

  /// The file that an episode stands in, or its place in that file, for messages.
  func place(_ k: Int) -> String

  /// Numbers, texts and tags of an episode.
  func episode(_ k: Int) throws(DatasetError) -> EpisodeRecord

  /// Hands each picture of an episode to `body`, in order; `camera` is a place in `schema.cameras`.
  func pictures(
    _ k: Int, camera: Int, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError)

  /// The packets of an episode's pictures as they are stored, where they make up the episode on their own; nil elsewhere.
  func packets(_ k: Int, camera: Int) throws(DatasetError) -> EpisodeVideo?

  /// What the source knows of the statistics of an episode's pictures; nil where they have to be looked at.
  func statistics(_ k: Int, camera: Int) throws(DatasetError) -> SourceStatistics?
}

extension EpisodeSource {
  func place(_ k: Int) -> String { path }
  func packets(_ k: Int, camera: Int) throws(DatasetError) -> EpisodeVideo? { nil }
  func statistics(_ k: Int, camera: Int) throws(DatasetError) -> SourceStatistics? { nil }
}

/// What all episodes of a source hold.
struct EpisodeSchema: Sendable {
  /// Pictures and numbers a second; nil where the source does not say it.
  var framesPerSecond: Double?
  /// nil where nobody knows it.
  var robotType: String?
  /// Without the five that LeRobot adds to every dataset. Cameras are of kind `video` or `pictures`.
  var features: [SourceFeature]
  /// What is said of each episode beyond its frames, by LeRobot's names of columns ("origin", "success").
  var tags: [Field] = []

  var cameras: [SourceFeature] { features.filter { $0.kind == .video || $0.kind == .pictures } }
  /// Numbers and texts.
  var columns: [SourceFeature] { features.filter { $0.kind == .numbers || $0.kind == .texts } }
}

/// Numbers, texts and tags of an episode.
struct EpisodeRecord: Sendable {
  /// Frames.
  var length: Int
  /// The instructions, at least one.
  var tasks: [String]
  /// The place in `tasks` of each frame's instruction; nil: the first everywhere.
  var taskOfFrame: [Int]?
  /// One a column of the schema.
  var columns: [FrameValues]
  /// One a tag of the schema.
  var tags: [EpisodeCell]

  /// The instruction of each frame.
  var instructions: [String] {
    taskOfFrame.map { $0.map { tasks[$0] } } ?? .init(repeating: tasks.first ?? "", count: length)
  }
}

/// A picture as a source has it.
enum FramePicture: Sendable {
  /// height x width x 3 bytes.
  case rgb([UInt8])
  /// A PNG or JPEG file.
  case file([UInt8])

  /// Pixels of a PNG or JPEG file.
  static func size(_ file: [UInt8], subject: String) throws(DatasetError) -> (width: Int, height: Int) {
    var size = (width: 0, height: 0)
    do throws(VideoError) {
      try StillPicture.decode(file, subject: subject) { size = ($0.width, $0.height) }
    } catch {
      throw DatasetError(error)
    }
    return size
  }

  /// height x width x 3 bytes.
  func rgb(width: Int, height: Int, subject: String) throws(DatasetError) -> [UInt8] {
    switch self {
    case .rgb(let bytes): return bytes
    case .file(let bytes):
      var rgb: [UInt8] = []
      var size = (width: 0, height: 0)
      var isPossible = false
      do throws(VideoError) {
        try StillPicture.decode(bytes, subject: subject) { picture in
          size = (picture.width, picture.height)
          isPossible = picture.rgb(into: &rgb)
        }
      } catch {
        throw DatasetError(error)
      }
      guard isPossible else { throw DatasetError(.unsupported, path: subject, "has pictures with a palette") }
      guard size == (width, height) else {
        throw DatasetError(
          .damaged, path: subject, "a picture is \(size.width)x\(size.height), the first was \(width)x\(height)")
      }
      return rgb
    }
  }
}
