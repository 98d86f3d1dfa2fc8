import Foundation
import SeedbedGeneration
import SeedbedScene
import SeedbedTestSupport
import Testing

/// Damage that needs no episode grown anew: verify names it, repair puts it right within this process.
@Suite struct RepairTests {
  private struct Grown: ~Copyable {
    let place: TemporaryDirectory
    var path: String { place.file("dataset") }
    let content: [String: [UInt8]]

    init() throws {
      let place = try TemporaryDirectory()
      _ = try reproduce(
        scene: FaultTests.repository + "/Scenes/pick-place.yaml", overrides: SceneOverrides(), seed: 2, episode: 5,
        out: place.file("dataset"), stateOnly: true, pictures: false)
      content = try RepairTests.files(place.file("dataset"))
      self.place = place
    }
  }

  private static func files(_ path: String) throws -> [String: [UInt8]] {
    let names = try #require(FileManager.default.enumerator(atPath: path)).compactMap { $0 as? String }
    var found: [String: [UInt8]] = [:]
    for name in names {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder), !isFolder.boolValue {
        found[name] = try readFile(path + "/" + name)
      }
    }
    return found
  }

  @discardableResult
  private func repaired(_ grown: borrowing Grown) async throws -> RepairReport {
    let report = try await repair(directory: grown.path, workers: 1, isDryRun: false) { _, _ in }
    #expect(try Self.files(grown.path) == grown.content)
    #expect(report.regrown == [] && report.episodes == 1)
    return report
  }

  @Test func nothingIsWrong() async throws {
    let grown = try Grown()
    let report = try checkHashes(directory: grown.path)
    #expect(report.findings == [] && !report.isDamaged && report.files == grown.content.count)
    #expect(try await repaired(grown).damagedFiles == 0)
  }

  /// A bit of every file but the numbers themselves.
  @Test func everyFileIsNamedAndRestored() async throws {
    let grown = try Grown()
    #expect(grown.content.count > 20)
    var random = TestRandom(seed: 1)
    for (name, bytes) in grown.content.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("data/") {
      var damaged = bytes
      damaged[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try writeFile(grown.path + "/" + name, damaged)
      let found = try checkHashes(directory: grown.path)
      #expect(found.findings.map(\.file) == [name] && found.isDamaged)
      #expect(try await repaired(grown).damagedFiles == 1)
    }
  }

  /// With both lists of hashes damaged, a single flipped bit of the first is found by the hash that it has of itself.
  @Test func bothListsHit() async throws {
    let grown = try Grown()
    let list = grown.path + "/meta/seedbed/files.json", copy = grown.path + "/meta/seedbed/records.tar.zst"
    let bytes = try #require(grown.content["meta/seedbed/files.json"])
    let places = [0, 3, 20, 200, bytes.count - 80, bytes.count - 40, bytes.count - 3, bytes.count - 1]
    for (k, place) in places.enumerated() {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(k)
      try writeFile(list, damaged)
      try writeFile(copy, [1, 2, 3])
      let found = try checkHashes(directory: grown.path).findings.map(\.file)
      #expect(found == ["meta/seedbed/files.json", "meta/seedbed/records.tar.zst"])
      try await repaired(grown)
    }
    var damaged = bytes
    damaged[20] ^= 1
    damaged[2000] ^= 1
    try writeFile(list, damaged)
    try writeFile(copy, [])
    let error = await #expect(throws: GenerationError.self) {
      try await repair(directory: grown.path, workers: 1, isDryRun: false) { _, _ in }
    }
    #expect(error?.kind == .input && error?.description.contains("backup") == true)
  }

  /// Lists of another dataset are not believed.
  @Test func listsOfAnotherDataset() async throws {
    let grown = try Grown()
    let other = try TemporaryDirectory()
    _ = try reproduce(
      scene: FaultTests.repository + "/Scenes/pick-place.yaml", overrides: SceneOverrides(), seed: 2, episode: 6,
      out: other.file("dataset"), stateOnly: true, pictures: false)
    for name in ["files.json", "records.tar.zst", "store.tar.zst", "run.json"] {
      try writeFile(
        grown.path + "/meta/seedbed/" + name, try readFile(other.file("dataset/meta/seedbed/" + name)))
      let found = try checkHashes(directory: grown.path).findings.map(\.file)
      #expect(found == ["meta/seedbed/" + name])
      try await repaired(grown)
    }
  }

  @Test func theDrySayIsTheSame() async throws {
    let grown = try Grown()
    try FileManager.default.removeItem(atPath: grown.path + "/meta/stats.json")
    let before = try Self.files(grown.path)
    let said = try await repair(directory: grown.path, workers: 1, isDryRun: true) { _, _ in }
    #expect(try Self.files(grown.path) == before)
    let done = try await repaired(grown)
    #expect(said.findings == done.findings && said.damagedFiles == 1)
    #expect(done.findings.first?.description == "meta/stats.json: the file is missing")
  }

  @Test func filesOfTheUserStay() async throws {
    let grown = try Grown()
    try writeFile(grown.path + "/notes.txt", [1])
    try writeFile(grown.path + "/data/chunk-000/more.parquet", [2])
    try writeFile(grown.path + "/README.md", [3])
    let found = try checkHashes(directory: grown.path)
    #expect(found.findings.filter(\.isDamage).map(\.file) == ["README.md", "data/chunk-000/more.parquet"])
    #expect(found.findings.filter { !$0.isDamage }.map(\.file) == ["notes.txt"])
    _ = try await repair(directory: grown.path, workers: 1, isDryRun: false) { _, _ in }
    var wanted = grown.content
    wanted["notes.txt"] = [1]
    wanted["data/chunk-000/more.parquet"] = [2]
    #expect(try Self.files(grown.path) == wanted)
  }

  /// What a repair leaves that was killed before, while or after it showed its result.
  @Test func leftoversAreCleaned() async throws {
    let grown = try Grown()
    try FileManager.default.createDirectory(
      atPath: grown.path + "/.seedbed-repair/store/meta", withIntermediateDirectories: true)
    #expect(try checkHashes(directory: grown.path).findings == [])
    try await repaired(grown)
    let folder = RunFolder(grown.path)
    try folder.adopt()
    #expect(try checkHashes(directory: grown.path).findings == [])
    try await repaired(grown)
    #expect(try folder.content() == .finished)
    try FileManager.default.createDirectory(
      atPath: grown.path + "/.seedbed/generation-3", withIntermediateDirectories: true)
    try await repaired(grown)
    #expect(try folder.content() == .finished)
  }

  @Test func whatIsNoDatasetIsRefused() async throws {
    let place = try TemporaryDirectory()
    for path in [place.path, place.file("nowhere")] {
      let error = await #expect(throws: GenerationError.self) {
        try await repair(directory: path, workers: 1, isDryRun: false) { _, _ in }
      }
      #expect(error?.kind == .input)
      #expect(throws: GenerationError.self) { try checkHashes(directory: path) }
    }
    try FileManager.default.createDirectory(atPath: place.file(".seedbed"), withIntermediateDirectories: true)
    let error = #expect(throws: GenerationError.self) { try checkHashes(directory: place.path) }
    #expect(error?.description.contains("unfinished run") == true)
  }
}
