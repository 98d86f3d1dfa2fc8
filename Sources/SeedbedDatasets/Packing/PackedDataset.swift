import SeedbedEpisodes

/// A finished dataset that is gone on with: what it says about its end.
struct PackedDataset {
  let folder: DatasetFolder
  let reader: LeRobotReader
  /// The last episode.
  let last: EpisodeMetadata

  /// nil where the folder holds no episode.
  init?(folder: DatasetFolder) throws(DatasetError) {
    guard folder.exists("meta/info.json") else {
      for name in ["data", "videos", "meta/episodes", OriginLog.path] where folder.exists(name) {
        throw DatasetError(
          .damaged, path: folder.path, "it holds \(name) without a meta/info.json: it was not finished")
      }
      return nil
    }
    self.folder = folder
    reader = try LeRobotReader(directory: folder.path)
    last = try reader.episodeMetadata(reader.episodeCount - 1)
    guard last.firstFrame + last.length == reader.info.frames else {
      throw damaged("its last episode does not end with its last frame")
    }
    let files = [last.dataFile] + last.videos.map(\.file)
    guard files.allSatisfy({ max($0.chunk, $0.file) < reader.episodeCount }) else {
      throw damaged("its episodes stand in more files than there are episodes")
    }
  }

  var episodes: Int { reader.episodeCount }

  func damaged(_ reason: String) -> DatasetError { DatasetError(.damaged, path: folder.path, reason) }

  /// Throws where the dataset is another one than what shall be appended makes.
  func check(schema: FeatureSchema, axes: [String], limits: FileLimits) throws(DatasetError) {
    func refused(_ reason: String) -> DatasetError { DatasetError(.invalid, path: folder.path, reason) }
    guard reader.schema == schema else { throw refused("it was grown with other features or cameras") }
    guard reader.axes == axes else { throw refused("it was grown with other axes") }
    guard let old = reader.info.limits, old.dataMB == limits.dataMB, old.videoMB == limits.videoMB,
      old.chunksSize == limits.chunksSize
    else { throw refused("it was written with other limits of its files' sizes") }
  }

  /// Gives the files before one of a row of files second names in another folder.
  ///
  /// - Parameter check: Throws where a file is not whole.
  func linkFiles(
    before last: FileNumber, limits: FileLimits, into target: DatasetFolder, name: (FileNumber) -> String,
    check: (String) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    var number = FileNumber()
    while number != last {
      guard number.chunk <= last.chunk else { throw damaged("\(name(last)) is no file of it") }
      try check(folder(name(number)))
      try target.link(name(number), from: folder)
      number = number.next(limits)
    }
  }
}
