import SeedbedRandomness
import Testing

@Suite struct GeneratorTests {
  /// From the Random123 distribution's known-answer file, philox4x64 with 10 rounds.
  @Test func philoxKnownAnswers() {
    let ones = UInt64.max
    #expect(
      Philox4x64.block(counter: (0, 0, 0, 0), key: (0, 0)) == (
        0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b
      ))
    #expect(
      Philox4x64.block(counter: (ones, ones, ones, ones), key: (ones, ones)) == (
        0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0
      ))
    #expect(
      Philox4x64.block(
        counter: (0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89),
        key: (0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c)) == (
          0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5, 0x57bd_43b5_e52b_7fe6
        ))
  }

  /// From the SipHash reference implementation: key 00 01 … 0f, message 00 01 … of lengths 0, 1, 8 and 15.
  @Test(
    arguments: [
      (0, 0x726f_db47_dd0e_0e31), (1, 0x74f8_39c5_93dc_67fd), (8, 0x93f5_f579_9a93_2462), (15, 0xa129_ca61_49be_45e5),
    ] as [(Int, UInt64)])
  func sipHashKnownAnswers(length: Int, expected: UInt64) {
    let message = (0..<length).map(UInt8.init)
    #expect(sipHash24(message, key: (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)) == expected)
  }

  @Test func everyCoordinateMatters() {
    func first(_ seed: UInt64, _ episode: Int, _ path: String, _ attempt: Int, _ purpose: RandomStream.Purpose)
      -> UInt64
    {
      var stream = RandomStream(seed: seed, episode: episode, axis: Axis(path), attempt: attempt, purpose: purpose)
      return stream.next()
    }
    let streams = [
      first(1, 2, "a", 0, .value), first(2, 2, "a", 0, .value), first(1, 3, "a", 0, .value),
      first(1, 2, "b", 0, .value), first(1, 2, "a", 1, .value), first(1, 2, "a", 0, .order),
    ]
    #expect(Set(streams).count == streams.count)
    #expect(first(1, 2, "a", 0, .value) == streams[0])
  }

  /// A stream runs through the blocks of its counter and nothing else.
  @Test func streamIsTheCounterMode() {
    let axis = Axis("objects/cube/mass")
    var stream = RandomStream(seed: 7, episode: 11, axis: axis, attempt: 3)
    for block in 0..<3 as Range<UInt64> {
      let words = Philox4x64.block(counter: (block, 11, 3, 0), key: (7, axis.hash))
      #expect([stream.next(), stream.next(), stream.next(), stream.next()] == [words.0, words.1, words.2, words.3])
    }
  }

  @Test func streamsOfNeighbouringEpisodesAreIndependent() {
    var bits = [Int](repeating: 0, count: 64)
    let count = 4000
    for episode in 0..<count {
      var here = RandomStream(seed: 5, episode: episode, path: "x"),
        there = RandomStream(seed: 5, episode: episode + 1, path: "x")
      let difference = here.next() ^ there.next()
      for bit in 0..<64 where difference >> UInt64(bit) & 1 == 1 { bits[bit] += 1 }
    }
    // Five standard deviations of a fair coin.
    for bit in bits { #expect(abs(Double(bit) - 2000) < 5 * 31.7) }
  }
}
