import Parquet
import SeedbedEpisodes
import Video

/// Where the episodes of a dataset stand in its files.
struct EpisodePlaces: Sendable {
  struct Place: Sendable {
    var length: Int
    /// Of the episode's first frame, in the dataset.
    var firstFrame: Int
    var dataFile: String
    /// In the data file.
    var rowGroup: Int
    /// Of each camera: the file, and the pictures in front of the episode's; nil where that cannot be told.
    var videos: [(file: String, framesBefore: Int)?]
  }

  /// Empty where nothing can be told.
  let places: [Place]
  /// The places are those that the table `meta/episodes` names; else they follow from the order in the files, and only
  /// as far as all files can be read.
  let isFromTable: Bool

  /// - Parameter reader: Reads a table that is known to be whole; nil where there is none.
  init(folder: DatasetFolder, schema: FeatureSchema, episodes: Int, reader: LeRobotReader?) {
    if let reader, let places = try? EpisodePlaces.named(by: reader) {
      self.places = places
      isFromTable = true
      return
    }
    isFromTable = false
    let found = (try? EpisodePlaces.inOrder(folder: folder, schema: schema)) ?? []
    places = found.count == episodes ? found : []
  }

  private static func named(by reader: LeRobotReader) throws(DatasetError) -> [Place] {
    var places: [Place] = []
    var groups: [FileNumber: Int] = [:]
    for k in 0..<reader.episodeCount {
      let row = try reader.episodeMetadata(k)
      let group = groups[row.dataFile, default: 0]
      groups[row.dataFile] = group + 1
      places.append(
        Place(
          length: row.length, firstFrame: row.firstFrame, dataFile: "data/\(row.dataFile.path).parquet",
          rowGroup: group,
          videos: zip(reader.schema.cameras, row.videos).map { camera, place in
            (file: "videos/\(camera.key)/\(place.file.path).mp4", framesBefore: place.framesBefore)
          }))
    }
    return places
  }

  private static func inOrder(folder: DatasetFolder, schema: FeatureSchema) throws -> [Place] {
    var places: [Place] = []
    var frames = 0
    for file in files(folder, "data", ".parquet") {
      for (group, rows) in try ParquetReader(path: folder(file)).rowGroups.enumerated() {
        places.append(Place(length: rows, firstFrame: frames, dataFile: file, rowGroup: group, videos: []))
        frames += rows
      }
    }
    for camera in schema.cameras {
      var next = 0
      for file in files(folder, "videos/" + camera.key, ".mp4") {
        guard let total = try? MP4Reader(path: folder(file)).frameCount else { break }
        var before = 0
        while next < places.count, before + places[next].length <= total {
          places[next].videos.append((file, before))
          before += places[next].length
          next += 1
        }
        guard before == total else { break }
      }
      for k in next..<places.count { places[k].videos.append(nil) }
    }
    return places
  }

  /// The files below a folder with its chunks, in the order in which they were written.
  static func files(_ folder: DatasetFolder, _ kind: String, _ suffix: String) -> [String] {
    func inOrder(_ names: [String]) -> [String] { names.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) } }
    return inOrder(folder.entries(kind)).flatMap { chunk in
      inOrder(folder.entries(kind + "/" + chunk)).filter { $0.hasSuffix(suffix) }.map { "\(kind)/\(chunk)/\($0)" }
    }
  }
}

extension LeRobotReader {
  /// Reads a dataset whose `meta/info.json` and `features.json` nobody needs, because schema and count are known.
  init(folder: DatasetFolder, schema: FeatureSchema, episodes count: Int) throws(DatasetError) {
    let document = InfoDocument(
      schema: schema, limits: FileLimits(), episodes: count, frames: 1 << 48, tasks: 1,
      codecs: schema.cameras.map { _ in ("h264", "yuv420p") })
    do {
      info = try DatasetInfo(json: document.json)
    } catch {
      throw DatasetError(.invalid, path: folder.path, error.reason)
    }
    self.folder = folder
    self.schema = schema
    episodes = try EpisodeIndex(folder: folder)
    guard episodes.count == count else {
      throw DatasetError(.damaged, path: folder("meta/episodes"), "it has \(episodes.count) rows for \(count) episodes")
    }
    frames = FrameTable(folder: folder)
    let prefix = EpisodeRow.Origin.drawPrefix
    axes = episodes.columns.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
  }
}
