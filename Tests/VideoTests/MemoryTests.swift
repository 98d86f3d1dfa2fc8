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

  @Test(arguments: CodecTests.all) func whatMemoryHeldBeforeChangesNoByte(settings: VideoSettings) throws {
    var random = TestRandom(seed: 7)
    for (width, height) in [(64, 64), (96, 96)] {
      func clip() throws -> EncodedClip { try encode(width: width, height: height, frames: 20, settings: settings) }
      let first = try clip()
      for _ in 0..<(settings.codec == "h264" ? 60 : 6) {
        soil(&random)
        #expect(try clip() == first)
      }
    }
  }
}
