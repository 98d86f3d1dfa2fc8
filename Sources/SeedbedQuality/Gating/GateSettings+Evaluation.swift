import Diagnostics
public import SeedbedScene

extension GateSettings {
  /// The gates that an episode does not pass, in the order of `Gate`; empty: it passes.
  ///
  /// - Parameter cause: of the failure; "none" for a success.
  public func evaluate(_ measurements: EpisodeMeasurements, success: Bool, cause: String) -> [GateFailure] {
    Gate.allCases.compactMap { gate in
      guard let bound = self[gate],
        let reason = measurements.reason(gate, bound, success: success, cause: cause)
      else { return nil }
      return GateFailure(gate, reason)
    }
  }
}

extension EpisodeMeasurements {
  /// Why the episode does not pass a gate with this bound; nil where it does.
  fileprivate func reason(_ gate: Gate, _ bound: Double, success: Bool, cause: String) -> String? {
    switch gate {
    case .success:
      return (success ? 1 : 0) < bound ? "The task failed (\(cause)); success is asked for." : nil
    case .nonFinite:
      guard nonFinite.count > 0 else { return nil }
      return "\(nonFinite.count) recorded numbers are not finite; the first is \(nonFinite.value) in "
        + "`\(nonFinite.feature)` [\(nonFinite.dimension)] at frame \(nonFinite.frame)."
    case .missingFrames:
      guard missingFrames.count > 0 else { return nil }
      return "\(missingFrames.name) has \(missingFrames.has) entries where \(frames) frames need "
        + "\(missingFrames.needs) (\(missingFrames.count) such streams)."
    case .timeGap:
      guard timeGap.nanoseconds != 0 else { return nil }
      return
        "Frame \(timeGap.frame) lies \(timeGap.nanoseconds) ns off its place at \(framesPerSecond) frames a second."
    case .frozenJoint:
      return worst(joints, bound, by: \.frozen) {
        "The position of \($0.name) does not change in a single bit from frame \($0.frozen.frame) on while its "
          + "command moves \(significant($0.frozen.value)) \($0.unit); at most \(significant(bound)) \($0.unit) are allowed."
      }
    case .black:
      return worst(cameras, bound, by: \.black) {
        "\(percent($0.black.value)) of the picture of camera \($0.name) at frame \($0.black.frame) is black; at most "
          + "\(percent(bound)) are allowed."
      }
    case .frozenPicture:
      return worst(cameras, bound, by: \.frozen) {
        "The picture of camera \($0.name) stays the same for \(significant($0.frozen.value)) s from frame "
          + "\($0.frozen.frame) on while the robot moves; at most \(significant(bound)) s are allowed."
      }
    case .visible: return invisibility(bound)
    default: return motionReason(gate, bound)
    }
  }

  private func motionReason(_ gate: Gate, _ bound: Double) -> String? {
    switch gate {
    case .jerk:
      return worst(joints, bound, by: \.jerk) {
        "The jerk of \($0.name) reaches \(significant($0.jerk.value)) \($0.unit)/s³ at frame \($0.jerk.frame); at "
          + "most \(significant(bound)) \($0.unit)/s³ are allowed."
      }
    case .pause:
      guard pause.value > bound else { return nil }
      return
        "The arm stands still for \(significant(pause.value)) s from frame \(pause.frame) on in a phase of motion; "
        + "at most \(significant(bound)) s are allowed."
    case .reversals:
      guard let joint = joints.max(by: { $0.reversals < $1.reversals }), Double(joint.reversals) > bound else {
        return nil
      }
      return "\(joint.name) turns round \(joint.reversals) times; at most \(significant(bound)) times are allowed."
    case .effort:
      return worst(joints, bound, by: \.effort) {
        "The effort of \($0.name) reaches \(percent($0.effort.value)) of its limit at frame \($0.effort.frame); at "
          + "most \(percent(bound)) are allowed."
      }
    case .velocity:
      return worst(joints, bound, by: \.velocity) {
        "The speed of \($0.name) reaches \(percent($0.velocity.value)) of its limit at frame \($0.velocity.frame); at "
          + "most \(percent(bound)) are allowed."
      }
    case .penetration:
      guard penetration.depth > bound else { return nil }
      return "\(penetration.first) and \(penetration.second) overlap by \(significant(penetration.depth)) m at frame "
        + "\(penetration.frame); at most \(significant(bound)) m are allowed."
    default: return nil
    }
  }

  private func invisibility(_ bound: Double) -> String? {
    guard !cameras.isEmpty, frames > 0, Double(visibleFrames) < bound * Double(frames) else { return nil }
    let best = cameras.max { $0.visibleFrames < $1.visibleFrames }
    let most = best.map { ", \($0.visibleFrames) of them in camera \($0.name)" } ?? ""
    return "The object is visible in \(visibleFrames) of \(frames) frames"
      + "\(visibleFrames > 0 ? most : ""); \(percent(bound)) of the frames are asked for."
  }

  /// The sentence about the item with the greatest value, if it is above the bound; the first of equal ones.
  private func worst<T>(_ items: [T], _ bound: Double, by peak: (T) -> Peak, sentence: (T) -> String) -> String? {
    var worst: T?
    var value = bound
    for item in items where peak(item).value > value {
      worst = item
      value = peak(item).value
    }
    return worst.map(sentence)
  }
}
