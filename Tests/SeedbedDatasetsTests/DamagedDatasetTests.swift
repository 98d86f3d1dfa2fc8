import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing

@Suite struct DamagedDatasetTests {
  private func everything(_ directory: String) throws {
    let reader = try LeRobotReader(directory: directory)
    let store = try SidecarReader(directory: directory)
    for k in 0..<reader.episodeCount {
      _ = try reader.episodeMetadata(k)
      _ = try reader.columns(k)
      for camera in reader.schema.cameras.indices { _ = try reader.clip(k, camera: camera) }
      _ = try store.instance(k)
    }
    for asset in store.assets { _ = try store.asset(asset.path) }
  }

  @Test func oneChangedByteOfAnActionNamesFileAndEpisode() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    let episodes = try (0..<3).map { try samples.episode($0) }
    try samples.write(episodes, to: folder.path)
    let path = folder.file("data/chunk-000/file-000.parquet")
    var bytes = try readFile(path)
    guard case .float32(let action) = episodes[1].columns[1] else { return }
    // The values are random, so that snappy leaves most of them as they are.
    let pattern = withUnsafeBytes(of: action[40]) { Array($0) }
    let place = try #require(bytes.indices.dropLast(4).first { Array(bytes[$0..<$0 + 4]) == pattern })
    bytes[place] ^= 1
    try writeFile(path, bytes)
    let reader = try LeRobotReader(directory: folder.path)
    #expect(try reader.columns(0) == episodes[0].columns)
    let error = #expect(throws: DatasetError.self) { try reader.columns(1) }
    #expect(error?.path == path)
    #expect(error?.episode == 1)
    #expect(error?.reason.contains("'action.list.element'") == true)
    #expect(try reader.columns(2) == episodes[2].columns)
  }

  @Test func missingFilesAreErrors() throws {
    let whole = try TemporaryDirectory()
    let samples = Samples()
    try samples.write([try samples.episode(0), try samples.episode(1)], to: whole.path)
    #expect(throws: Never.self) { try everything(whole.path) }
    let unread = [
      "README.md", "meta/stats.json", "meta/tasks.parquet", "meta/seedbed/episodes.jsonl",
      "meta/seedbed/run.json", "meta/seedbed/features.json", "meta/seedbed/store.tar.zst",
    ]
    for file in allFiles(whole.path) where !unread.contains(file) {
      let kept = try readFile(whole.file(file))
      unlink(whole.file(file))
      #expect(throws: DatasetError.self, "\(file)") { try everything(whole.path) }
      try writeFile(whole.file(file), kept)
    }
  }

  @Test func damagedFilesNeverCrash() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [("front", 16, 16)])
    try samples.write([try samples.episode(0, length: 4), try samples.episode(1, length: 3)], to: folder.path)
    var mutator = ByteMutator(seed: 9)
    var refused = 0
    for file in allFiles(folder.path) where file.hasPrefix("meta/") || file.hasPrefix("data/") {
      let kept = try readFile(folder.file(file))
      for _ in 0..<20 {
        try replaceFile(folder.file(file), mutator.mutate(kept))
        do { try everything(folder.path) } catch is DatasetError { refused += 1 }
      }
      try writeFile(folder.file(file), kept)
    }
    #expect(refused > 75)
  }

  @Test func swappedEpisodesAreNoticed() throws {
    let a = try TemporaryDirectory()
    let b = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    let episodes = try (0..<3).map { try samples.episode($0, length: 5 + $0) }
    try samples.write(episodes, to: a.path)
    try samples.write(
      [1, 0, 2].enumerated().map { i, k in
        var episode = episodes[k]
        episode.index = i
        return episode
      }, to: b.path)
    let data = "data/chunk-000/file-000.parquet"
    try writeFile(a.file(data), try readFile(b.file(data)))
    let reader = try LeRobotReader(directory: a.path)
    let error = #expect(throws: DatasetError.self) { try reader.columns(1) }
    #expect(error?.reason.contains("not its frames") == true)
  }

  @Test func aChangedAssetIsNoticed() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    try samples.write([try samples.episode(0)], to: folder.path)
    let store = try SidecarReader(directory: folder.path)
    let asset = try #require(store.assets.last)
    try writeFile(folder.file("meta/seedbed/assets/\(asset.sha256)"), Array("seedbed: 2\n".utf8))
    #expect(throws: DatasetError.self) { try store.asset(asset.path) }
  }
}

/// Writes a file anew. File systems bring a file that is truncated and written again to the disk at once: far too slow
/// for thousands of variants.
private func replaceFile(_ path: String, _ bytes: [UInt8]) throws {
  unlink(path)
  try writeFile(path, bytes)
}
