/// Philox4x64-10, a counter-based generator: a keyed bijection of 256-bit counters, so that any block of random
/// bits is reached directly, without a state that runs on.
///
/// Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
public enum Philox4x64 {
  /// Four 64-bit words.
  public typealias Block = (UInt64, UInt64, UInt64, UInt64)

  /// The random block that belongs to a counter under a key.
  public static func block(counter: Block, key: (UInt64, UInt64)) -> Block {
    var c = counter, k = key
    for round in 0..<10 {
      if round > 0 {
        k.0 &+= 0x9E37_79B9_7F4A_7C15
        k.1 &+= 0xBB67_AE85_84CA_A73B
      }
      let first = c.0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let second = c.2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      c = (second.high ^ c.1 ^ k.0, second.low, first.high ^ c.3 ^ k.1, first.low)
    }
    return c
  }
}
