import FoundationEssentials
import SeedbedGeneration
import SeedbedTestSupport
import Testing

@Suite struct JournalTests {
  private func written(_ path: String, _ entries: [Journal.Entry]) throws {
    var journal = try Journal(path: path)
    for entry in entries { try journal.append(entry) }
  }

  private let entries: [Journal.Entry] = [
    .committed(0, bytes: 17, summary: WorkerMessageTests.summary),
    .quarantined(1, signal: "SIGABRT", reason: "ODE says\nno"), .committed(2, bytes: 3, summary: EpisodeSummary()),
  ]

  @Test func entriesComeBack() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/journal"
    #expect(try Journal.read(path).isEmpty)
    try written(path, entries)
    #expect(try Journal.read(path) == [0: entries[0], 1: entries[1], 2: entries[2]])
  }

  /// A torn line costs its own entry alone, also when the journal is gone on with.
  @Test func everyTornEndLeavesTheLinesBefore() throws {
    let folder = try TemporaryDirectory()
    let whole = folder.path + "/whole", torn = folder.path + "/torn"
    try written(whole, entries)
    let bytes = Array(try Data(contentsOf: URL(filePath: whole)))
    let second = try #require(bytes.firstIndex(of: 10)) + 1
    for length in stride(from: 0, to: bytes.count, by: 7) {
      try Data(bytes[..<length]).write(to: URL(filePath: torn))
      try written(torn, [.quarantined(9, signal: "hang", reason: "late")])
      let read = try Journal.read(torn)
      #expect(read[9] == .quarantined(9, signal: "hang", reason: "late"))
      #expect((read[0] != nil) == (length >= second - 1))
      if let first = read[0] { #expect(first == entries[0]) }
    }
  }

  @Test func aFlippedBitIsNotBelieved() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/journal"
    try written(path, entries)
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    for at in stride(from: 0, to: bytes.count, by: 5) {
      var damaged = bytes
      damaged[at] ^= 4
      try Data(damaged).write(to: URL(filePath: path))
      for (k, entry) in try Journal.read(path) { #expect(entries[k] == entry) }
    }
  }
}
