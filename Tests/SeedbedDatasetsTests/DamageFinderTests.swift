import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing
import Video

@Suite struct DamageFinderTests {
  @Test func damageIsAssignedToEpisodeAndPart() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples()
    let episodes = try (0..<4).map { try samples.episode($0) }
    try samples.write(episodes, to: folder.path)
    func findings() throws -> [[String]] {
      let finder = try DamageFinder(try LeRobotReader(directory: folder.path))
      return try (0..<4).map { try finder.damagedParts($0) }
    }
    #expect(try findings() == [[], [], [], []])

    try change(
      folder.file("videos/observation.images.wrist/chunk-000/file-000.mp4"), episodes[2].clips[1].packets[0].bytes)
    #expect(try findings() == [[], [], ["observation.images.wrist"], []])

    guard case .float32(let action) = episodes[1].columns[1] else { return }
    // The values are random, so that snappy leaves most of them as they are.
    try change(folder.file("data/chunk-000/file-000.parquet"), withUnsafeBytes(of: action[40]) { Array($0) })
    #expect(try findings() == [[], ["action"], ["observation.images.wrist"], []])

    unlink(folder.file("videos/observation.images.front/chunk-000/file-000.mp4"))
    #expect(try findings()[0] == ["observation.images.front"])
    unlink(folder.file("data/chunk-000/file-000.parquet"))
    #expect(try findings()[3].count == samples.schema.features.count + 3)
  }

  /// A tool that writes other numbers in a well-formed file is found out too.
  @Test func rewrittenNumbersAreNoticed() throws {
    let a = try TemporaryDirectory()
    let b = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    var episode = try samples.episode(0)
    try samples.write([episode], to: a.path)
    guard case .float32(var values) = episode.columns[0] else { return }
    values[5] += 1
    episode.columns[0] = .float32(values)
    try samples.write([episode], to: b.path)
    let data = "data/chunk-000/file-000.parquet"
    try writeFile(a.file(data), try readFile(b.file(data)))
    #expect(try DamageFinder(try LeRobotReader(directory: a.path)).damagedParts(0) == ["columns"])
  }

  @Test func aLogThatDoesNotFitIsAnError() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    try samples.write([try samples.episode(0), try samples.episode(1)], to: folder.path)
    let path = folder.file("meta/seedbed/episodes.jsonl")
    let kept = try readFile(path)
    let reader = try LeRobotReader(directory: folder.path)
    #expect(throws: DatasetError.self) { try DamageFinder(reader).damagedParts(2) }
    try writeFile(path, kept + kept)
    #expect(throws: DatasetError.self) { try DamageFinder(reader) }
    var mutator = ByteMutator(seed: 12)
    for _ in 0..<200 {
      unlink(path)
      try writeFile(path, mutator.mutate(kept))
      do { _ = try DamageFinder(reader).damagedParts(1) } catch {}
    }
  }

  /// Flips a bit in the middle of the only place where some bytes stand.
  private func change(_ path: String, _ bytes: [UInt8]) throws {
    var file = try readFile(path)
    let places = file.indices.dropLast(bytes.count).filter { at in
      file[at] == bytes[0] && file[at..<at + bytes.count].elementsEqual(bytes)
    }
    file[try #require(places.first) + bytes.count / 2] ^= 1
    #expect(places.count == 1)
    try writeFile(path, file)
  }
}
