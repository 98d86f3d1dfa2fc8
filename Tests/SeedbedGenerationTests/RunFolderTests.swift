import FoundationEssentials
import SeedbedGeneration
import SeedbedTestSupport
import Testing

/// The folder shows the same content whatever was interrupted.
@Suite struct RunFolderTests {
  private let files = ["README.md", "meta/info.json", "meta/seedbed/run.json", "data/chunk-000/file-000.parquet"]

  private func fill(_ directory: String, _ mark: String) throws {
    for file in files {
      let url = URL(filePath: directory + "/" + file)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data((mark + file).utf8).write(to: url)
    }
  }

  private func shows(_ folder: RunFolder, _ mark: String) -> Bool {
    files.allSatisfy { file in
      (try? Data(contentsOf: URL(filePath: folder.path + "/" + file))) == Data((mark + file).utf8)
    }
  }

  private func grown(_ place: borrowing TemporaryDirectory) throws -> RunFolder {
    let folder = RunFolder(place.path)
    #expect(try folder.content() == .empty)
    try folder.begin()
    try fill(folder.generation(0), "a")
    try folder.show(0)
    return folder
  }

  @Test func generationsReplaceEachOther() throws {
    let place = try TemporaryDirectory()
    let folder = try grown(place)
    #expect(shows(folder, "a"))
    #expect(try folder.content() == .unfinished)
    try FileManager.default.createDirectory(atPath: folder.generation(1), withIntermediateDirectories: true)
    try fill(folder.generation(1), "b")
    #expect(shows(folder, "a"))
    try folder.show(1)
    #expect(shows(folder, "b"))
    #expect(!FileManager.default.fileExists(atPath: folder.generation(0)))
    try folder.settle(keepingWork: false)
    #expect(shows(folder, "b"))
    #expect(try folder.content() == .finished)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["README.md", "data", "meta"])
  }

  /// Generation 0 of a new run holds only the store; the first packed one brings `data`.
  @Test func theFirstPackedPartAppearsInOneStep() async throws {
    for _ in 0..<20 {
      let place = try TemporaryDirectory()
      let folder = RunFolder(place.path)
      try folder.begin()
      let run = URL(filePath: folder.generation(0) + "/meta/seedbed/run.json")
      try FileManager.default.createDirectory(at: run.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: run)
      try folder.show(0)
      try FileManager.default.createDirectory(atPath: folder.generation(1), withIntermediateDirectories: true)
      try fill(folder.generation(1), "b")
      let watcher = Task.detached { [files] in
        while !FileManager.default.fileExists(atPath: folder.path + "/meta/info.json") {}
        return files.filter { !FileManager.default.fileExists(atPath: folder.path + "/" + $0) }
      }
      try folder.show(1)
      #expect(await watcher.value == [])
    }
  }

  /// Killed after its links were made and before it was shown.
  @Test func linksThatLeadNowhereAreNoHindrance() throws {
    let place = try TemporaryDirectory()
    let folder = try grown(place)
    try folder.settle(keepingWork: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/videos", withDestinationPath: ".seedbed/current/videos")
    try folder.adopt()
    #expect(shows(folder, "a"))
  }

  @Test func aFinishedFolderIsTakenBack() throws {
    let place = try TemporaryDirectory()
    let folder = try grown(place)
    try folder.settle(keepingWork: false)
    try folder.adopt()
    #expect(shows(folder, "a"))
    #expect(folder.currentNumber == 0)
    try folder.adopt()
    try folder.settle(keepingWork: true)
    #expect(shows(folder, "a"))
    #expect(try folder.content() == .unfinished)
    try folder.adopt()
    try folder.settle(keepingWork: false)
    #expect(shows(folder, "a"))
    #expect(try folder.content() == .finished)
  }

  /// Killed after any number of exchanges.
  @Test(arguments: 0...3)
  func aHalfSettledFolderIsTakenBack(_ exchanged: Int) throws {
    let place = try TemporaryDirectory()
    let folder = try grown(place)
    for name in ["README.md", "data", "meta"].prefix(exchanged) {
      let outside = folder.path + "/" + name, inside = folder.generation(0) + "/" + name
      try FileManager.default.removeItem(atPath: outside)
      try FileManager.default.moveItem(atPath: inside, toPath: outside)
      try FileManager.default.createSymbolicLink(
        atPath: inside, withDestinationPath: ".seedbed/current/" + name)
    }
    #expect(shows(folder, "a"))
    try folder.adopt()
    #expect(shows(folder, "a"))
    try folder.settle(keepingWork: false)
    #expect(shows(folder, "a"))
    #expect(try folder.content() == .finished)
  }
}
