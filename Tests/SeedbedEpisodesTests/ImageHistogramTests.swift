import SeedbedEpisodes
import Testing

@Suite struct ImageHistogramTests {
  /// Against the definitions, on two pictures of random pixels.
  @Test func statisticsAreExact() {
    var state: UInt64 = 1
    var pictures: [[UInt8]] = []
    for _ in 0..<2 {
      pictures.append(
        (0..<(3 * 500)).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return UInt8(truncatingIfNeeded: state >> 40) | 3
        })
    }
    var histogram = ImageHistogram()
    for picture in pictures { picture.withUnsafeBufferPointer { histogram.add(rgb: $0) } }
    let statistics = histogram.statistics()
    for channel in 0..<3 {
      let values = pictures.flatMap { picture in
        stride(from: channel, to: picture.count, by: 3).map { Double(picture[$0]) / 255 }
      }.sorted()
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(statistics.min[channel] == values.first)
      #expect(statistics.max[channel] == values.last)
      #expect(abs(statistics.mean[channel] - mean) < 1e-12)
      #expect(abs(statistics.std[channel] - variance.squareRoot()) < 1e-9)
      #expect(abs(statistics.q50[channel] - values[values.count / 2]) <= 4.0 / 255)
    }
    #expect(statistics.count == 2)
  }
}
