/// One thing that may vary, by the path of its place in the scene, with the path's hash.
public struct Axis: Sendable, Hashable {
  /// For example `objects/cube/mass`.
  public let path: String
  /// SipHash-2-4 of the path's UTF-8 with the key 0.
  public let hash: UInt64

  public init(_ path: String) {
    self.path = path
    hash = sipHash24(path.utf8)
  }
}

/// The random bits that belong to one axis in one episode of one run.
///
/// A stream depends on nothing but its four coordinates: no stream is another's continuation, so that leaving one out
/// or adding one changes none of the others. Bits come from Philox4x64-10 under the key (seed, hash of the path), with
/// the counter (block, episode, attempt, purpose).
public struct RandomStream: Sendable {
  /// What the bits are for. Streams of different purposes are independent.
  public enum Purpose: UInt64, Sendable {
    /// The axis' own value.
    case value = 0
    /// The order of a shuffled cycle (see `permuted`).
    case order = 1
    /// The keys of a low-discrepancy sequence, which all episodes share.
    case sequence = 2
    /// What a sensor's samples differ by from the truth; the attempt is the sample's number.
    case measurement = 3
  }

  private let key: (UInt64, UInt64)
  private let episode: UInt64
  private let attempt: UInt64
  private let purpose: Purpose
  private var nextBlock: UInt64 = 0
  private var words: Philox4x64.Block = (0, 0, 0, 0)
  private var used = 4

  /// - Parameters:
  ///   - seed: the run's seed.
  ///   - episode: the episode's number.
  ///   - axis: what varies.
  ///   - attempt: 0, then 1, 2, … where a draw had to be repeated.
  public init(seed: UInt64, episode: Int, axis: Axis, attempt: Int = 0, purpose: Purpose = .value) {
    key = (seed, axis.hash)
    self.episode = UInt64(bitPattern: Int64(episode))
    self.attempt = UInt64(bitPattern: Int64(attempt))
    self.purpose = purpose
  }

  public init(seed: UInt64, episode: Int, path: String) {
    self.init(seed: seed, episode: episode, axis: Axis(path))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    if used == 4 {
      words = Philox4x64.block(counter: (nextBlock, episode, attempt, purpose.rawValue), key: key)
      nextBlock &+= 1
      used = 0
    }
    used += 1
    switch used {
    case 1: return words.0
    case 2: return words.1
    case 3: return words.2
    default: return words.3
    }
  }
}
