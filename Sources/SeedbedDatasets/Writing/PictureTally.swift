import SeedbedEpisodes
public import Video

/// Gathers the statistics of a camera's pictures over an episode, a channel each, as LeRobot wants them: values 0...1, every
/// fourth or so pixel of large pictures. Colours with 8 bits; not for depth.
public struct PictureTally {
  private var histogram = ImageHistogram()

  public init() {}

  /// Which pictures of an episode LeRobot looks at: at least 100, n^0.75 of many, spread evenly.
  public static func sample(of frames: Int) -> [Int] {
    let wanted = min(frames, max(100, Int(Double(frames).squareRoot() * Double(frames).squareRoot().squareRoot())))
    return spread(wanted, over: frames)
  }

  /// Places spread evenly over a row, first and last among them.
  package static func spread(_ count: Int, over all: Int) -> [Int] {
    if count >= all { return Array(0..<max(all, 0)) }
    if count <= 1 { return all > 0 ? [0] : [] }
    return (0..<count).map { $0 * (all - 1) / (count - 1) }
  }

  /// Adds a decoded picture.
  public mutating func add(_ picture: borrowing DecodedPicture) {
    histogram.add(picture, step: max(1, max(picture.width, picture.height) / 150))
  }

  /// Adds a picture of height x width x 3 bytes.
  public mutating func add(rgb: UnsafeBufferPointer<UInt8>) { histogram.add(rgb: rgb) }

  /// Of all pictures so far.
  public var statistics: SourceStatistics {
    var result = SourceStatistics(FeatureStatistics(histogram.statistics()))
    result.shape = [3, 1, 1]
    return result
  }
}
