import Glibc
import ProtocolBuffers
import SeedbedTestSupport
import TFRecord
import Testing

@Suite struct TFRecordTests {
  private func example() -> ExampleWriter {
    var example = ExampleWriter()
    example.floats("steps/action", [0, -1.5, .infinity])
    example.integers("steps/is_first", [1, 0, -9_000_000_000])
    example.texts("steps/language_instruction", ["pick", "", "gräser"])
    example.bytes("steps/observation/image", [.place(0..<3), .bytes([7])])
    return example
  }

  private func write(_ path: String) throws {
    var file = try RecordWriter(path: path)
    for _ in 0..<2 { try example().write(to: &file) { range throws(TFRecordError) in range.map { UInt8($0) } } }
    try file.finish()
  }

  @Test func examplesReadBack() throws {
    let folder = try TemporaryDirectory()
    try write(folder.file("a"))
    let file = try RecordFile(path: folder.file("a"))
    let first = try #require(try file.record(at: 0))
    #expect(first.count == example().count)
    let second = try #require(try file.record(at: RecordFile.end(of: first)))
    #expect(try file.record(at: RecordFile.end(of: second)) == nil)
    let reader = try ExampleReader(file, second)
    #expect(reader.names.count == 4)
    #expect(try reader.values("steps/action", file) == .floats([0, -1.5, .infinity]))
    #expect(try reader.values("steps/is_first", file) == .integers([1, 0, -9_000_000_000]))
    guard case .bytes(let texts)? = try reader.values("steps/language_instruction", file),
      case .bytes(let pictures)? = try reader.values("steps/observation/image", file)
    else { throw TFRecordError(.damaged, "", "no bytes") }
    #expect(try texts.map { String(decoding: try file.read($0), as: UTF8.self) } == ["pick", "", "gräser"])
    #expect(try pictures.map { try file.read($0) } == [[0, 1, 2], [7]])
    #expect(try reader.values("other", file) == nil)
  }

  /// The record of TensorFlow's own documentation: length, masked checksum, data, masked checksum.
  @Test func framing() throws {
    let folder = try TemporaryDirectory()
    var file = try RecordWriter(path: folder.file("a"))
    try file.begin(length: 0)
    try file.end()
    try file.finish()
    let read = try RecordFile(path: folder.file("a"))
    #expect(try read.read(0..<16) == [0, 0, 0, 0, 0, 0, 0, 0, 0x29, 0x03, 0x98, 0x07, 0xD8, 0xEA, 0x82, 0xA2])
  }

  @Test func damageIsAnErrorOrNothing() throws {
    let folder = try TemporaryDirectory(inMemory: true)
    let path = folder.file("a")
    try write(path)
    let original = try RecordFile(path: path)
    let whole = try original.read(0..<original.size)
    var mutator = ByteMutator(seed: 3)
    var found = 0
    for _ in 0..<2000 {
      let damaged = mutator.mutate(whole)
      if damaged == whole { continue }
      guard let out = fopen(path, "we") else { continue }
      fwrite(damaged, 1, damaged.count, out)
      fclose(out)
      do {
        let file = try RecordFile(path: path)
        var at = 0
        while let data = try file.record(at: at) {
          let reader = try ExampleReader(file, data)
          for name in reader.names { _ = try reader.values(name, file) }
          at = RecordFile.end(of: data)
        }
        // Whole records cut out leave a sound file.
        #expect(damaged.count < whole.count)
      } catch is TFRecordError {
        found += 1
      }
    }
    #expect(found > 1900)
  }

  /// What no checksum protects: the message itself.
  @Test func damagedMessages() throws {
    let folder = try TemporaryDirectory(inMemory: true)
    let path = folder.file("a")
    try write(path)
    let original = try RecordFile(path: path)
    let message = try original.read(try #require(try original.record(at: 0)))
    var mutator = ByteMutator(seed: 4)
    for _ in 0..<2000 {
      let damaged = mutator.mutate(message)
      var out = try RecordWriter(path: path)
      try out.begin(length: damaged.count)
      try out.add(damaged)
      try out.end()
      try out.finish()
      let file = try RecordFile(path: path)
      let data = try #require(try file.record(at: 0))
      do {
        let reader = try ExampleReader(file, data)
        for name in reader.names { _ = try reader.values(name, file) }
      } catch is TFRecordError {}
    }
  }
}
