import Glibc
import MCAP
import SeedbedTestSupport
import Testing

@Suite struct MCAPTests {
  private let schema = MCAPSchema(name: "test.Message", encoding: "protobuf", data: [1, 2, 3])

  private func write(_ path: String) throws {
    var file = try MCAPWriter(path: path, library: "test") { _ in nil }
    try file.addMetadata("tags", ["origin": "sim", "seed": "7"])
    let a = file.add(MCAPChannel(topic: "/a", messageEncoding: "protobuf", schema: schema, metadata: ["x": "y"]))
    for i in 0..<20 { try file.add([UInt8(i)], to: a, time: UInt64(i) * 1_000_000) }
    let b = file.add(MCAPChannel(topic: "/b", messageEncoding: "json", schema: nil))
    try file.add([], to: b, time: 5)
    try file.finish()
  }

  @Test func messagesReadBack() throws {
    let folder = try TemporaryDirectory()
    try write(folder.file("a"))
    var reader = try MCAPReader(path: folder.file("a")) { _, _, _ in nil }
    var messages: [MCAPReader.Message] = []
    while let message = try reader.next() { messages.append(message) }
    #expect(messages.count == 21)
    #expect(messages[..<20].map(\.data) == (0..<20).map { [UInt8($0)] })
    #expect(messages.map(\.logTime).max() == 19_000_000)
    #expect(reader.channels.map(\.topic) == ["/a", "/b"])
    #expect(reader.channels[0].schema == schema && reader.channels[0].metadata == ["x": "y"])
    #expect(reader.metadata.first?.values == ["origin": "sim", "seed": "7"])
  }

  @Test func damageIsAnErrorOrLess() throws {
    let folder = try TemporaryDirectory(inMemory: true)
    let path = folder.file("a")
    try write(path)
    guard let input = fopen(path, "re") else { return }
    var whole = [UInt8](repeating: 0, count: 1 << 16)
    whole.removeSubrange(fread(&whole, 1, whole.count, input)...)
    fclose(input)
    var mutator = ByteMutator(seed: 9)
    var errors = 0
    for _ in 0..<2000 {
      let damaged = mutator.mutate(whole)
      guard let out = fopen(path, "we") else { continue }
      fwrite(damaged, 1, damaged.count, out)
      fclose(out)
      do {
        var reader = try MCAPReader(path: path) { _, bytes, _ in bytes }
        var count = 0
        while try reader.next() != nil { count += 1 }
        #expect(count <= 42)
      } catch is MCAPError {
        errors += 1
      }
    }
    #expect(errors > 500)
  }
}
