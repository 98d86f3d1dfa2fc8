package import SeedbedGeometry

/// Everything that the expert is going to do.
package struct MotionPlan: Sendable {
  package var grasp: GraspCandidate
  package var placement: Placement
  package var stages: Stages
  package var path: CartesianPath
  package var lead: JointLead
  package var gripper: GripperSchedule
  /// Sample k belongs to the start of frame k.
  package var joints: JointTrajectory
  /// The object in the TCP's frame, as it should be held.
  package var held: Pose
  /// How much the plan comes too near to things; 0 = nowhere.
  package var penalty: Double

  /// Frames until the tool rests for good.
  package func frames(rate: Double) -> Int { Int((stages.end * rate).rounded(.up)) }
}

/// The poses that the tool goes through.
package struct Waypoints: Sendable {
  package var home: Pose, pregrasp: Pose, grasp: Pose, lifted: Pose, above: Pose, place: Pose, retreated: Pose

  func path(_ s: Stages) -> CartesianPath {
    var path = CartesianPath(origin: home)
    path.move(from: home, to: pregrasp, start: 0, duration: s.transit)
    path.move(from: pregrasp, to: grasp, start: s.approachStart, duration: s.approach)
    path.move(from: grasp, to: lifted, start: s.liftStart, duration: s.lift)
    path.move(from: lifted, to: above, start: s.transportStart, duration: s.transport)
    path.move(from: above, to: place, start: s.lowerStart, duration: s.lower)
    path.move(from: place, to: retreated, start: s.retreatStart, duration: s.retreat)
    return path
  }
}
