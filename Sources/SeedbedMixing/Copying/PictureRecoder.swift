import SeedbedDatasets
import Video

/// Encodes an episode's pictures anew: at another size or rate, or with another codec.
struct PictureRecoder {
  let coding: PictureCoding
  let framesPerSecond: Int

  /// - Parameter nearest: The original picture of each of the result, rising.
  func recode(
    _ footage: FootageReader, _ k: Int, nearest: [Int], path: String
  ) throws(DatasetError) -> (clip: EncodedClip, statistics: SourceStatistics) {
    var stage = try encoder(path)
    var tally = PictureTally()
    let sampled = Set(PictureTally.sample(of: nearest.count))
    let size = (coding.width, coding.height)
    var scaler: PictureScaler?
    var rgb: [UInt8] = []
    var at = 0
    var problem: VideoError?
    var wanted: [Int] = []
    for number in nearest where wanted.last != number { wanted.append(number) }
    try footage.decode(k, wanted) { number, picture in
      guard problem == nil else { return }
      guard picture.rgb(into: &rgb) else {
        problem = VideoError(.unsupported, path, "has a palette")
        return
      }
      if (picture.width, picture.height) != size {
        if scaler == nil { scaler = PictureScaler(from: (picture.width, picture.height), to: size) }
        if let scaled = scaler?.scale(rgb) { rgb = scaled }
      }
      let planes = i420(rgb: rgb, width: coding.width, height: coding.height)
      while at < nearest.count, nearest[at] == number {
        if sampled.contains(at) { rgb.withUnsafeBufferPointer { tally.add(rgb: $0) } }
        do throws(VideoError) { try append(planes, to: &stage) } catch {
          problem = error
          return
        }
        at += 1
      }
    }
    if let problem { throw DatasetError(.damaged, path: path, episode: k, problem.reason) }
    return (try finish(stage, path), tally.statistics)
  }

  /// An episode of black pictures.
  func black(_ frames: Int, path: String) throws(DatasetError) -> (clip: EncodedClip, statistics: SourceStatistics) {
    var stage = try encoder(path)
    let rgb = [UInt8](repeating: 0, count: coding.width * coding.height * 3)
    let planes = i420(rgb: rgb, width: coding.width, height: coding.height)
    var tally = PictureTally()
    for _ in 0..<frames {
      do throws(VideoError) { try append(planes, to: &stage) } catch {
        throw DatasetError(.io, path: path, error.reason)
      }
    }
    for _ in PictureTally.sample(of: frames) { rgb.withUnsafeBufferPointer { tally.add(rgb: $0) } }
    return (try finish(stage, path), tally.statistics)
  }

  private func encoder(_ path: String) throws(DatasetError) -> VideoEncoder {
    guard let settings = coding.settings else {
      throw DatasetError(.unsupported, path: path, "its pictures would have to be encoded anew as \(coding.codec)")
    }
    do throws(VideoError) {
      return try VideoEncoder(
        width: coding.width, height: coding.height, framesPerSecond: framesPerSecond, settings: settings)
    } catch {
      throw DatasetError(.unsupported, path: path, "its pictures cannot be encoded anew: \(error.reason)")
    }
  }

  private func append(_ planes: [UInt8], to stage: inout VideoEncoder) throws(VideoError) {
    var problem: VideoError?
    planes.withUnsafeBufferPointer { bytes in
      do throws(VideoError) { try stage.append(i420: bytes) } catch { problem = error }
    }
    if let problem { throw problem }
  }

  private func finish(_ stage: consuming VideoEncoder, _ path: String) throws(DatasetError) -> EncodedClip {
    do throws(VideoError) { return try stage.finish() } catch {
      throw DatasetError(.io, path: path, error.reason)
    }
  }
}
