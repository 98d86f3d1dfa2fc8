import Diagnostics

/// Everything that was measured of one camera.
struct CameraComparison: Sendable {
  let name: String
  let real: CameraSamples, sim: CameraSamples

  static let channels = ["red", "green", "blue"]

  var gaps: [Gap] {
    var gaps: [Gap] = []
    for (c, channel) in CameraComparison.channels.enumerated() {
      let a = real.histograms[c], b = sim.histograms[c]
      let spread = max(1, CameraComparison.deviation(a))
      let distance = Distances.wasserstein(bins: a, b)
      gaps.append(
        Gap(
          aspect: .colours, dimension: channel, gap: bounded(distance / spread),
          measures: [
            .init(name: "Wasserstein-1 of the histograms", value: distance, unit: "levels of 255"),
            .init(name: "by the real standard deviation", value: distance / spread, unit: "standard deviations"),
            .init(name: "Jensen-Shannon distance", value: Distances.jensenShannon(a, b), unit: "0...1"),
            .init(name: "overlap", value: Distances.overlap(a, b), unit: "0...1"),
          ],
          text: "\(channel) is \(significant(CameraComparison.mean(b), 3)) of 255 on average, real "
            + significant(CameraComparison.mean(a), 3)))
    }
    let spread = max(1, contrast(real)), distance = Distances.wasserstein(bins: real.brightness, sim.brightness)
    gaps.append(
      Gap(
        aspect: .brightness, dimension: nil, gap: bounded(distance / spread),
        measures: [
          .init(name: "Wasserstein-1 of the histograms", value: distance, unit: "levels of 255"),
          .init(name: "by the real standard deviation", value: distance / spread, unit: "standard deviations"),
        ],
        text: "the pictures are \(brightness(sim) > brightness(real) ? "brighter" : "darker"): "
          + "\(significant(brightness(sim), 3)) of 255 on average, real \(significant(brightness(real), 3))"))
    gaps.append(ratio(.contrast, contrast(real), contrast(sim), least: 1, "contrast", "levels of 255"))
    gaps.append(
      ratio(.sharpness, mean(real.sharpness), mean(sim.sharpness), least: 0.25, "sharpness (mean Laplacian)", "levels"))
    gaps.append(ratio(.noise, mean(real.noise), mean(sim.noise), least: 0.1, "noise (standard deviation)", "levels"))
    let cells = zip(real.meanLayout, sim.meanLayout).map { abs($0 - $1) }
    let layout = mean(cells) / spread
    gaps.append(
      Gap(
        aspect: .layout, dimension: nil, gap: bounded(layout),
        measures: [
          .init(
            name: "mean difference of the mean pictures on a grid of 16 x 16", value: mean(cells), unit: "levels of 255"
          )
        ],
        text:
          "bright and dark stand in other places of the picture, by \(significant(mean(cells), 3)) levels on average: "
          + "look at the camera's pose and the background"))
    return gaps
  }

  private func ratio(
    _ aspect: Gap.Aspect, _ real: Double, _ sim: Double, least: Double, _ what: String, _ unit: String
  ) -> Gap {
    // Below this both are as good as nothing.
    let a = max(real, least), b = max(sim, least)
    return Gap(
      aspect: aspect, dimension: nil, gap: bounded(doublings(a, b)),
      measures: [
        .init(name: what + ", real", value: real, unit: unit), .init(name: what + ", sim", value: sim, unit: unit),
        .init(name: "doublings from one to the other", value: doublings(a, b), unit: "factors of 2"),
      ],
      text:
        "\(what) is \(significant(b / a, 3)) times the real one (\(significant(sim, 3)), real \(significant(real, 3)))")
  }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
  private func brightness(_ samples: CameraSamples) -> Double { CameraComparison.mean(samples.brightness) }
  private func contrast(_ samples: CameraSamples) -> Double { CameraComparison.deviation(samples.brightness) }

  private static func mean(_ bins: [Double]) -> Double {
    let n = bins.reduce(0, +)
    return n > 0 ? bins.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / n : 0
  }

  private static func deviation(_ bins: [Double]) -> Double {
    let n = bins.reduce(0, +), m = mean(bins)
    guard n > 0 else { return 0 }
    return (bins.enumerated().reduce(0) { $0 + (Double($1.offset) - m) * (Double($1.offset) - m) * $1.element } / n)
      .squareRoot()
  }
}
