import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing
import Video

/// What is proved to be whole of a damaged dataset, and what is hit.
@Suite struct DatasetSalvageTests {
  private let samples = Samples()
  private let data = "data/chunk-000/file-000.parquet"
  private let wrist = "videos/observation.images.wrist/chunk-000/file-000.mp4"
  private let table = "meta/episodes/chunk-000/file-000.parquet"
  private let origins = "meta/seedbed/episodes.jsonl"

  private func episodes() throws -> [Episode] { try (0..<4).map { try samples.episode($0, length: 15 + $0) } }

  /// - Parameter damaged: Files that are not as they were written.
  private func salvage(_ folder: borrowing TemporaryDirectory, damaged: Set<String>) throws -> DatasetSalvage {
    let all = [data, wrist, wrist.replacing("wrist", with: "front"), table, origins]
    let formats = try samples.schema.cameras.map {
      try VideoEncoder(width: $0.width, height: $0.height, framesPerSecond: samples.schema.framesPerSecond).format
    }
    return try DatasetSalvage(
      directory: folder.path, schema: samples.schema, episodes: 4, whole: Set(all).subtracting(damaged),
      numbers: [0, 1, 2, 3], formats: formats)
  }

  /// The salvaged episodes are those that were written; nil for the others.
  private func taken(_ salvage: DatasetSalvage, of episodes: [Episode]) -> [Int] {
    episodes.indices.filter { k in
      guard
        let episode = salvage.episode(k, instance: episodes[k].provenance.instanceJSON, task: episodes[k].task)
      else { return false }
      #expect(episode == episodes[k])
      return true
    }
  }

  @Test func aWholeDatasetComesBackAsItWasGiven() throws {
    let folder = try TemporaryDirectory()
    let episodes = try episodes()
    try samples.write(episodes, to: folder.path)
    #expect(taken(try salvage(folder, damaged: []), of: episodes) == [0, 1, 2, 3])
    // Without trust in any file the hashes of the episodes alone prove them.
    #expect(taken(try salvage(folder, damaged: [data, wrist, origins]), of: episodes) == [0, 1, 2, 3])
    #expect(taken(try salvage(folder, damaged: [data, wrist, table, origins]), of: episodes) == [0, 1, 2, 3])
  }

  @Test func damageIsAssignedToEpisodeAndPart() throws {
    let folder = try TemporaryDirectory()
    let episodes = try episodes()
    try samples.write(episodes, to: folder.path)
    try change(folder.file(wrist), episodes[2].clips[1].packets[0].bytes)
    guard case .float32(let action) = episodes[1].columns[1] else { return }
    // The values are random, so that snappy leaves most of them as they are.
    try change(folder.file(data), withUnsafeBytes(of: action[40]) { Array($0) })

    let found = try salvage(folder, damaged: [data, wrist])
    #expect(found.hits(in: data).holds == [0, 1, 2, 3])
    #expect(found.hits(in: data).hits == [.init(episodes: [1], part: "action")])
    #expect(found.hits(in: wrist).hits == [.init(episodes: [2], part: "pictures")])
    #expect((0..<4).filter(found.isWhole) == [0, 3])
    #expect(taken(found, of: episodes) == [0, 3])
    #expect(found.episodes(in: data) == [0, 1, 2, 3] && found.episodes(in: "data/other") == [])

    unlink(folder.file(wrist))
    #expect(taken(try salvage(folder, damaged: [data, wrist]), of: episodes) == [])
  }

  /// A tool that writes other numbers in a well-formed file is found out too.
  @Test func rewrittenNumbersAreNoticed() throws {
    let a = try TemporaryDirectory()
    let b = try TemporaryDirectory()
    var episodes = try episodes()
    try samples.write(episodes, to: a.path)
    guard case .float32(var values) = episodes[3].columns[0] else { return }
    values[5] += 1
    episodes[3].columns[0] = .float32(values)
    try samples.write(episodes, to: b.path)
    try writeFile(a.file(data), try readFile(b.file(data)))
    let found = try salvage(a, damaged: [data])
    #expect(found.hits(in: data).hits == [.init(episodes: [3], part: "numbers")])
    #expect((0..<4).filter(found.isWhole) == [0, 1, 2])
  }

  /// Neither a footer nor a sample table is needed, nor what a file says about its pictures.
  @Test func indicesAreNotNeeded() throws {
    let folder = try TemporaryDirectory()
    let episodes = try episodes()
    try samples.write(episodes, to: folder.path)
    for (path, mark) in [(data, nil), (wrist, "moov"), (wrist, "avcC"), (wrist, "stss")] {
      let bytes = try readFile(folder.file(path))
      let end = mark.flatMap { mark in
        bytes.indices.dropLast(3).last { bytes[$0..<$0 + 4].elementsEqual(Array(mark.utf8)) }
      }
      for back in [1, 10, 17] {
        var damaged = bytes
        // 16 bytes behind the name stand the first entry of the table of keyframes and the first parameters.
        damaged[end.map { $0 + back } ?? bytes.count - back] ^= 0x10
        try writeFile(folder.file(path), damaged)
        let found = try salvage(folder, damaged: [path])
        #expect(found.hits(in: path).hits == [], "\(path) \(mark ?? "") \(back)")
        #expect(taken(found, of: episodes) == [0, 1, 2, 3])
      }
      try writeFile(folder.file(path), bytes)
    }
  }

  /// Every line proves itself; the table stands in for a damaged one.
  @Test func linesProveThemselves() throws {
    let folder = try TemporaryDirectory()
    let episodes = try episodes()
    try samples.write(episodes, to: folder.path)
    let bytes = try readFile(folder.file(origins))
    let ends = bytes.indices.filter { bytes[$0] == 10 }
    var random = TestRandom(seed: 5)
    for _ in 0..<100 {
      let place = Int.random(in: bytes.indices, using: &random)
      var damaged = bytes
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try writeFile(folder.file(origins), damaged)
      let found = try salvage(folder, damaged: [origins])
      let line = ends.firstIndex { place <= $0 }
      #expect(found.hits(in: origins).hits.flatMap(\.episodes).contains(try #require(line)))
      #expect(taken(found, of: episodes) == [0, 1, 2, 3])
      // With the data damaged too, only what a whole line proves is taken.
      let less = try salvage(folder, damaged: [origins, data])
      #expect((0..<4).filter { !less.isWhole($0) }.contains(try #require(line)))
    }
  }

  @Test func theTableIsReadColumnByColumn() throws {
    let folder = try TemporaryDirectory()
    try samples.write(try episodes(), to: folder.path)
    var bytes = try readFile(folder.file(table))
    bytes[100] ^= 1
    try writeFile(folder.file(table), bytes)
    let hits = try salvage(folder, damaged: [table]).hits(in: table)
    #expect(hits.holds == [0, 1, 2, 3])
    #expect(hits.hits.count == 1 && hits.hits.first?.episodes == [0, 1, 2, 3])
    #expect(hits.hits.first?.part == "tasks" || hits.hits.first?.part == "episode_index")
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
