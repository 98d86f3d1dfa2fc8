package import SeedbedGeometry

/// One way to hold the object.
package struct GraspCandidate: Sendable, Equatable {
  /// Of the TCP in the world when the fingers close, `graspOffset` included.
  package var tcp: Pose
  /// The object's width between the pads, metres.
  package var width: Double
  /// Opening with which the fingers go down, metres.
  package var opening: Double
  /// Distance from pre-grasp to grasp along the approach, metres.
  package var approach: Double
  /// The smaller the better.
  package var cost: Double
}
