import Glibc
import SeedbedTestSupport
import Testing
import Video

/// Encoders must not decide by what an earlier user of their memory left there.
@Suite(.serialized) struct MemoryTests {
  /// Leaves blocks of many sizes full of `random` bytes on the heap.
  private func soil(_ random: inout TestRandom) {
    var blocks: [UnsafeMutableRawPointer] = []
    for _ in 0..<400 {
      let size = (16 << Int(random.next() % 15)) + Int(random.next() % 64)
      guard let block = malloc(size) else { continue }
      memset(block, Int32(random.next() & 255), size)
      blocks.append(block)
    }
    while !blocks.isEmpty { free(blocks.remove(at: Int(random.next() % UInt64(blocks.count)))) }
  }

  /// Stripes that move: coding them makes the encoder look beyond the picture's edges.
  private func stripes(_ settings: VideoSettings, width: Int, height: Int) throws -> EncodedClip {
    var encoder = try VideoEncoder(width: width, height: height, framesPerSecond: 30, settings: settings)
    for frame in 0..<30 {
      var rgb: [UInt8] = []
      for y in 0..<height {
        for x in 0..<width {
          for channel in 0..<3 {
            rgb.append(UInt8(truncatingIfNeeded: (x * 7 / 4 + y * 3 + frame * 2 + channel * 40) ^ ((x * y) >> 6)))
          }
        }
      }
      let planes = i420(rgb: rgb, width: width, height: height)
      try planes.withUnsafeBufferPointer { buffer throws(VideoError) in try encoder.append(i420: buffer) }
    }
    return try encoder.finish()
  }

  @Test(arguments: CodecTests.all) func whatMemoryHeldBeforeChangesNoByte(settings: VideoSettings) throws {
    var random = TestRandom(seed: 7)
    for (width, height) in [(64, 64), (96, 96)] {
      let first = try stripes(settings, width: width, height: height)
      for _ in 0..<(settings.codec == "h264" ? 60 : 4) {
        soil(&random)
        #expect(try stripes(settings, width: width, height: height) == first)
      }
    }
  }
}
