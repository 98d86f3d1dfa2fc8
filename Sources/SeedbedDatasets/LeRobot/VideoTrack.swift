import Glibc
import SeedbedEpisodes
import Video

/// The pictures of one camera: `videos/<key>/chunk-NNN/file-NNN.mp4`, the episodes' packets one after another.
final class VideoTrack {
  /// Where an episode's pictures stand.
  struct Place: Sendable, Equatable {
    var file: FileNumber
    /// Pictures of the file in front of the episode's.
    var framesBefore: Int
  }

  /// What the sample table takes for each picture, about.
  private static let entryBytes = 16

  private let folder: DatasetFolder
  /// The feature's name.
  private let key: String
  private let limits: FileLimits
  private let ticksPerSecond: Int?
  private let decodingLead: Int
  private var number = FileNumber()
  private var writer: MP4Writer?
  private var path = ""
  private var size = 0
  private var frames = 0
  private(set) var format: EncodedClip?

  /// - Parameters:
  ///   - ticksPerSecond: Of the files, where another dataset's are wanted.
  ///   - decodingLead: In frames, as the other dataset's files have it.
  init(
    folder: DatasetFolder, key: String, limits: FileLimits, ticksPerSecond: Int? = nil, decodingLead: Int? = nil
  ) {
    self.ticksPerSecond = ticksPerSecond
    self.decodingLead = decodingLead ?? 0
    self.folder = folder
    self.key = key
    self.limits = limits
  }

  deinit { if writer != nil { unlink(path + ".part") } }

  /// Links the whole files of a dataset and goes on with its last one.
  ///
  /// - Parameter place: Where its last episode's pictures stand.
  func resume(_ previous: PackedDataset, _ camera: CameraFeature, at place: Place) throws(DatasetError) {
    number = place.file
    try previous.linkFiles(before: number, limits: limits, into: folder, name: name) { path throws(DatasetError) in
      do throws(VideoError) { _ = try MP4Reader(path: path) } catch { throw DatasetError(error) }
    }
    let old = previous.folder(name(number))
    let pixelFormat = previous.reader.info.features.first { $0.name == key }?.pixelFormat
    try guarded(old) {
      let reader = try MP4Reader(path: old)
      guard reader.frameCount == place.framesBefore + previous.last.length, reader.width == camera.width,
        reader.height == camera.height, reader.framesPerSecond == previous.reader.info.framesPerSecond
      else { throw VideoError(.damaged, old, "it does not end with the last episode, or has another size or rate") }
      let format = EncodedClip(
        codec: reader.codec, pixelFormat: pixelFormat ?? "yuv420p", width: reader.width, height: reader.height,
        framesPerSecond: reader.framesPerSecond, configuration: reader.configuration, packets: [])
      frames = reader.frameCount
      size = reader.packetBytes + VideoTrack.entryBytes * frames
      self.format = format
      try open(format)
      try writer?.append(reader)
    }
  }

  /// Why the clip cannot stand beside the ones before it; nil where it can.
  func problem(_ clip: EncodedClip) -> String? {
    guard let format else { return nil }
    return clip.bare == format ? nil : "'\(key)' is coded in another way than in the episodes before"
  }

  func append(_ clip: EncodedClip) throws(DatasetError) -> Place {
    let added = clip.packets.reduce(0) { $0 + $1.bytes.count + VideoTrack.entryBytes }
    return try guarded(path) {
      if frames > 0 && size + added >= limits.videoBytes {
        try finishFile()
        number = number.next(limits)
      }
      if frames == 0 {
        format = clip.bare
        try open(clip.bare)
      }
      let place = Place(file: number, framesBefore: frames)
      try writer?.append(clip.packets)
      frames += clip.packets.count
      size += added
      return place
    }
  }

  func finish() throws(DatasetError) { try guarded(path) { try finishFile() } }

  /// Both kinds of error come from here: the library's are told as the dataset's.
  private func guarded<Result>(_ path: String, _ body: () throws -> Result) throws(DatasetError) -> Result {
    do {
      return try body()
    } catch let error as VideoError {
      throw DatasetError(error)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(.io, path: path, "\(error)")
    }
  }

  private func name(_ number: FileNumber) -> String { "videos/\(key)/\(number.path).mp4" }

  private func open(_ format: EncodedClip) throws {
    path = try folder.place(name(number))
    writer = try MP4Writer(
      path: path + ".part", format: format, ticksPerSecond: ticksPerSecond, decodingLead: decodingLead)
  }

  private func finishFile() throws {
    guard let done = writer.take() else { return }
    try done.finish()
    guard syncFile(path + ".part"), rename(path + ".part", path) == 0 else {
      throw DatasetFolder.failure(path, "cannot be finished")
    }
    frames = 0
    size = 0
  }

  private func syncFile(_ path: String) -> Bool {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return fsync(file) == 0
  }
}

extension EncodedClip {
  /// How it is coded, without the pictures.
  fileprivate var bare: EncodedClip {
    EncodedClip(
      codec: codec, pixelFormat: pixelFormat, width: width, height: height, framesPerSecond: framesPerSecond,
      configuration: configuration, packets: [])
  }
}
