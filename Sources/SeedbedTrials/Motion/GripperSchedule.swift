/// The commanded opening over time, metres. A ramp never asks for more than the gripper's own speed.
package struct GripperSchedule: Sendable, Equatable {
  package var home: Double
  /// Opening on the way down, and after the release.
  package var pregrasp: Double, released: Double
  /// Smallest opening that can be asked for.
  package var closed: Double
  /// m/s.
  package var speed: Double
  /// Width at which the fingers are expected to meet the object.
  package var width: Double
  package var stages: Stages

  package func opening(at time: Double) -> Double {
    if time < stages.closeStart {
      let duration = max(0.5, smoothStepPeak * abs(pregrasp - home) / speed)
      return home + (pregrasp - home) * smoothStep(time / duration)
    }
    if time < stages.releaseStart { return max(closed, pregrasp - speed * (time - stages.closeStart)) }
    // The fingers stand at the object's width: an opening command starts there, not at the closing command.
    return min(released, width + speed * (time - stages.releaseStart))
  }
}
