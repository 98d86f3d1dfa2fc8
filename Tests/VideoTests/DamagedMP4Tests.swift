import SeedbedTestSupport
import Testing
import Video

/// Damage ends in a `VideoError` or in frames, never in a trap, a hang or a huge allocation.
@Suite struct DamagedMP4Tests {
  private func sample(_ folder: borrowing TemporaryDirectory) throws -> [UInt8] {
    let clip = try encode(width: 32, height: 32, frames: 6)
    let path = folder.file("sample.mp4")
    var writer = try MP4Writer(path: path, format: clip)
    try writer.append(clip)
    try writer.append(clip)
    try writer.finish()
    return try readFile(path)
  }

  /// True when everything could be read and decoded.
  private func tryAll(_ path: String) -> Bool {
    do throws(VideoError) {
      var reader = try MP4Reader(path: path)
      _ = try reader.packets(0..<reader.frameCount)
      var frames = 0
      try decodeRGB(MovieReader(path: path), 0..<reader.frameCount) { _, _ in frames += 1 }
      #expect(frames == reader.frameCount)
      return true
    } catch {
      #expect(error.subject == path)
      #expect(!error.reason.isEmpty)
      return false
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let folder = try TemporaryDirectory()
    let bytes = try sample(folder)
    #expect(tryAll(folder.file("sample.mp4")))
    let path = folder.file("cut.mp4")
    for count in stride(from: 0, to: bytes.count, by: 7) {
      try writeFile(path, bytes[..<count])
      #expect(!tryAll(path), "cut to \(count) of \(bytes.count)")
    }
  }

  @Test func mutationsNeverTrap() throws {
    let folder = try TemporaryDirectory()
    let bytes = try sample(folder)
    var mutator = ByteMutator(seed: 1)
    let path = folder.file("damaged.mp4")
    var refused = 0
    for _ in 0..<1200 {
      try writeFile(path, mutator.mutate(bytes))
      if !tryAll(path) { refused += 1 }
    }
    #expect(refused > 400)
  }

  /// Each field of the sample table in turn gets values that would run out of bounds or memory.
  @Test func everyWordOfTheSampleTableMayBeHostile() throws {
    let folder = try TemporaryDirectory()
    let bytes = try sample(folder)
    let name = Array("moov".utf8)
    let moov = try #require(bytes.indices.last { bytes[$0...].starts(with: name) })
    let path = folder.file("hostile.mp4")
    for at in stride(from: moov - 4, to: bytes.count - 3, by: 4) {
      for value: UInt32 in [0, 0x7FFF_FFFF, 0xFFFF_FFFF] {
        var damaged = bytes
        for i in 0..<4 { damaged[at + i] = UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * i)) }
        try writeFile(path, damaged)
        _ = tryAll(path)
      }
    }
  }
}
