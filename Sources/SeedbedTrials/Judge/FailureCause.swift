/// Why a trial failed. Every failed trial has exactly one cause: that of the first event that makes success impossible.
/// Events of the same frame rank unstable, collision, slipped, dropped, missed, timeout.
public enum FailureCause: String, Sendable, CaseIterable, Codable {
  /// No grasp fits the gripper, or the arm cannot follow a path to any that does. Frame 0.
  case unreachable
  /// The object was never lifted: the fingers closed without it, it stayed behind when they went up, or it was knocked
  /// off its support. Frame: the fingers stand still without the object between them; or the last hold was lost; or the
  /// object left its support.
  case missed
  /// The object was lifted and lost before the fingers were told to open, wherever that happened. Frame: the
  /// first without a finger at the object.
  case slipped
  /// The object was let go and touches something beside the goal, or lies still where it does not belong. Frame: the
  /// first touch beside the goal, or the first at rest.
  case dropped
  /// The robot, or the object that it carries, pressed on something other than the goal with more than
  /// `JudgeRules.bumpForce`, or pushed something
  /// (itself, or with the object or another pushed thing) farther than `JudgeRules.shove`. Frame: the first in which
  /// that holds.
  case collision
  /// The time was up before the object had lain still in the goal for long enough. Frame: the last.
  case timeout
  /// The physics left the range of the credible. Frame: the one whose action led there.
  case unstable
}
