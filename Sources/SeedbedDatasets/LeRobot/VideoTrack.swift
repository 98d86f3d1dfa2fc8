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

  private let folder: DatasetFolder
  private let camera: CameraFeature
  private let limits: FileLimits
  private var number = FileNumber()
  private var writer: MP4Writer?
  private var path = ""
  private var size = 0
  private var frames = 0
  private(set) var format: EncodedClip?

  init(folder: DatasetFolder, camera: CameraFeature, limits: FileLimits) {
    self.folder = folder
    self.camera = camera
    self.limits = limits
  }

  deinit { if writer != nil { unlink(path + ".part") } }

  /// Why the clip cannot stand beside the ones before it; nil where it can.
  func problem(_ clip: EncodedClip) -> String? {
    guard let format else { return nil }
    var bare = clip
    bare.packets = []
    return bare == format ? nil : "'\(camera.key)' is coded in another way than in the episodes before"
  }

  func append(_ clip: EncodedClip) throws(DatasetError) -> Place {
    // The sample table takes some bytes for each picture.
    let added = clip.packets.reduce(0) { $0 + $1.bytes.count + 16 }
    do {
      if frames > 0 && size + added >= limits.videoBytes {
        try finishFile()
        number = number.next(limits)
      }
      if frames == 0 {
        path = try folder.place("videos/\(camera.key)/\(number.path).mp4")
        writer = try MP4Writer(path: path + ".part", format: clip)
        var bare = clip
        bare.packets = []
        format = bare
      }
      let place = Place(file: number, framesBefore: frames)
      try writer?.append(clip.packets)
      frames += clip.packets.count
      size += added
      return place
    } catch let error as VideoError {
      throw DatasetError(error)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(.io, path: path, "\(error)")
    }
  }

  func finish() throws(DatasetError) {
    do {
      try finishFile()
    } catch let error as VideoError {
      throw DatasetError(error)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(.io, path: path, "\(error)")
    }
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
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return fsync(file) == 0
  }
}
