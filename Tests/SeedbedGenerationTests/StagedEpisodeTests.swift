import SeedbedDatasets
import SeedbedEpisodes
import SeedbedGeneration
import Testing
import Video

@Suite struct StagedEpisodeTests {
  static let example = GrownEpisode(
    episode: Episode(
      index: 7, length: 2, task: "Bring den Würfel",
      columns: [.float32([1, -0.5, .pi, 1e-30]), .int64([3, -4]), .bool([true, false])],
      clips: [
        EncodedClip(
          codec: "h264", pixelFormat: "yuv420p", width: 16, height: 18, framesPerSecond: 30, configuration: [1, 2],
          packets: [.init(bytes: [9, 8, 7], isKeyframe: true), .init(bytes: [], isKeyframe: false)])
      ],
      imageStatistics: [
        ImageStatistics(
          min: [0, 0, 0], max: [1, 1, 1], mean: [0.5, 0.4, 0.3], std: [0.1, 0.1, 0.1], q01: [0, 0, 0], q10: [0, 0, 0],
          q50: [0.5, 0.5, 0.5], q90: [1, 1, 1], q99: [1, 1, 1], count: 2)
      ],
      provenance: Provenance(
        origin: "sim", seed: .max, episode: 7, sceneSHA256: "ab", generator: "g", stateHash: "0123456789abcdef",
        success: false, failureCause: "slipped", failureFrame: 1, gatesFailed: "jerk,settle", lcpMessages: 3,
        draws: [DrawRecord(path: "objects/cube/mass", value: 0.1)], instanceJSON: Array("{}".utf8))),
    seconds: StageSeconds())

  @Test func comesBackAsItWas() throws {
    let back = try StagedEpisode.decode(StagedEpisode.encode(Self.example))
    #expect(back.episode == Self.example.episode)
    #expect(back.seconds == Self.example.seconds)
    #expect(back.episode.provenance.lcpMessages == 3)
    #expect(back.statistics == nil)
  }

  @Test func bringsItsStatistics() throws {
    var grown = Self.example
    grown.statistics = [
      FeatureStatistics(.float32([1, -0.5, .pi, 1e-30]), width: 2), FeatureStatistics(.int64([3, -4]), width: 1),
      FeatureStatistics(),
    ]
    #expect(try StagedEpisode.decode(StagedEpisode.encode(grown)).statistics == grown.statistics)
  }

  /// Every flipped bit is noticed; no flipped count crashes.
  @Test func damageIsNoticed() throws {
    let bytes = StagedEpisode.encode(Self.example)
    for i in bytes.indices {
      var damaged = bytes
      damaged[i] ^= UInt8(1 << (i % 8))
      #expect(throws: StagingError.self) { try StagedEpisode.decode(damaged) }
    }
    for length in 0..<bytes.count {
      #expect(throws: StagingError.self) { try StagedEpisode.decode(Array(bytes[..<length])) }
    }
  }

  /// Counts are checked against what is there even where the checksum is right.
  @Test func countsThatLieAreRefused() {
    for value in [Int.max, Int.min, -1, 1 << 40] {
      var out = ByteWriter()
      out.integer(value)
      var text = ByteReader(out.bytes), numbers = ByteReader(out.bytes), list = ByteReader(out.bytes)
      #expect(throws: StagingError.self) { try text.text() }
      #expect(throws: StagingError.self) { try numbers.array(of: 0.0) }
      #expect(throws: StagingError.self) { try list.count(leastBytesEach: 1) }
    }
  }
}
