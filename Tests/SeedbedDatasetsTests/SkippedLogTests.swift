import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing

@Suite struct SkippedLogTests {
  private let samples = Samples(cameras: [])

  @Test func recordsComeBackInOrderOverSeveralDatasets() throws {
    let folder = try TemporaryDirectory()
    var chain = try PackingChain(samples, limits: .init(), root: folder.path)
    let records = (0..<9).map(samples.skippedEpisode)
    try chain.pack([])
    #expect(try SkippedLog.read(#require(chain.current)).isEmpty)
    // Without an episode there is no dataset, but what was skipped stays known.
    try chain.pack(records[..<4].map { .skipped($0) })
    #expect(allFiles(try #require(chain.current)).contains("meta/info.json") == false)
    try chain.pack([.skipped(records[4])])
    #expect(try SkippedLog.read(#require(chain.current)) == Array(records[..<5]))
    try chain.pack([.episode(try samples.episode(0)), .skipped(records[5])])
    try chain.pack(records[6...].map { .skipped($0) })
    #expect(try SkippedLog.read(#require(chain.current)) == records)
    let card = String(decoding: try readFile(try #require(chain.current) + "/README.md"), as: UTF8.self)
    #expect(card.contains("| not kept | 9 episodes"))
  }

  @Test func aLineHasTheNamesOfTheTables() throws {
    let folder = try TemporaryDirectory()
    var chain = try PackingChain(samples, limits: .init(), root: folder.path)
    try chain.pack([.skipped(samples.skippedEpisode(1))])
    let text = String(
      decoding: try readFile(try #require(chain.current) + "/meta/seedbed/skipped.jsonl"), as: UTF8.self)
    #expect(
      text == """
        {"sim.episode": 1, "sim.seed": -6, "kind": "gate", "reason": "line\\none: \\"1\\"", "signal": null, \
        "success": false, "failure.cause": "slipped", "gates.failed": "jerk,settle", \
        "draw.cameras.front.pose": 0.3333333333333333, "draw.objects.cube.mass": 0.3333333333333333, \
        "draw.objects.cube.pose.x": 0.3333333333333333, "draw.task.speed": 0.3333333333333333}

        """)
  }

  @Test func whatCannotBeReadBackIsRefused() throws {
    let folder = try TemporaryDirectory()
    var packer = try DatasetPacker(
      directory: folder.path, continuing: nil, schema: samples.schema, axes: samples.axes)
    let changes: [(inout SkippedEpisode) -> Void] = [
      { $0.episode = -1 }, { $0.gatesFailed = ["a,b"] }, { $0.gatesFailed = ["none"] }, { $0.gatesFailed = [""] },
      { $0.draws[0].value = .nan }, { $0.draws.swapAt(0, 1) },
    ]
    for change in changes {
      var record = samples.skippedEpisode(1)
      change(&record)
      do {
        try packer.skip(record)
        Issue.record("\(record) was taken")
      } catch {}
    }
    try packer.skip(samples.skippedEpisode(2))
    try packer.finish()
    #expect(try SkippedLog.read(folder.path) == [samples.skippedEpisode(2)])
  }

  @Test func damagedLogsNeverCrash() throws {
    let folder = try TemporaryDirectory()
    var chain = try PackingChain(samples, limits: .init(), root: folder.path)
    try chain.pack((0..<5).map { .skipped(samples.skippedEpisode($0)) })
    let path = try #require(chain.current) + "/meta/seedbed/skipped.jsonl"
    let kept = try readFile(path)
    var mutator = ByteMutator(seed: 8)
    var refused = 0
    for _ in 0..<300 {
      unlink(path)
      try writeFile(path, mutator.mutate(kept))
      do {
        let records: [SkippedEpisode] = try SkippedLog.read(try #require(chain.current))
        #expect(records.allSatisfy { $0.episode >= 0 })
      } catch is DatasetError {
        refused += 1
      }
    }
    #expect(refused > 100)
  }
}
