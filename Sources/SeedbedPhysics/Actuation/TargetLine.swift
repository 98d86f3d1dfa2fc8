/// Where a target is at every step: straight lines from command to command, late by a fixed time.
///
/// The delay is exact, also where it is no whole number of steps: what a step asks for is what was asked for so long ago,
/// and the start before the first command.
struct TargetLine {
  /// At the end of the last frame and of this one, as commanded.
  private(set) var from: Double, to: Double
  /// In steps.
  private let delay: Double
  /// The lines of the frames that the delay reaches back to, the newest last; empty without one.
  private var lines: [(from: Double, to: Double)] = []

  /// - Parameters:
  ///   - delay: Seconds.
  ///   - h: A step, seconds.
  init(_ start: Double, delay: Double = 0, h: Double, stepsPerFrame: Int) {
    from = start
    to = start
    let steps = delay / h
    // What is meant as whole steps is taken as whole steps.
    self.delay = abs(steps - steps.rounded()) < 1e-6 ? steps.rounded() : steps
    if self.delay > 0 {
      lines = .init(repeating: (start, start), count: Int(self.delay) / stepsPerFrame + 2)
    }
  }

  /// Takes a frame's target over.
  mutating func aim(_ target: Double) {
    from = to
    to = target
    guard !lines.isEmpty else { return }
    lines.removeFirst()
    lines.append((from, to))
  }

  /// Begins the next line elsewhere than where the last one ended.
  mutating func restart(_ start: Double) { to = start }

  /// The target after a share of the frame, as commanded.
  func told(share: Double) -> Double { from + (to - from) * share }

  /// Target at the end of step number `step` (from 1) of a frame of `steps`, and its rate a frame.
  @inline(__always) func at(step: Int, of steps: Int) -> (target: Double, perFrame: Double) {
    if lines.isEmpty {
      let span = to - from
      return (from + span * (Double(step) / Double(steps)), span)
    }
    let (late, share) = age(step: step, of: steps)
    let line = lines[lines.count - 1 - late]
    return (line.from + (line.to - line.from) * share, line.to - line.from)
  }

  /// What was commanded for the frame that counts in a step.
  @inline(__always) func held(step: Int, of steps: Int) -> Double {
    lines.isEmpty ? to : lines[lines.count - 1 - age(step: step, of: steps).late].to
  }

  /// How many frames ago the frame was commanded that now counts, and how much of it has passed.
  @inline(__always) private func age(step: Int, of steps: Int) -> (late: Int, share: Double) {
    let back = Double(steps - step) + delay
    let late = Int(back / Double(steps))
    return (late, (Double(steps) * Double(late + 1) - back) / Double(steps))
  }
}
