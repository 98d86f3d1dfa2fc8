package import SeedbedGeometry

/// The outer measure of a robot's moving parts: what may not run into things.
package struct HandModel: Sendable {
  /// A part of the arm on the frame of one of `ArmModel.steps`.
  package struct ArmPart: Sendable {
    package var step: Int
    package var bound: SolidBound
  }

  /// One finger's solids in the TCP frame with its joint at 0, and the way it moves when the joint grows.
  package struct Finger: Sendable {
    package var bounds: [SolidBound]
    package var axis: Vector3
  }

  /// On the last link (hand, flange), in the TCP frame.
  package var palm: [SolidBound]
  package var fingers: [Finger]
  /// The chain between its first and its last step.
  package var arm: [ArmPart]
  /// The opening with both finger joints at 0, and the smallest and largest that they reach, metres.
  package var openingAtZero: Double, smallestOpening: Double
  package var maxOpening: Double
  package var speed: Double
  /// From the TCP back to the palm, metres: how much of an object fits between the fingers.
  package var throatDepth: Double

  package init(
    palm: [SolidBound], fingers: [Finger], arm: [ArmPart], openingAtZero: Double, smallestOpening: Double,
    maxOpening: Double,
    speed: Double, throatDepth: Double
  ) {
    self.palm = palm
    self.fingers = fingers
    self.arm = arm
    self.openingAtZero = openingAtZero
    self.smallestOpening = smallestOpening
    self.maxOpening = maxOpening
    self.speed = speed
    self.throatDepth = throatDepth
  }

  /// The fingers' solids in the TCP frame at an opening, metres.
  package func fingerBounds(opening: Double) -> [SolidBound] {
    let value = (max(opening, smallestOpening) - openingAtZero) / 2
    return fingers.flatMap { finger in
      finger.bounds.map { $0.placed(in: Pose(finger.axis * value)) }
    }
  }

  /// How far the fingers reach beyond the TCP along the unit vector `direction` of the TCP frame, at an opening.
  package func fingerReach(along direction: Vector3, opening: Double) -> Double {
    var reach = 0.0
    for bound in fingerBounds(opening: opening) {
      reach = max(reach, bound.pose.position.dot(direction) + bound.extent(along: direction))
    }
    return reach
  }
}
