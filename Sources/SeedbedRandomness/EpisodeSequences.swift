/// Where an episode stands in sequences that cover an axis evenly over the episodes of a run.
///
/// Each is still a pure function of (seed, episode, axis): no episode needs another to be drawn.
public enum EpisodeSequences {
  /// Which of `count` items the episode gets when every item comes once in each cycle of `count` episodes, each cycle in
  /// an order of its own.
  public static func permuted(count: Int, seed: UInt64, episode: Int, axis: Axis) -> Int {
    guard count > 1 else { return 0 }
    let (cycle, position) = floorDivide(episode, count)
    var stream = RandomStream(seed: seed, episode: cycle, axis: axis, purpose: .order)
    var order = Array(0..<count)
    // Fisher and Yates, from the front: the first `position` exchanges fix the wanted entry.
    for i in 0...position where i < count - 1 {
      order.swapAt(i, Int(stream.integer(Int64(i), Int64(count - 1))))
    }
    return order[position]
  }

  /// The item of a plain cycle in which each item stays for `every` episodes.
  public static func cycled(count: Int, every: Int, episode: Int) -> Int {
    floorDivide(floorDivide(episode, max(1, every)).quotient, max(1, count)).remainder
  }

  /// A point of 0..<1 from a low-discrepancy sequence over the episodes: any 2^k episodes from a multiple of 2^k on put
  /// exactly one point into each 2^k-th of the interval, for every k up to 32.
  ///
  /// Van der Corput's sequence, its digits scrambled after Owen (1995). The episode's number is scrambled in the same
  /// nested way first, with a key of the axis too (after Burley, "Practical hash-based Owen scrambling", 2020), so
  /// that two axes pair up at random and a new axis never disturbs an old one, as it would in a joint sequence.
  public static func lowDiscrepancy(seed: UInt64, episode: Int, axis: Axis) -> Double {
    var keys = RandomStream(seed: seed, episode: 0, axis: axis, purpose: .sequence)
    let shuffleKey = keys.next(), digitKey = keys.next()
    let shuffled = nestedScramble(UInt32(truncatingIfNeeded: episode), key: shuffleKey)
    let digits = nestedScramble(bitReversed(shuffled), key: digitKey)
    var stream = RandomStream(seed: seed, episode: episode, axis: axis)
    let low = UInt64(stream.next() >> 43)
    return Double(UInt64(digits) << 21 | low) * 0x1p-53
  }

  /// Flips each bit by a random function of the bits above it.
  static func nestedScramble(_ x: UInt32, key: UInt64) -> UInt32 {
    var result: UInt32 = 0
    for level in 0..<32 {
      let above = level == 0 ? 0 : UInt64(x >> UInt32(32 - level))
      let flip = mix(key ^ mix(above << 6 | UInt64(level))) & 1
      let bit = x >> UInt32(31 - level) & 1
      result |= (bit ^ UInt32(flip)) << UInt32(31 - level)
    }
    return result
  }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014), after its increment.
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func bitReversed(_ value: UInt32) -> UInt32 {
    var x = value
    x = (x >> 1 & 0x5555_5555) | (x & 0x5555_5555) << 1
    x = (x >> 2 & 0x3333_3333) | (x & 0x3333_3333) << 2
    x = (x >> 4 & 0x0f0f_0f0f) | (x & 0x0f0f_0f0f) << 4
    return x.byteSwapped
  }

  private static func floorDivide(_ a: Int, _ b: Int) -> (quotient: Int, remainder: Int) {
    let (q, r) = a.quotientAndRemainder(dividingBy: b)
    return r < 0 ? (q - 1, r + b) : (q, r)
  }
}
