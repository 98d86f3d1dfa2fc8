import SeedbedGeneration
import Testing

@Suite struct ShardTests {
  @Test(arguments: [1, 2, 3, 7, 10], [10, 11, 20_000])
  func shardsCoverARunOnce(_ count: Int, _ episodes: Int) {
    var next = 0
    for index in 0..<count {
      let range = Shard(index: index, count: count, episodes: episodes).range
      #expect(range.lowerBound == next)
      #expect(abs(range.count - episodes / count) <= 1)
      next = range.upperBound
    }
    #expect(next == episodes)
  }

  @Test(arguments: ["", "1", "3/3", "-1/3", "a/b", "0/0", "1/2/3", "10/11", "auto"])
  func nonsenseIsRefused(_ text: String) {
    #expect(throws: GenerationError.self) { try Shard(parsing: text, episodes: 10) }
  }
}
