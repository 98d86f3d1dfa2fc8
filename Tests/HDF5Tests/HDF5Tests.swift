import HDF5
import SeedbedTestSupport
import Testing

@Suite struct HDF5Tests {
  @Test func everythingReadsBack() throws {
    let folder = try TemporaryDirectory()
    let path = folder.file("a.hdf5")
    let pictures = (0..<5 * 4 * 6 * 3).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    do {
      let file = try HDF5File(creating: path)
      try file.makeGroup("/data")
      try file.setAttribute("count", of: "/data", .integer([5]))
      try file.setAttribute("rate", of: "/data", .double([0.1]))
      try file.setAttribute("sim", of: "/data", .bool([true]))
      try file.setAttribute("text", of: "/data", .string("Grüße"))
      try file.setAttribute("list", of: "/data", .text([Array("a".utf8), Array("bc".utf8)]), isList: true)
      try file.write(
        "/data/floats", .float([1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude]), shape: [2, 2])
      try file.write("/data/doubles", .double([0.1, .pi]), shape: [2])
      try file.write("/data/small", .integer([-7, 300]), shape: [2], as: .integer(bytes: 2, isSigned: true))
      try file.write("/data/bits", .integer([-1]), shape: [1], as: .integer(bytes: 8, isSigned: false))
      try file.write("/data/flags", .bool([true, false]), shape: [2])
      try file.write("/data/words", .text([Array("one".utf8), [], Array("three".utf8)]), shape: [3])
      try file.write("/data/names", .text([Array("demo_0".utf8), Array("d".utf8)]), shape: [2], as: .fixedText(6))
      let dataset = try file.makeDataset(
        "/data/pictures", .init(.uint8, shape: [5, 4, 6, 3], chunkRows: 1, deflate: 4, isShuffled: true))
      for row in 0..<5 { try dataset.write(.byte(Array(pictures[row * 72..<row * 72 + 72])), rows: row..<row + 1) }
      try file.link("/data/floats", as: "/data/again")
      try file.finish()
    }
    let file = try HDF5File(reading: path)
    #expect(try file.names(in: "/data").count == 9)
    #expect(file.kind("/data") == .group && file.kind("/data/words") == .dataset && file.kind("/nothing") == nil)
    #expect(try file.attributeNames(of: "/data") == ["count", "list", "rate", "sim", "text"])
    #expect(try file.attribute("count", of: "/data") == .integer([5]))
    #expect(try file.attribute("rate", of: "/data") == .double([0.1]))
    #expect(try file.attribute("sim", of: "/data") == .bool([true]))
    #expect(try file.attribute("text", of: "/data")?.string == "Grüße")
    #expect(try file.attribute("list", of: "/data") == .text([Array("a".utf8), Array("bc".utf8)]))
    #expect(try file.attribute("missing", of: "/data") == nil)
    let again = try file.dataset("/data/again").read()
    #expect(again == .float([1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude]))
    #expect(try file.dataset("/data/doubles").read() == .double([0.1, .pi]))
    #expect(try file.dataset("/data/small").read() == .integer([-7, 300]))
    #expect(try file.dataset("/data/bits").read() == .integer([-1]))
    #expect(try file.dataset("/data/flags").read() == .bool([true, false]))
    #expect(try file.dataset("/data/words").read() == .text([Array("one".utf8), [], Array("three".utf8)]))
    #expect(try file.dataset("/data/names").read() == .text([Array("demo_0".utf8), Array("d".utf8)]))
    let dataset = try file.dataset("/data/pictures")
    #expect(dataset.shape == [5, 4, 6, 3] && dataset.rowWidth == 72)
    #expect(try dataset.read(rows: 3..<5) == .byte(Array(pictures[216...])))
    #expect(throws: HDF5Error.self) { try dataset.read(rows: 3..<6) }
  }

  /// No time stands in the file.
  @Test func equalContentIsEqualBytes() async throws {
    let folder = try TemporaryDirectory()
    for name in ["a", "b"] {
      let file = try HDF5File(creating: folder.file(name))
      try file.makeGroup("/g")
      try file.write("/g/x", .float([1, 2]), shape: [2])
      try file.setAttribute("t", of: "/g", .string("x"))
      try file.finish()
      try await Task.sleep(for: .milliseconds(name == "a" ? 1100 : 0))
    }
    #expect(try bytes(folder.file("a")) == bytes(folder.file("b")))
  }

  @Test func whatIsNoFileIsAnError() throws {
    let folder = try TemporaryDirectory()
    #expect(throws: HDF5Error.self) { _ = try HDF5File(reading: folder.path) }
    #expect(throws: HDF5Error.self) { _ = try HDF5File(reading: folder.file("missing")) }
    #expect(throws: HDF5Error.self) { _ = try HDF5File(creating: folder.file("no/such/folder")) }
  }

  /// The library's text of a failed `write`.
  @Test func aFailedCallIsToldInTheSystemsWords() {
    let text =
      "file write failed: time = Sat Nov 21 22:57:59 2026\n, filename = 'a', file descriptor = 6, errno = 28, "
      + "error message = 'No space left on device', buf = 0x7fc3404d7a40, total write size = 214573"
    #expect(Library.systemReason(text) == "No space left on device")
    #expect(Library.systemReason("bad object header") == "bad object header")
  }
}
