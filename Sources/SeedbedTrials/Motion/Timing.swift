import SeedbedGeometry

/// How long the parts of a motion take at a given pace.
struct Timing {
  /// Fastest tool speed at speed factor 1, m/s and rad/s.
  static let linear = 0.5, angular = 1.7
  /// No part is shorter than this at speed factor 1, seconds.
  static let shortest = 0.8
  /// After the fingers press the object with their full force, seconds.
  static let squeeze = 0.12
  /// After the fingers have opened, seconds.
  static let letGo = 0.08

  /// Fastest joint speed on the way through joint space at speed factor 1, rad/s or m/s.
  static let joint = 1.3

  var speed: Double

  /// Of a way through joint space.
  func duration(from a: [Double], to b: [Double]) -> Double {
    let farthest = zip(a, b).map { abs($0 - $1) }.max() ?? 0
    let way = smoothStepPeak * farthest / Timing.joint
    return (way * way + Timing.shortest * Timing.shortest).squareRoot() / speed
  }

  /// `give`: how far the command must be below the object's width until the fingers press with their full force, m.
  func stages(_ w: Waypoints, gripper: GripperSchedule, give: Double) -> Stages {
    var s = Stages()
    s.transit = duration(w.home, w.pregrasp) + 0.2 / speed
    s.approach = duration(w.pregrasp, w.grasp)
    s.lift = duration(w.grasp, w.lifted)
    s.transport = duration(w.lifted, w.above)
    s.lower = duration(w.above, w.place)
    s.retreat = duration(w.place, w.retreated)
    let build = min(0.3, give / gripper.speed)
    s.close = max(0.3, (gripper.pregrasp - gripper.width) / gripper.speed + Timing.squeeze + build)
    s.release = max(0.2, (gripper.released - gripper.width) / gripper.speed + Timing.letGo)
    return s
  }

  private func duration(_ a: Pose, _ b: Pose) -> Double {
    let distance = (b.position - a.position).length
    let angle = (b.orientation * a.orientation.conjugate).rotationVector.length
    let way = smoothStepPeak * max(distance / Timing.linear, angle / Timing.angular)
    // Short ways are not made in no time: the parts' lengths add up as squares.
    return (way * way + Timing.shortest * Timing.shortest).squareRoot() / speed
  }
}
