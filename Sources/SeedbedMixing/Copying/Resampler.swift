package import SeedbedDatasets

/// Takes the frames of an episode at another rate. Frame j of the result is at j / rate seconds, none behind the last frame of
/// the original.
package struct Resampler {
  package let length: Int
  /// The place among the original frames of each of the result, in frames.
  private let positions: [Double]
  private let isLinear: Bool

  package init(_ frames: Int, from: Double, to: Int, _ method: MixRequest.Resampling) {
    length = Resampler.frames(frames, from: from, to: to)
    positions = (0..<length).map { Double($0) * from / Double(to) }
    isLinear = method == .linear
    last = frames - 1
  }

  private let last: Int

  /// Frames of an episode at another rate.
  package static func frames(_ count: Int, from: Double, to: Int) -> Int {
    // Rates as 29.97 must not lose a frame to rounding.
    from == Double(to) ? count : max(1, Int((Double(count - 1) * Double(to) / from + 1e-9).rounded(.down)) + 1)
  }

  /// The original frame that each frame of the result is nearest to, rising.
  package var nearest: [Int] { positions.map { min(last, Int($0.rounded())) } }

  package func values(_ values: FrameValues, width: Int) -> FrameValues {
    switch values {
    case .float32(let v): .float32(numbers(v, width))
    case .float64(let v): .float64(numbers(v, width))
    case .integer(let v): .integer(pick(v, width, nearest))
    // What the end says (done, success) stays at the end.
    case .bool(let v): .bool(pick(v, width, nearest.dropLast() + [last]))
    case .text(let v): .text(pick(v, width, nearest))
    case .pictures(let v): .pictures(pick(v, 1, nearest))
    }
  }

  private func pick<T>(_ values: [T], _ width: Int, _ frames: [Int]) -> [T] {
    frames.flatMap { values[$0 * width..<($0 + 1) * width] }
  }

  private func numbers<T: BinaryFloatingPoint>(_ values: [T], _ width: Int) -> [T] {
    guard isLinear else { return pick(values, width, nearest) }
    var result: [T] = []
    result.reserveCapacity(length * width)
    for position in positions {
      let before = min(last, Int(position)), after = min(last, before + 1)
      let share = position - Double(before)
      for d in 0..<width {
        let a = Double(values[before * width + d]), b = Double(values[after * width + d])
        result.append(share == 0 ? values[before * width + d] : T(a + (b - a) * share))
      }
    }
    return result
  }
}
