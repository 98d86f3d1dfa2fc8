import SeedbedTestSupport
import Testing
import Video

/// Pictures without a sample table.
@Suite struct PictureWalkTests {
  private func write(_ clips: [EncodedClip], to path: String) throws -> [UInt8] {
    var writer = try MP4Writer(path: path, format: clips[0])
    for clip in clips { try writer.append(clip) }
    try writer.finish()
    return try readFile(path)
  }

  @Test func allPicturesAreFoundWithoutTheTable() throws {
    let folder = try TemporaryDirectory()
    let clips = [try encode(frames: 20, seed: 1), try encode(frames: 1, seed: 2), try encode(frames: 33, seed: 3)]
    let bytes = try write(clips, to: folder.file("whole.mp4"))
    let table = try #require(
      bytes.indices.dropLast(3).last { bytes[$0..<$0 + 4].elementsEqual(Array("moov".utf8)) })
    for end in [bytes.count, table - 4] {
      // The boxes in front of the pictures are of no use either.
      try writeFile(folder.file("cut.mp4"), [UInt8](repeating: 9, count: 48) + bytes[48..<end])
      let walk = try PictureWalk(path: folder.file("cut.mp4"))
      #expect(walk.count == 54)
      #expect(try walk.packets(0..<54) == clips.flatMap(\.packets))
      #expect(try walk.packets(20..<21) == clips[1].packets)
    }
  }

  @Test func damageEndsTheWalk() throws {
    let folder = try TemporaryDirectory()
    let clip = try encode(frames: 12)
    let bytes = try write([clip], to: folder.file("whole.mp4"))
    let third = 48 + clip.packets[0].bytes.count + clip.packets[1].bytes.count
    for (place, mask) in [(third, 0x80), (third + 4, 0x0F), (third + 4, 0x80)] {
      var damaged = bytes
      damaged[place] ^= UInt8(mask)
      try writeFile(folder.file("damaged.mp4"), damaged)
      let walk = try PictureWalk(path: folder.file("damaged.mp4"))
      #expect(walk.count == 2)
      #expect(try walk.packets(0..<2) == Array(clip.packets[..<2]))
      #expect(throws: VideoError.self) {
        let walk = try PictureWalk(path: folder.file("damaged.mp4"))
        return try walk.packets(1..<3)
      }
    }
    var mutator = ByteMutator(seed: 4)
    for _ in 0..<300 {
      try writeFile(folder.file("damaged.mp4"), mutator.mutate(bytes))
      let walk = try PictureWalk(path: folder.file("damaged.mp4"))
      #expect(try walk.packets(0..<walk.count).count == walk.count)
    }
  }

  @Test func keyframesAreKnownByTheirBytes() throws {
    var settings = VideoSettings()
    settings.groupOfPictures = 5
    let clip = try encode(frames: 23, settings: settings)
    #expect(clip.packets.count(where: \.isKeyframe) > 3)
    for packet in clip.packets { #expect(packet.isInstantRefresh == packet.isKeyframe) }
    let format = try VideoEncoder(width: 64, height: 48, framesPerSecond: 30, settings: settings).format
    #expect(format.packets.isEmpty && format.configuration == clip.configuration)
  }
}
