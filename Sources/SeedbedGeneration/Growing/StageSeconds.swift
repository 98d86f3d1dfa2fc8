import Glibc

/// CPU seconds of one or many episodes by stage. Reported, never recorded in a dataset.
public struct StageSeconds: Sendable, Codable, Equatable {
  public var physics = 0.0, expert = 0.0, pictures = 0.0, encoding = 0.0, writing = 0.0, other = 0.0

  public init() {}

  public var total: Double { physics + expert + pictures + encoding + writing + other }

  public static func += (a: inout StageSeconds, b: StageSeconds) {
    a.physics += b.physics
    a.expert += b.expert
    a.pictures += b.pictures
    a.encoding += b.encoding
    a.writing += b.writing
    a.other += b.other
  }
}

/// CPU time of this process so far, seconds (all threads).
func processCPUSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Monotonic wall-clock seconds.
func wallSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
