import Glibc
import SeedbedComparison
import SeedbedTestSupport
import Testing

@Suite struct DistanceTests {
  private func sample(_ count: Int, seed: UInt64) -> [Double] {
    var random = TestRandom(seed: seed)
    return (0..<count).map { _ in Double.random(in: -1...1, using: &random) }.sorted()
  }

  @Test func aShiftIsItsOwnDistance() {
    let a = sample(400, seed: 1)
    for shift in [0.0, 1e-6, 0.25, 7] {
      #expect(abs(Distances.wasserstein(a, a.map { $0 + shift }) - shift) < 1e-12)
    }
    #expect(Distances.wasserstein([0, 1], [0, 1, 1, 1]) == 0.25)
    #expect(Distances.wasserstein([0], [3, 5]) == 4)
  }

  /// For samples of one size the distance is the mean difference of the sorted values.
  @Test func theDistanceIsThatOfSortedPairs() {
    let a = sample(300, seed: 2), b = sample(300, seed: 3).map { $0 * $0 * $0 }.sorted()
    let pairs = zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) } / 300
    #expect(abs(Distances.wasserstein(a, b) - pairs) < 1e-12)
    #expect(Distances.wasserstein(a, b) == Distances.wasserstein(b, a))
  }

  @Test func theLargestDifferenceOfDistributions() {
    #expect(Distances.kolmogorovSmirnov([1, 2, 3, 4], [3, 4, 5, 6]) == 0.5)
    #expect(Distances.kolmogorovSmirnov([1, 1], [2]) == 1)
    #expect(Distances.kolmogorovSmirnov([1, 2], [1, 1, 2, 2]) == 0)
  }

  @Test func histograms() {
    #expect(Distances.jensenShannon([1, 0], [0, 5]) == 1)
    #expect(Distances.jensenShannon([2, 6, 1], [4, 12, 2]) == 0)
    #expect(abs(Distances.jensenShannon([1, 1], [1, 0]) - 0.5579230452841438) < 1e-12)  // scipy
    #expect(Distances.overlap([1, 3], [2, 6]) == 1 && Distances.overlap([1, 0], [0, 1]) == 0)
    #expect(Distances.totalVariation([1, 1, 2], [2, 1, 1]) == 0.25)
    #expect(Distances.wasserstein(bins: [1, 0, 0, 0], [0, 0, 0, 2]) == 3)
    #expect(Distances.totalVariation([], []) == 0 && Distances.totalVariation([0], [1]) == 1)
  }

  @Test func theTransformIsTheDefinition() {
    let n = 32
    let signal = sample(n, seed: 4).enumerated().sorted { $0.offset * 7 % n < $1.offset * 7 % n }.map(\.element)
    let powers = FourierTransform(count: n).powers(signal)
    for k in 0...n / 2 {
      var re = 0.0, im = 0.0
      for t in 0..<n {
        re += signal[t] * cos(2 * .pi * Double(k * t) / Double(n))
        im += signal[t] * sin(2 * .pi * Double(k * t) / Double(n))
      }
      #expect(abs(powers[k] - re * re - im * im) < 1e-9)
    }
  }

  @Test(arguments: [(30.0, 3.0), (30, 0.3), (50, 11), (15, 6), (200, 70)])
  func aToneIsInItsBand(rate: Double, frequency: Double) {
    var power = BandPower(rate: rate)
    power.add((0..<Int(8 * rate)).map { sin(2 * .pi * frequency * Double($0) / rate) })
    let band = BandPower.edges.firstIndex { frequency <= $0 } ?? 0
    #expect(power.means[band] > 0.8 * power.means.reduce(0, +))
  }

  @Test func shortAndBrokenMotionIsTaken() {
    var power = BandPower(rate: 30)
    power.add([])
    power.add([1])
    power.add([.nan, 1, 2])
    let isFinite = power.means.allSatisfy { $0.isFinite }
    #expect(isFinite)
  }
}
