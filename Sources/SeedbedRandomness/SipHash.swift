/// SipHash-2-4 of the bytes: a keyed 64-bit hash whose value is fixed for all time, unlike `hashValue`.
///
/// Aumasson, Bernstein: "SipHash: a fast short-input PRF" (2012).
public func sipHash24(_ bytes: some Collection<UInt8>, key: (UInt64, UInt64) = (0, 0)) -> UInt64 {
  var state = SipState(key: key)
  var word: UInt64 = 0
  var filled = 0
  for byte in bytes {
    word |= UInt64(byte) << UInt64(8 * filled)
    filled += 1
    if filled == 8 {
      state.absorb(word)
      word = 0
      filled = 0
    }
  }
  state.absorb(word | UInt64(truncatingIfNeeded: bytes.count) << 56)
  return state.finish()
}

private struct SipState {
  var v0: UInt64, v1: UInt64, v2: UInt64, v3: UInt64

  init(key: (UInt64, UInt64)) {
    v0 = key.0 ^ 0x736f_6d65_7073_6575
    v1 = key.1 ^ 0x646f_7261_6e64_6f6d
    v2 = key.0 ^ 0x6c79_6765_6e65_7261
    v3 = key.1 ^ 0x7465_6462_7974_6573
  }

  mutating func absorb(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  mutating func finish() -> UInt64 {
    v2 ^= 0xff
    for _ in 0..<4 { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }

  private mutating func round() {
    v0 &+= v1
    v1 = rotateLeft(v1, 13) ^ v0
    v0 = rotateLeft(v0, 32)
    v2 &+= v3
    v3 = rotateLeft(v3, 16) ^ v2
    v0 &+= v3
    v3 = rotateLeft(v3, 21) ^ v0
    v2 &+= v1
    v1 = rotateLeft(v1, 17) ^ v2
    v2 = rotateLeft(v2, 32)
  }

  private func rotateLeft(_ x: UInt64, _ n: UInt64) -> UInt64 { x << n | x >> (64 - n) }
}
