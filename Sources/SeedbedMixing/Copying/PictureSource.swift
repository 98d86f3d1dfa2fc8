import SeedbedDatasets
import Video

/// Takes an episode's pictures of a camera over: as they are stored wherever that is possible.
struct PictureSource {
  /// Pictures that quantiles come from where a dataset has all other statistics.
  private static let quantilePictures = 8

  let framesPerSecond: Int

  func video(
    _ reader: FootageReader, _ k: Int, _ coding: PictureCoding, _ claim: SourceStatistics?, _ feature: SourceFeature,
    nearest: [Int], isSameRate: Bool
  ) throws(DatasetError) -> (EpisodeVideo, SourceStatistics, isNew: Bool) {
    let movie = try reader.movie(k)
    if isSameRate, coding.obstacle(movie.format) == nil, case .success(let video) = try reader.packets(k) {
      return (video, try statistics(reader, k, claim, feature, frames: nearest.count), false)
    }
    guard feature.picture?.isDepth != true else {
      throw DatasetError(.unsupported, path: movie.path, episode: k, "depth would have to be encoded anew")
    }
    let recoder = PictureRecoder(coding: coding, framesPerSecond: framesPerSecond)
    let (clip, statistics) = try recoder.recode(reader, k, nearest: nearest, path: movie.path)
    return (.clip(clip), statistics, true)
  }

  func black(
    _ coding: PictureCoding, frames: Int, path: String
  ) throws(DatasetError) -> (EpisodeVideo, SourceStatistics) {
    let (clip, statistics) = try PictureRecoder(coding: coding, framesPerSecond: framesPerSecond).black(
      frames, path: path)
    return (.clip(clip), statistics)
  }

  /// The dataset's own statistics; what they lack is computed.
  private func statistics(
    _ reader: FootageReader, _ k: Int, _ claim: SourceStatistics?, _ feature: SourceFeature, frames: Int
  ) throws(DatasetError) -> SourceStatistics {
    let width = feature.picture?.isDepth == true ? 1 : feature.picture?.channels ?? 3
    if let claim, claim.isWhole(width: width) { return claim }
    guard feature.picture?.isDepth != true else {
      throw DatasetError(
        .unsupported, path: "meta", episode: k, "the statistics of the depth camera '\(feature.name)' are not whole")
    }
    guard let claim, claim.hasMoments(width: width) else { return try reader.statistics(k) }
    let some = PictureTally.spread(Self.quantilePictures, over: frames)
    return claim.taking(quantiles: try reader.statistics(k, of: some))
  }

  /// Of pictures in tables.
  func stored(
    _ values: FrameValues, _ claim: SourceStatistics?, _ feature: SourceFeature, _ k: Int, _ path: String
  ) throws(DatasetError) -> SourceStatistics? {
    let width = feature.picture?.isDepth == true ? 1 : feature.picture?.channels ?? 3
    if let claim, claim.isWhole(width: width) { return claim }
    guard case .pictures(let pictures) = values, feature.picture?.isDepth != true else { return nil }
    var tally = PictureTally()
    for frame in PictureTally.sample(of: pictures.count) {
      do throws(VideoError) {
        try StillPicture.decode(pictures[frame].bytes, subject: path) { tally.add($0) }
      } catch {
        throw DatasetError(.damaged, path: path, episode: k, "frame \(frame) of '\(feature.name)' \(error.reason)")
      }
    }
    return tally.statistics
  }
}

extension SourceStatistics {
  func hasMoments(width: Int) -> Bool {
    [minimum, maximum, mean, deviation].allSatisfy { values in
      values.map { $0.count == width && $0.allSatisfy(\.isFinite) } ?? false
    } && (count?.first ?? 0) >= 1
  }

  func isWhole(width: Int) -> Bool {
    hasMoments(width: width) && quantiles.count == 5
      && quantiles.values.allSatisfy { $0.count == width && $0.allSatisfy(\.isFinite) }
  }

  /// The quantiles of others, kept within its own range.
  func taking(quantiles other: SourceStatistics) -> SourceStatistics {
    var result = self
    guard let low = minimum, let high = maximum else { return result }
    result.quantiles = other.quantiles.mapValues { values in
      values.indices.map { min(max(values[$0], low[$0]), high[$0]) }
    }
    return result
  }
}
