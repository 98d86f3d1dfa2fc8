/// The times of an episode's frames, nanoseconds.
struct MCAPGrid {
  struct Span {
    var first = UInt64.max, last: UInt64 = 0, count = 0
    init() {}

    /// Of times in their order; nil of none.
    init?(_ times: [UInt64]) {
      guard let first = times.first, let last = times.last else { return nil }
      (self.first, self.last, count) = (first, last, times.count)
    }

    mutating func add(_ time: UInt64) {
      first = min(first, time)
      last = max(last, time)
      count += 1
    }
  }

  private static let mostFrames = 10_000_000
  /// Nanoseconds that a message may come after its frame's time: clocks and rounded times jitter.
  private static let jitter: UInt64 = 500_000

  let frames: [UInt64]
  private let isExact: Bool

  /// Frame by frame what was recorded frame by frame.
  init(exact count: Int, _ rate: Double) {
    frames = (0..<count).map { UInt64((Double($0) * 1e9 / rate).rounded()) }
    isExact = true
  }

  /// From when all have begun until the first ends; nil where that is never.
  init?(_ spans: [Span], _ rate: Double) {
    guard let start = spans.map(\.first).max(), let end = spans.map(\.last).min(), start <= end else { return nil }
    let count = (Double(end - start) + Double(MCAPGrid.jitter)) / 1e9 * rate
    guard count < Double(MCAPGrid.mostFrames) else { return nil }
    frames = (0...Int(count)).map { start + UInt64((Double($0) * 1e9 / rate).rounded()) }
    isExact = false
  }

  /// For each frame the last message that was recorded at or before it, half a millisecond of jitter forgiven.
  func choose(_ times: [UInt64]) -> [Int] {
    if isExact { return Array(frames.indices.prefix(times.count)) }
    var at = 0
    return frames.map { frame in
      while at + 1 < times.count, times[at + 1] <= frame + MCAPGrid.jitter { at += 1 }
      return at
    }
  }

  /// Frames for which a message at a time is the last one before the next at another.
  func frames(from: Int, before time: UInt64?) -> Range<Int> {
    guard let time else { return from..<frames.count }
    var end = from
    while end < frames.count, frames[end] + MCAPGrid.jitter < time { end += 1 }
    return from..<end
  }

  var takesEach: Bool { isExact }
}
