import SeedbedGeometry
import SeedbedScene

/// The thresholds of a pick and place, and what has to be known about the scene.
public struct JudgeRules: Sendable, Equatable {
  /// Slower than this is at rest, m/s and rad/s.
  public static let restSpeed = 0.01, restSpin = 0.2
  /// And stays within this of where it came to rest, m and rad: what tips over or rolls away slowly does not.
  public static let restShift = 0.002, restTurn = 0.05
  /// N; m.
  public static let bumpForce = 30.0, shove = 0.03
  /// The object counts as lifted when it is this far up and touches nothing but the robot, m.
  public static let liftHeight = 0.01
  /// The tool may go up this far from a closed grasp before the object must have come along, m.
  public static let patience = 0.04
  /// An object this far below its first height has fallen off its support, m.
  public static let fall = 0.05
  /// The fingers stand still below this rate of the opening, m/s.
  public static let fingerRest = 0.004

  /// Indices of the target and the goal, and which objects can be pushed.
  public var target: Int, goal: Int
  public var isMovable: [Bool]
  public var zone: PlacementZone
  /// The solid around the target, in the target's frame, and its smallest width, m.
  package var bound: SolidBound
  public var smallestWidth: Double
  /// Frames that the object must lie still.
  public var dwellFrames: Int
  /// Smallest opening of the gripper, m.
  public var closedOpening: Double

  package init(
    target: Int, goal: Int, isMovable: [Bool], zone: PlacementZone, bound: SolidBound, smallestWidth: Double,
    dwellFrames: Int, closedOpening: Double
  ) {
    self.target = target
    self.goal = goal
    self.isMovable = isMovable
    self.zone = zone
    self.bound = bound
    self.smallestWidth = smallestWidth
    self.dwellFrames = dwellFrames
    self.closedOpening = closedOpening
  }
}

extension JudgeRules {
  package init(_ planner: PickAndPlacePlanner) {
    let instance = planner.instance
    let bound = SolidBound(instance.objects[planner.target].shape, meshes: planner.meshes)
    let axes = bound.pose.orientation.matrix
    let width = (0..<3).map { 2 * bound.extent(along: axes.column($0)) }.min() ?? 0
    self.init(
      target: planner.target, goal: planner.goal, isMovable: instance.objects.map { !$0.isFixed }, zone: planner.zone,
      bound: bound, smallestWidth: width,
      dwellFrames: max(1, Int((instance.task.dwell * Double(instance.rates.control)).rounded(.up))),
      closedOpening: planner.hand.smallestOpening)
  }
}
