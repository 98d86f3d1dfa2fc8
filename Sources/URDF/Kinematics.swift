public import SeedbedGeometry

/// A robot's joints in an order in which every parent comes before its children, and what each mimic joint follows.
///
/// Made once, used for every pose.
public struct KinematicTree: Sendable {
  /// What a joint's value follows from: multiplier × (value of joint `source`) + offset.
  public struct Drive: Sendable, Equatable {
    /// Index of a joint that moves by itself; the joint's own index where it is no mimic.
    public var source: Int
    public var multiplier: Double, offset: Double

    public init(source: Int, multiplier: Double = 1, offset: Double = 0) {
      self.source = source
      self.multiplier = multiplier
      self.offset = offset
    }
  }

  /// Joint indices, parents first.
  public let order: [Int]
  /// One a joint; chains of mimic joints are resolved to their first.
  public let drives: [Drive]
  /// Index of each link's parent joint; nil for the root.
  public let parentJoint: [Int?]
  private let robot: RobotDescription

  public init(_ robot: RobotDescription) {
    self.robot = robot
    var childJoints = [[Int]](repeating: [], count: robot.links.count)
    var parents = [Int?](repeating: nil, count: robot.links.count)
    for (number, joint) in robot.joints.enumerated() {
      childJoints[joint.parent].append(number)
      parents[joint.child] = number
    }
    var order: [Int] = [], pending = robot.links.indices.contains(robot.rootLink) ? [robot.rootLink] : []
    while let link = pending.popLast(), order.count <= robot.joints.count {
      for joint in childJoints[link].reversed() { pending.append(robot.joints[joint].child) }
      order += childJoints[link]
    }
    self.order = order
    parentJoint = parents
    var numbers: [String: Int] = [:]
    for (number, joint) in robot.joints.enumerated() where numbers[joint.name] == nil { numbers[joint.name] = number }
    drives = robot.joints.indices.map { joint in
      var drive = Drive(source: joint)
      for _ in robot.joints {
        guard let mimic = robot.joints[drive.source].mimic, let next = numbers[mimic.joint] else { break }
        drive = Drive(
          source: next, multiplier: drive.multiplier * mimic.multiplier,
          offset: drive.multiplier * mimic.offset + drive.offset)
      }
      return drive
    }
  }

  /// The pose of every link (by link index), in the frame that `basePose` is given in.
  ///
  /// - Parameters:
  ///   - values: one a joint (by joint index), rad or m. Those of fixed and mimic joints are not looked at; floating and
  ///     planar joints stay at their origin. Missing ones are 0.
  ///   - basePose: of the root link.
  public func linkPoses(values: [Double], basePose: Pose = .identity) -> [Pose] {
    var poses = [Pose](repeating: basePose, count: robot.links.count)
    for number in order {
      let joint = robot.joints[number], drive = drives[number]
      let source = drive.source < values.count ? values[drive.source] : 0
      let frame = poses[joint.parent] * joint.origin
      poses[joint.child] = joint.displaced(frame, by: drive.multiplier * source + drive.offset)
    }
    return poses
  }
}

extension Joint {
  /// The child's frame where the joint's own frame is `frame` and its value is `value` (rad or m).
  func displaced(_ frame: Pose, by value: Double) -> Pose {
    switch kind {
    case .revolute, .continuous: frame * Pose(.zero, Quaternion(axis: axis, angle: value))
    case .prismatic: frame * Pose(axis * value)
    case .fixed, .floating, .planar: frame
    }
  }
}

/// The pose of every link (by link index) of a robot whose joints have these values (by joint name; others are 0), with
/// mimic joints following. Uses plain arithmetic only. For many poses of one robot keep a `KinematicTree`.
public func linkPoses(
  of robot: RobotDescription, jointValues: [String: Double], basePose: Pose = .identity
) -> [Pose] {
  linkPoses(of: robot, values: robot.joints.map { jointValues[$0.name] ?? 0 }, basePose: basePose)
}

/// The same with one value a joint, by joint index.
public func linkPoses(of robot: RobotDescription, values: [Double], basePose: Pose = .identity) -> [Pose] {
  KinematicTree(robot).linkPoses(values: values, basePose: basePose)
}
