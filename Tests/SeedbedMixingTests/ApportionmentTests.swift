import SeedbedMixing
import SeedbedTestSupport
import Testing

@Suite struct ApportionmentTests {
  @Test func remaindersDecide() {
    #expect(Apportionment.largestRemainder(10, weights: [0.3, 0.7]) == [3, 7])
    #expect(Apportionment.largestRemainder(100, weights: [0.29, 0.71]) == [29, 71])
    #expect(Apportionment.largestRemainder(5, weights: [1, 1, 1]) == [2, 2, 1])
    #expect(Apportionment.largestRemainder(3, weights: [0, 1]) == [0, 3])
    #expect(Apportionment.largestRemainder(0, weights: [1, 2]) == [0, 0])
    #expect(Apportionment.largestRemainder(9, weights: [1, 1], limits: [2, 20]) == [2, 7])
  }

  /// Each part is its exact share rounded down or up, and nothing is lost.
  @Test func everyPartIsWithinOne() {
    var random = TestRandom(seed: 3)
    for _ in 0..<300 {
      let weights = (0..<Int.random(in: 1...6, using: &random)).map { _ in Double.random(in: 0.01...1, using: &random) }
      let total = Int.random(in: 0...500, using: &random)
      let parts = Apportionment.largestRemainder(total, weights: weights)
      #expect(parts.reduce(0, +) == total)
      let sum = weights.reduce(0, +)
      for (part, weight) in zip(parts, weights) {
        #expect((Double(part) - Double(total) * weight / sum).magnitude < 1 + 1e-9)
      }
    }
  }
}
