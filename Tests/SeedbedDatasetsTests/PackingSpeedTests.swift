import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing

/// A dataset of this program whose episodes are packed again and again; how many.
private let timed = getenv("SEEDBED_TIMED_DATASET").map { String(cString: $0) }
private let count = getenv("SEEDBED_TIMED_EPISODES").flatMap { Int(String(cString: $0)) } ?? 1000

/// CPU time of packing and of handing a dataset on. Measures only where the environment names a dataset.
@Suite struct PackingSpeedTests {
  @Test(.enabled(if: timed != nil)) func cpuSeconds() throws {
    let directory = try #require(timed)
    let reader = try LeRobotReader(directory: directory)
    let store = try SidecarReader(directory: directory)
    let episodes = try (0..<reader.episodeCount).map { try reader.episode($0, store) }
    let axes = Set(episodes.flatMap { $0.provenance.draws.map(\.path) }).sorted()
    func item(_ k: Int) -> Episode {
      var episode = episodes[k % episodes.count]
      episode.index = k
      episode.provenance.episode = k
      return episode
    }
    let folder = try TemporaryDirectory()
    let frames = episodes.reduce(0) { $0 + $1.length } / episodes.count
    for name in ["a", "b", "c"] { mkdir(folder.file(name), 0o755) }
    func packer(_ name: String, _ previous: String?, _ checkpoint: String?) throws -> DatasetPacker {
      try DatasetPacker(
        directory: folder.file(name), continuing: previous, schema: reader.schema, axes: axes, checkpoint: checkpoint)
    }
    var start = clock()
    var first = try packer("a", nil, nil)
    for k in 0..<count { try first.append(item(k)) }
    print("append: \(milliseconds(since: start) / Double(count)) ms an episode of \(frames) frames")
    start = clock()
    try first.finish(checkpoint: folder.file("checkpoint"))
    print("finish: \(milliseconds(since: start)) ms")
    for (name, checkpoint) in [("b", folder.file("checkpoint")), ("c", nil)] {
      start = clock()
      var next = try packer(name, folder.file("a"), checkpoint)
      let opening = milliseconds(since: start)
      try next.append(item(count))
      start = clock()
      try next.finish()
      print(
        "going on, checkpoint \(checkpoint != nil): open \(opening) ms, finish \(milliseconds(since: start)) ms of CPU")
    }
    try expectSameFiles(folder.file("b"), folder.file("c"))
  }
}

extension LeRobotReader {
  fileprivate func episode(_ k: Int, _ store: SidecarReader) throws -> Episode {
    let metadata = try episodeMetadata(k)
    var provenance = try #require(metadata.provenance)
    provenance.instanceJSON = try store.instance(k)
    let statistics = ImageStatistics(
      min: [0, 0, 0], max: [1, 1, 1], mean: [0.5, 0.5, 0.5], std: [0.1, 0.1, 0.1], q01: [0, 0, 0], q10: [0, 0, 0],
      q50: [0.5, 0.5, 0.5], q90: [1, 1, 1], q99: [1, 1, 1], count: metadata.length)
    return Episode(
      index: k, length: metadata.length, task: metadata.task, columns: try columns(k),
      clips: try schema.cameras.indices.map { try clip(k, camera: $0) },
      imageStatistics: schema.cameras.map { _ in statistics }, provenance: provenance)
  }
}

/// Of CPU time.
private func milliseconds(since start: clock_t) -> Double {
  Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1000
}
