import Glibc
import Video

/// The pictures of one camera of any codec: `videos/<key>/chunk-NNN/file-NNN.mp4`, packets and clips one behind another. A file
/// ends where it is full, and where the coding changes.
final class PictureTrack {
  /// What the index takes for each picture, about.
  private static let entryBytes = 16

  private let folder: DatasetFolder
  private let key: String
  private let framesPerSecond: Int
  private let limits: FileLimits
  private let queue: WriteQueue
  private var number = FileNumber()
  private var hasFiles = false
  private var writer: MovieWriter?
  private var path = ""
  /// What clips are coded with; of several formats the first.
  private var first: MovieFormat?

  init(folder: DatasetFolder, key: String, framesPerSecond: Int, limits: FileLimits, queue: WriteQueue) {
    self.folder = folder
    self.key = key
    self.framesPerSecond = framesPerSecond
    self.limits = limits
    self.queue = queue
  }

  /// Why an episode's pictures cannot stand beside the ones before; nil where they can.
  func problem(_ video: EpisodeVideo) -> String? {
    guard let format = video.format else { return "'\(key)' has a codec that is not written" }
    if case .clip(let clip) = video, clip.framesPerSecond != framesPerSecond {
      return "'\(key)' runs at \(clip.framesPerSecond) frames a second, not \(framesPerSecond)"
    }
    guard let first, first.codec != format.codec || first.pixelFormat != format.pixelFormat else { return nil }
    return "'\(key)' is \(format.codec) (\(format.pixelFormat ?? "unknown pixels")), the episodes before are "
      + "\(first.codec) (\(first.pixelFormat ?? "unknown pixels"))"
  }

  func append(_ video: EpisodeVideo) throws(DatasetError) -> VideoTrack.Place {
    do throws(VideoError) {
      guard let format = video.format else { throw VideoError(.unsupported, key, "has a codec that is not written") }
      let size = writer?.bytesWritten ?? 0, pictures = writer?.pictureCount ?? 0
      let added = video.bytes + PictureTrack.entryBytes * (pictures + video.count)
      if writer != nil, size + added >= limits.videoBytes || writer?.format != format { try finishFile() }
      if writer == nil {
        if hasFiles { number = number.next(limits) }
        hasFiles = true
        first = first ?? format
        do throws(DatasetError) { path = try folder.place("videos/\(key)/\(number.path).mp4") } catch {
          throw VideoError(.file, error.path, error.reason)
        }
        writer = try MovieWriter(path: path, format: format, framesPerSecond: framesPerSecond, queue: queue)
      }
      let place = VideoTrack.Place(file: number, framesBefore: writer?.pictureCount ?? 0)
      switch video {
      case .clip(let clip): try writer?.append(clip)
      case .packets(let stretch, let file): try writer?.append(stretch, of: file.movie)
      }
      return place
    } catch {
      throw DatasetError(error)
    }
  }

  /// Adds the last index; the files are whole when the queue has finished.
  func finish() throws(DatasetError) {
    do throws(VideoError) { try finishFile() } catch { throw DatasetError(error) }
  }

  private func finishFile() throws(VideoError) {
    if let done = writer.take() { try done.finish(isSynchronized: folder.isSynchronized) }
  }

  /// The camera's entry in `meta/info.json`: its own keys, and of the coding what is stored.
  func entry(of feature: SourceFeature) -> JSONValue {
    PictureTrack.entry(of: feature, first, framesPerSecond: framesPerSecond)
  }

  static func entry(of feature: SourceFeature, _ first: MovieFormat?, framesPerSecond: Int) -> JSONValue {
    let given = feature.videoInformation
    func member(_ name: String, _ otherwise: JSONValue) -> JSONValue.Member {
      given.first { $0.name == name } ?? .init(name, otherwise)
    }
    let shape = feature.picture
    let pixels = first?.pixelFormat ?? feature.coding?.pixelFormat
    var info: [JSONValue.Member] = [
      .init("video.height", .integer(shape?.height ?? 0)), .init("video.width", .integer(shape?.width ?? 0)),
      .init("video.codec", .text(first?.codec)),
      member("video.pix_fmt", .text(pixels)),
      .init("video.fps", .integer(framesPerSecond)),
      .init("video.channels", .integer(shape?.channels ?? 3)),
      .init("has_audio", .bool(false)),
      member("video.g", .null), member("video.crf", .null), member("video.preset", .null),
      member("video.fast_decode", .null), .init("video.video_backend", .string("pyav")),
      member("video.extra_options", .object([])),
      .init("is_depth_map", .bool(shape?.isDepth ?? false)),
    ]
    info += given.filter { known in
      !info.contains { $0.name == known.name } && !PictureTrack.legacy.contains(known.name)
    }
    return InfoDocument.feature("video", feature.shape, names: .strings(feature.names), info: .object(info))
  }

  /// Keys of earlier versions that say what others say.
  private static let legacy: Set<String> = ["video.is_depth_map", "video.has_audio"]
}

extension EpisodeVideo {
  /// Of all packets.
  fileprivate var bytes: Int {
    switch self {
    case .clip(let clip): clip.packets.reduce(0) { $0 + $1.bytes.count }
    case .packets(let stretch, let file): file.track.bytes(of: stretch)
    }
  }
}
