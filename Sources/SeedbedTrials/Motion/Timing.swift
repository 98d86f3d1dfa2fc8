import SeedbedGeometry

/// How long the parts of a motion take at a given pace.
struct Timing {
  /// Fastest tool speed at speed factor 1, m/s and rad/s.
  static let linear = 0.5, angular = 1.7
  /// No part is shorter than this at speed factor 1, seconds.
  static let shortest = 0.8
  /// After the fingers should have met the object: for the force to build up, seconds.
  static let squeeze = 0.15
  /// After the fingers have opened, seconds.
  static let letGo = 0.08

  var speed: Double

  func stages(_ w: Waypoints, gripper: GripperSchedule) -> Stages {
    var s = Stages()
    s.transit = duration(w.home, w.pregrasp) + 0.2 / speed
    s.approach = duration(w.pregrasp, w.grasp)
    s.lift = duration(w.grasp, w.lifted)
    s.transport = duration(w.lifted, w.above)
    s.lower = duration(w.above, w.place)
    s.retreat = duration(w.place, w.retreated)
    s.close = max(0.3, (gripper.pregrasp - gripper.width) / gripper.speed + Timing.squeeze)
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
