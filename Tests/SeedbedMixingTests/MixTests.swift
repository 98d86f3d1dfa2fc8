import Diagnostics
import SeedbedDatasets
import SeedbedMixing
import SeedbedTestSupport
import Testing

/// Mixes of the fixtures that other programs wrote (Tests/Fixtures/lerobot).
@Suite struct MixTests {
  static func fixture(_ name: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Fixtures/lerobot/" + name
  }

  static func request(_ out: String) -> MixRequest {
    MixRequest(
      sources: [.init(name: "new", directory: fixture("v30")), .init(name: "old", directory: fixture("v21"))], out: out)
  }

  @Test func theRatioIsExactByEpisodes() throws {
    let folder = try TemporaryDirectory()
    var request = MixTests.request(folder.file("out"))
    request.ratio = [("new", 0.25), ("old", 0.75)]
    request.size = (4, .episodes)
    let report = try mix(request)
    #expect(report.sources.map(\.summary.episodes) == [1, 3] && report.sources.map(\.share) == [0.25, 0.75])
    #expect(try validateDataset(folder.file("out")).errors == 0)
    // Episodes of the v3.0 file that begin within a group of pictures are encoded anew, of v2.1 none.
    #expect(report.sources[1].summary.recoded == 0)
  }

  @Test func asMuchAsTheScarcestAllows() throws {
    let folder = try TemporaryDirectory()
    var request = MixTests.request(folder.file("out"))
    request.ratio = [("new", 0.5), ("old", 0.5)]
    request.unit = .frames
    request.isVirtual = true
    let report = try mix(request)
    #expect(report.sources.map(\.summary.frames) == [130, 130])
  }

  @Test func allProblemsOfARequestComeAtOnce() throws {
    let folder = try TemporaryDirectory()
    var request = MixTests.request(folder.file("out"))
    request.ratio = [("new", 0.5), ("odl", 0.6)]
    request.conditions = [.init(source: "nwe", value: "true")]
    request.model = "gone"
    let error = #expect(throws: InputError.self) { try mix(request) }
    let text = error?.description ?? ""
    for word in ["'odl'", "'nwe'", "'gone'", "says nothing about 'old'", "1.1"] { #expect(text.contains(word)) }
    #expect(folderNames(folder.path) == [])
  }

  /// What a person would call a small accident: flipped bits, cuts, wrong numbers. An error or a mix, nothing else, and
  /// nothing half-written.
  @Test func damagedSourcesAreRefusedOrRead() throws {
    var mutator = ByteMutator(seed: 11)
    let files = try fileTree(MixTests.fixture("v30")).sorted { $0.key < $1.key }
    for round in 0..<40 {
      let folder = try TemporaryDirectory(inMemory: true)
      let victim = files[round % files.count].key
      for (path, bytes) in files {
        try makeFolders(folder.file("source/" + path))
        try writeFile(folder.file("source/" + path), path == victim ? mutator.mutate(bytes) : bytes)
      }
      var request = MixRequest(
        sources: [.init(name: "a", directory: folder.file("source"))], out: folder.file("out"))
      request.seed = 1
      do {
        _ = try mix(request)
        #expect(folderNames(folder.path) == ["out", "source"])
      } catch {
        #expect(error is InputError || error is DatasetError)
        #expect(folderNames(folder.path) == ["source"])
      }
    }
  }
}

/// All folders above a file.
private func makeFolders(_ path: String) throws {
  var at = ""
  for part in path.split(separator: "/").dropLast() {
    at += "/" + part
    try makeFolder(at)
  }
}
