/// Drives an arm in one action space: from the numbers of an action to joint targets, and from targets to the numbers
/// that make this very controller go there.
///
/// A controller knows what a real one knows: the robot, its start, and what it was told. It never sees the joint targets
/// that an action was made from. `action` and `targets` are for two controllers, one that records and one that replays:
/// both go on from what the rounded numbers say, so that no rounding adds up over an episode.
package protocol ArmController: Sendable {
  /// The numbers that ask for the joint targets `joints` (rad or m) at the end of the frame.
  mutating func action(to joints: [Double]) -> [Float]
  /// The joint targets at the end of the frame that a recorded action asks for.
  mutating func targets(_ action: [Float]) -> [Double]
}
