import Parquet
import SeedbedTestSupport
import Testing

@Suite struct ZstandardTests {
  private let content: [UInt8] = (0..<5000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }

  @Test func framesComeBackOneAfterAnother() throws {
    let first = try #require(Zstandard.frame(content)), second = try #require(Zstandard.frame([]))
    #expect(first.starts(with: Zstandard.magic) && first.count < content.count)
    let all = [7, 7] + first + second
    let read = try #require(Zstandard.content(of: all, at: 2, limit: 5000))
    #expect(read.bytes == content && read.end == 2 + first.count)
    #expect(Zstandard.content(of: all, at: read.end, limit: 0)?.bytes == [])
    #expect(Zstandard.frame(content) == first)
  }

  @Test func whatIsNotAWholeFrameIsNone() throws {
    let frame = try #require(Zstandard.frame(content))
    #expect(Zstandard.content(of: frame, at: 0, limit: 4999) == nil)
    for place in [-1, 1, frame.count, frame.count + 9] {
      #expect(Zstandard.content(of: frame, at: place, limit: 1 << 20) == nil)
    }
    for place in frame.indices {
      var damaged = frame
      damaged[place] ^= 1 << UInt8(place % 8)
      let read = Zstandard.content(of: damaged, at: 0, limit: 1 << 20)
      #expect(read == nil || read?.bytes == content)
      #expect(Zstandard.content(of: Array(frame[..<place]), at: 0, limit: 1 << 20) == nil)
    }
  }
}
