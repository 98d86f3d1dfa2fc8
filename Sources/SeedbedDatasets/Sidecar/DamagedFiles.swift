import Parquet
import SeedbedEpisodes
import Synchronization
import Video

/// Opens files of data and videos whose own indices may be damaged: the pages and pictures are looked for one behind
/// another first, and the index counts only where that leads nowhere. Keeps the file of each kind that was asked for last.
final class DamagedFiles: Sendable {
  private let folder: DatasetFolder
  private let fields: [Field]
  private let places: EpisodePlaces
  private let data = Mutex<(path: String, reader: ParquetReader?)>(("", nil))
  /// One a camera.
  private let tracks: [Track]

  private final class Track: Sendable {
    let walk = Mutex(Walk())
  }

  private struct Walk: ~Copyable {
    var path = ""
    /// nil where the file cannot be read.
    var pictures: PictureWalk?
    /// Pictures that the file was written with.
    var expected = 0
  }

  init(folder: DatasetFolder, schema: FeatureSchema, places: EpisodePlaces) {
    self.folder = folder
    self.places = places
    fields = DataFiles.fields(schema)
    tracks = schema.cameras.map { _ in Track() }
  }

  /// Row group k is that of the file's k-th episode; nil where nothing can be read.
  func data(_ file: String) -> ParquetReader? {
    data.withLock { recent in
      if recent.path != file { recent = (file, open(file)) }
      return recent.reader
    }
  }

  private func open(_ file: String) -> ParquetReader? {
    let path = folder(file)
    let rows = places.places.filter { $0.dataFile == file }.map(\.length)
    let walked = try? ParquetReader(rescuing: path, fields: fields, rowGroups: rows)
    if let walked, walked.rowGroups.count == rows.count { return walked }
    return (try? ParquetReader(path: path)) ?? walked
  }

  /// Some pictures of a file by its index.
  func indexedClip(_ file: String, _ range: Range<Int>) -> EncodedClip? {
    guard var reader = try? MP4Reader(path: folder(file)), range.upperBound <= reader.frameCount,
      let packets = try? reader.packets(range)
    else { return nil }
    return EncodedClip(
      codec: reader.codec, pixelFormat: "yuv420p", width: reader.width, height: reader.height,
      framesPerSecond: reader.framesPerSecond, configuration: reader.configuration, packets: packets)
  }

  /// Some pictures of a file without its index; nil where not all of the file's are found, unless the index is lost.
  func walkedClip(_ file: String, _ range: Range<Int>, camera: Int, format: EncodedClip) -> EncodedClip? {
    tracks[camera].walk.withLock { walk in
      if walk.path != file {
        let ends = places.places.compactMap { place in
          place.videos[camera].flatMap { $0.file == file ? $0.framesBefore + place.length : nil }
        }
        walk = Walk(path: file, pictures: try? PictureWalk(path: folder(file)), expected: ends.max() ?? 0)
      }
      guard let pictures = walk.pictures.take() else { return nil }
      let isComplete = pictures.count == walk.expected
      let packets = isComplete || !hasIndex(file) ? try? pictures.packets(range) : nil
      walk.pictures = consume pictures
      guard let packets else { return nil }
      var clip = format
      clip.packets = packets
      return clip
    }
  }

  private func hasIndex(_ file: String) -> Bool { (try? MP4Reader(path: folder(file)).frameCount) != nil }
}
