import Foundation
import SeedbedDatasets
import SeedbedTestSupport
import Testing

@Suite struct TarArchiveTests {
  private let members = [
    TarArchive.Member(path: "meta/run.json", bytes: Array("{\"seed\": 1}\n".utf8)),
    TarArchive.Member(path: "meta/empty", bytes: []),
    TarArchive.Member(path: "meta/block", bytes: [UInt8](repeating: 7, count: 512)),
    TarArchive.Member(path: "meta/large", bytes: (0..<40_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 5) }),
  ]

  @Test func membersComeBack() throws {
    let archive = try #require(TarArchive.encode(members))
    #expect(TarArchive.salvage(archive) == members)
    #expect(TarArchive.encode(members) == archive)
    #expect(TarArchive.salvage([]) == [])
    #expect(TarArchive.encode([.init(path: String(repeating: "a", count: 101), bytes: [])]) == nil)
  }

  @Test func theToolsOfTheSystemReadIt() throws {
    let folder = try TemporaryDirectory()
    try writeFile(folder.file("a.tar.zst"), try #require(TarArchive.encode(members)))
    let unpack = Process()
    unpack.executableURL = URL(filePath: "/bin/sh")
    unpack.arguments = ["-c", "cd \(folder.path) && zstd -dqc a.tar.zst | tar -xf -"]
    try unpack.run()
    unpack.waitUntilExit()
    #expect(unpack.terminationStatus == 0)
    for member in members { #expect(try readFile(folder.file(member.path)) == member.bytes) }
  }

  /// A flipped bit costs one member at most, and what comes back is never anything else than what was put in.
  @Test func damageCostsOneMember() throws {
    let archive = try #require(TarArchive.encode(members))
    for place in archive.indices {
      var damaged = archive
      damaged[place] ^= 1 << UInt8(place % 8)
      let left = TarArchive.salvage(damaged)
      #expect(left.count >= members.count - 1)
      #expect(left.allSatisfy(members.contains))
    }
    for count in stride(from: 0, to: archive.count, by: 5) {
      #expect(members.starts(with: TarArchive.salvage(Array(archive[..<count]))))
    }
  }
}
