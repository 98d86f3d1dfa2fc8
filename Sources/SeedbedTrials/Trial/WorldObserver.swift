import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import URDF

/// Reads from a world what a judge needs.
struct WorldObserver {
  private let target: Int, goal: Int
  /// For every link: which finger it belongs to, or nil.
  private let finger: [Int?]
  private let isMovable: [Bool]

  init(_ instance: SceneInstance, _ robot: RobotDescription, target: Int, goal: Int) {
    self.target = target
    self.goal = goal
    isMovable = instance.objects.map { !$0.isFixed }
    finger = robot.fingers(instance.robot.gripper.fingerJoints)
  }

  func observe(
    contacts: [Contact], objectPoses: [Pose], velocity: ObjectVelocity, opening: Double, openingSpeed: Double,
    commandedOpening: Double, tcp: Pose
  ) -> JudgeObservation {
    var fingers: [Int] = []
    var touchesRobot = false
    var touched: [Int] = []
    var pushes: [JudgeObservation.Push] = []
    var bump = 0.0, targetBump = 0.0
    for contact in contacts {
      switch (contact.first, contact.second) {
      case (.link(let link), .object(target)), (.object(target), .link(let link)):
        touchesRobot = true
        if let f = finger[link], !fingers.contains(f) { fingers.append(f) }
      case (.link, .object(let object)), (.object(let object), .link):
        bump = max(bump, contact.normalForce)
        pushes.append(.init(by: nil, object: object))
      case (.object(let a), .object(let b)):
        if a == target || b == target, a != goal, b != goal { targetBump = max(targetBump, contact.normalForce) }
        if a == target { touched.append(b) }
        if b == target { touched.append(a) }
        if isMovable[b] { pushes.append(.init(by: a, object: b)) }
        if isMovable[a] { pushes.append(.init(by: b, object: a)) }
      case (.link, .link): break
      }
    }
    return JudgeObservation(
      objectPoses: objectPoses, linearSpeed: velocity.linear.length, angularSpeed: velocity.angular.length,
      touchingFingers: fingers.count, touchesRobot: touchesRobot, touchedByTarget: touched, pushes: pushes,
      bumpForce: bump, targetBumpForce: targetBump, opening: opening, openingSpeed: openingSpeed,
      commandedOpening: commandedOpening, tcp: tcp)
  }
}
