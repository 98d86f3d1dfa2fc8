public import SeedbedEpisodes
import Video

extension LeRobotReader {
  /// Episode k as it was given to the packer: numbers, clips, the pictures' statistics, origin and instance.
  ///
  /// - Throws: Where anything of it cannot be read, or where it has no origin.
  public func episode(_ k: Int, store: borrowing SidecarReader) throws(DatasetError) -> Episode {
    let metadata = try episodeMetadata(k)
    let row = try episodes.row(k)
    guard var provenance = metadata.provenance else {
      throw DatasetError(.damaged, path: row.path, episode: k, "it has no origin columns")
    }
    provenance.instanceJSON = try store.instance(k)
    var clips: [EncodedClip] = []
    var statistics: [ImageStatistics] = []
    for (i, camera) in schema.cameras.enumerated() {
      clips.append(try clip(k, camera: i))
      let s = try StatisticsColumns(camera.key).read(row, width: 3)
      statistics.append(
        ImageStatistics(
          min: s.minimum, max: s.maximum, mean: s.mean, std: s.deviation, q01: s.quantiles[0], q10: s.quantiles[1],
          q50: s.quantiles[2], q90: s.quantiles[3], q99: s.quantiles[4], count: s.count))
    }
    return Episode(
      index: k, length: metadata.length, task: metadata.task, columns: try columns(k), clips: clips,
      imageStatistics: statistics, provenance: provenance)
  }
}
