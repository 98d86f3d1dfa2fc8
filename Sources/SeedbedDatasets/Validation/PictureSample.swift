import Video

/// What the decoded pictures of one episode and camera show, against what is claimed of them.
struct PictureSample: Sendable {
  /// Every fourth pixel of every fourth row, of large pictures fewer: some thousand give the mean to a hundredth.
  static func step(_ picture: borrowing DecodedPicture) -> Int {
    max(4, Int((Double(picture.width * picture.height) / 4800).squareRoot()))
  }

  /// Coding with losses moves a channel's mean by less.
  private static let meanTolerance = 0.03

  private var sums = ColourSums()
  private var frameMeans: [[Double]] = []

  mutating func add(_ picture: ColourSums) {
    sums.add(picture)
    frameMeans.append(picture.mean)
  }

  var count: Int { frameMeans.count }

  /// - Parameters:
  ///   - claimFile: Where the claims stand.
  ///   - frames: All pictures of the episode, of which `count` were looked at.
  func check(
    _ claim: SourceStatistics?, _ feature: SourceFeature, episode: Int, file: String, claimFile: String, frames: Int,
    _ findings: inout FindingList
  ) {
    guard count > 0 else { return }
    let isDepth = feature.picture?.isDepth ?? false
    if !findings.holds(pooledDeviation > 1 / (isDepth ? 4095.0 : 255)) {
      findings.warning(
        "picture-flat", file, episode: episode, feature: feature.name,
        "its pictures are one flat colour (mean \(sums.mean.listed)).", "Look whether the camera was covered.")
    }
    guard !isDepth, let claim, let mean = claim.mean, mean.count == 3 || mean.count == 1 else { return }
    let slack = PictureSample.meanTolerance + samplingError(of: frames)
    let found = mean.count == 3 ? sums.mean : [sums.mean.reduce(0, +) / 3]
    if !findings.holds(zip(mean, found).allSatisfy { ($0 - $1).magnitude < slack }) {
      findings.error(
        "picture-mean", claimFile, episode: episode, feature: feature.name,
        "the claimed mean is \(mean.listed), that of \(count) of its \(frames) pictures in \(file) is \(found.listed).",
        "Look at the video: it is another one, or the statistics are of another episode.")
      return
    }
    checkSpread(claim, slack, episode, feature, claimFile, &findings)
  }

  private func checkSpread(
    _ claim: SourceStatistics, _ slack: Double, _ episode: Int, _ feature: SourceFeature, _ claimFile: String,
    _ findings: inout FindingList
  ) {
    guard let deviation = claim.deviation, let low = claim.minimum, let high = claim.maximum, deviation.count == 3,
      low.count == 3, high.count == 3
    else { return }
    for c in 0..<3 {
      let found = sums.deviation[c]
      // Coding smooths noise away, so that the claim may be larger; half of it would be another picture.
      if !findings.holds(deviation[c] > found - 0.05 - slack && deviation[c] < 2 * found + 0.1 + slack) {
        findings.error(
          "picture-spread", claimFile, episode: episode, feature: feature.name,
          "the claimed deviation of channel \(c) is \(deviation[c].short), that of the decoded pictures \(found.short).",
          "Compute the statistics anew.")
      }
      if !findings.holds(low[c] < sums.least[c] + 0.25 + slack && high[c] > sums.most[c] - 0.25 - slack) {
        findings.error(
          "picture-range", claimFile, episode: episode, feature: feature.name,
          "the claimed range of channel \(c) is \(low[c].short)...\(high[c].short), that of the decoded pictures "
            + "\(sums.least[c].short)...\(sums.most[c].short).", "Compute the statistics anew.")
      }
    }
  }

  /// Of all channels together, as if they were one.
  private var pooledDeviation: Double {
    let mean = sums.mean.reduce(0, +) / 3
    let squares = zip(sums.deviation, sums.mean).reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 } / 3
    return max(0, squares - mean * mean).squareRoot()
  }

  /// What the mean of some pictures may be off that of all: three standard errors.
  private func samplingError(of frames: Int) -> Double {
    guard count < frames, count > 1 else { return 0 }
    let worst = (0..<3).map { c -> Double in
      let values = frameMeans.map { $0[c] }
      let mean = values.reduce(0, +) / Double(count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
    }
    return 3 * (worst.max() ?? 0) / Double(count).squareRoot()
  }
}
