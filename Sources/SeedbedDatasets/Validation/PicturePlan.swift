/// Which pictures are decoded: all where they are few; else some of each episode, spread over as many episodes as a fixed
/// number of pixels allows. The choice depends on the metadata alone, so that two runs look at the same pictures.
struct PicturePlan: Sendable {
  /// About a tenth of a second of decoding on one core.
  private static let pixels = 16_000_000
  private static let fewest = 8, most = 64

  /// Pictures of an episode and camera; nil: all.
  let perEpisode: Int?
  private let picked: Set<Int>

  init(_ source: DatasetSource, _ options: ValidationOptions) {
    let count = source.episodes.count
    let pixels = source.info.features.reduce(0) { sum, feature in
      sum + (feature.picture.map { $0.height * $0.width } ?? 0)
    }
    if let wanted = options.episodes {
      perEpisode = nil
      picked = PicturePlan.spread(min(wanted, count), over: count)
      return
    }
    let affordable = PicturePlan.pixels / max(pixels, 1)
    if source.episodes.frames <= affordable {
      perEpisode = nil
      picked = Set(0..<count)
      return
    }
    let each = min(max(affordable / max(count, 1), PicturePlan.fewest), PicturePlan.most)
    perEpisode = each
    picked = PicturePlan.spread(min(count, max(1, affordable / each)), over: count)
  }

  func isPicked(_ episode: Int) -> Bool { picked.contains(episode) }

  var episodes: [Int] { picked.sorted() }

  /// The wanted ones of an episode's pictures: keyframes first, which cost nothing but themselves.
  func pictures(of range: Range<Int>, isKeyframe: (Int) -> Bool) -> [Int] {
    guard let perEpisode, perEpisode < range.count else { return Array(range) }
    let keyframes = range.filter(isKeyframe)
    let some = keyframes.count >= perEpisode ? keyframes : Array(range)
    return PicturePlan.spread(perEpisode, over: some.count).sorted().map { some[$0] }
  }

  /// Places spread evenly, first and last among them.
  private static func spread(_ count: Int, over all: Int) -> Set<Int> {
    if count >= all { return Set(0..<all) }
    if count <= 0 { return [] }
    if count == 1 { return [0] }
    return Set((0..<count).map { $0 * (all - 1) / (count - 1) })
  }
}
