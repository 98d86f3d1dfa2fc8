public import SeedbedEpisodes
import Video

extension LeRobotReader {
  /// Episode k as it was given to the packer: numbers, clips, the pictures' statistics, origin and instance.
  ///
  /// - Throws: Where anything of it cannot be read, or where it has no origin.
  public func episode(_ k: Int, store: borrowing SidecarReader) throws(DatasetError) -> Episode {
    let metadata = try episodeMetadata(k)
    guard var provenance = metadata.provenance else {
      throw DatasetError(.damaged, path: try episodes.row(k).path, episode: k, "it has no origin columns")
    }
    provenance.instanceJSON = try store.instance(k)
    var clips: [EncodedClip] = []
    for camera in schema.cameras.indices { clips.append(try clip(k, camera: camera)) }
    return Episode(
      index: k, length: metadata.length, task: metadata.task, columns: try columns(k), clips: clips,
      imageStatistics: try imageStatistics(k), provenance: provenance)
  }

  /// The statistics of episode k's pictures, one a camera.
  func imageStatistics(_ k: Int) throws(DatasetError) -> [ImageStatistics] {
    let row = try episodes.row(k)
    var statistics: [ImageStatistics] = []
    for camera in schema.cameras {
      let s = try StatisticsColumns(camera.key).read(row, width: 3)
      statistics.append(
        ImageStatistics(
          min: s.minimum, max: s.maximum, mean: s.mean, std: s.deviation, q01: s.quantiles[0], q10: s.quantiles[1],
          q50: s.quantiles[2], q90: s.quantiles[3], q99: s.quantiles[4], count: s.count))
    }
    return statistics
  }
}
