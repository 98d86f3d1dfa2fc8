import SeedbedMath
import SeedbedRandomness
import Testing

@Suite struct DistributionTests {
  static let count = 20000

  static func sample(_ law: NumberDistribution) -> [Double] {
    (0..<count).map { law.draw(seed: 3, episode: $0, axis: Axis("axis"), attempt: 0) }.sorted()
  }

  /// Kolmogorov and Smirnov's distance between sorted samples and a distribution function.
  static func distance(_ sorted: [Double], _ cumulative: (Double) -> Double) -> Double {
    let n = Double(sorted.count)
    return sorted.enumerated().reduce(0) { worst, item in
      let f = cumulative(item.element)
      return max(worst, abs(f - Double(item.offset) / n), abs(f - Double(item.offset + 1) / n))
    }
  }

  /// The 0.1 % point of the Kolmogorov distribution.
  static let bound = 1.95 / Double(count).squareRoot()

  @Test func uniform() {
    let values = Self.sample(.uniform(lower: -2, upper: 5))
    #expect(Self.distance(values) { ($0 + 2) / 7 } < Self.bound)
  }

  @Test func logUniform() {
    let values = Self.sample(.logUniform(lower: 0.01, upper: 10))
    #expect(Self.distance(values) { Elementary.log($0 / 0.01) / Elementary.log(1000) } < Self.bound)
  }

  /// Against the normal distribution function, integrated by Simpson's rule; wide, narrow and one-sided cuts.
  @Test(arguments: [(-4.0, 4.0), (-0.5, 0.9), (1.0, 3.0), (-1.0, 6.0)])
  func normal(lower: Double, upper: Double) {
    func area(_ a: Double, _ b: Double) -> Double {
      let steps = 200, h = (b - a) / Double(steps)
      let sum = (0...steps).reduce(0.0) { sum, i in
        let x = a + Double(i) * h
        return sum + Elementary.exp(-x * x / 2) * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2)
      }
      return sum * h / 3
    }
    let values = Self.sample(
      .normal(mean: 10, standardDeviation: 2, lower: 10 + 2 * lower, upper: 10 + 2 * upper))
    let whole = area(lower, upper)
    #expect(Self.distance(values) { area(lower, ($0 - 10) / 2) / whole } < Self.bound)
  }

  @Test func normalFarOffStaysInside() {
    for (lower, upper) in [(50.0, 51.0), (-1e9, -1e8)] {
      let law = NumberDistribution.normal(mean: 0, standardDeviation: 1, lower: lower, upper: upper)
      for episode in 0..<20 {
        let value = law.draw(seed: 1, episode: episode, axis: Axis("a"), attempt: 0)
        #expect(value >= lower && value <= upper)
      }
    }
  }

  @Test func integersAreEquallyLikelyAndComplete() {
    let values = Self.sample(.integer(lower: -3, upper: 3, scale: 1))
    for k in -3...3 {
      let share = Double(values.count { $0 == Double(k) }) / Double(Self.count)
      #expect(abs(share - 1.0 / 7) < 5 * 0.0025)
    }
    #expect(values.allSatisfy { $0 >= -3 && $0 <= 3 })
    var stream = RandomStream(seed: 1, episode: 0, path: "wide")
    let wide = (0..<64).map { _ in stream.integer(.min, .max) }
    #expect(Set(wide).count == 64)
  }

  @Test func weights() {
    var counts = [0, 0, 0, 0]
    for episode in 0..<Self.count {
      var stream = RandomStream(seed: 9, episode: episode, path: "w")
      counts[stream.index(weights: [1, 0, 3, 4])] += 1
    }
    #expect(counts[1] == 0)
    for (index, share) in [(0, 0.125), (2, 0.375), (3, 0.5)] {
      #expect(abs(Double(counts[index]) / Double(Self.count) - share) < 0.018)
    }
  }

  @Test func stratifiedVisitsEveryStratumOnceACycle() {
    let law = NumberDistribution.stratified(lower: 0, upper: 10, strata: 10)
    var orders: Set<[Int]> = []
    for cycle in 0..<20 {
      let strata = (0..<10).map { Int(law.draw(seed: 4, episode: cycle * 10 + $0, axis: Axis("s"), attempt: 0)) }
      #expect(strata.sorted() == Array(0..<10))
      orders.insert(strata)
    }
    #expect(orders.count == 20)
  }

  /// Every aligned block of 2^k episodes has one point in each 2^k-th, and two axes are uncorrelated.
  @Test func lowDiscrepancy() {
    let law = NumberDistribution.lowDiscrepancy(lower: 0, upper: 1)
    func values(_ path: String) -> [Double] {
      (0..<1024).map { law.draw(seed: 8, episode: $0, axis: Axis(path), attempt: 0) }
    }
    let x = values("x"), y = values("y")
    for k in 1...10 {
      let size = 1 << k
      for start in stride(from: 0, to: 1024, by: size) {
        #expect(Set(x[start..<start + size].map { Int($0 * Double(size)) }).count == size)
      }
    }
    let correlation = zip(x, y).reduce(0.0) { $0 + ($1.0 - 0.5) * ($1.1 - 0.5) } * 12 / 1024
    #expect(abs(correlation) < 0.12)
    // No lattice: all 64 cells of an 8 by 8 grid are met by the 1024 pairs.
    #expect(Set(zip(x, y).map { Int($0 * 8) * 8 + Int($1 * 8) }).count == 64)
  }

  @Test func gridsTakeTurns() {
    let numbers = Variable<Double>.grid([.constant(5), .constant(7), .constant(9)], every: 2, Axis("g"))
    let drawn = (0..<8).map { episode in
      var drawing = Drawing(seed: 1, episode: episode)
      let value = numbers.draw(&drawing)
      #expect(drawing.records.map(\.value) == [value])
      return value
    }
    #expect(drawn == [5, 5, 7, 7, 9, 9, 5, 5])
  }

  @Test func choicesRecordWhatWasChosen() {
    let words = Variable<String>.choice([.constant("a"), .constant("b")], weights: [0, 1], Axis("c"))
    var drawing = Drawing(seed: 1, episode: 0)
    #expect(words.draw(&drawing) == "b")
    let nested = Variable<Double>.choice(
      [.law(.uniform(lower: 2, upper: 3), Axis("n/0"))], weights: [1], Axis("n"))
    let value = nested.draw(&drawing)
    #expect(drawing.records.map(\.path) == ["c", "n/0", "n"])
    #expect(drawing.records.map(\.value) == [1, value, 0])
    #expect(nested.bounds == 2...3)
    #expect(nested.scaled(by: 2).bounds == 4...6)
  }
}
