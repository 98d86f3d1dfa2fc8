import Diagnostics
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing
import URDF

extension PhysicsTests {
  /// An arm that folds onto itself in a plane without gravity's help.
  @Suite struct SelfCollisionTests {
    static let length = 0.3, width = 0.04

    /// Four bars one after the other on upright hinges, each above the last by `rise`, and a small gripper at the end.
    static func folder(rise: Double = 0) -> (RobotDescription, RobotInstance) {
      let here = TestPanda.here
      func bar(_ name: String) -> Link {
        let size = Vector3(length, width, width), at = Vector3(length / 2, 0, 0)
        return TestMechanism.link(name, mass: 1, size: size, at: at)
      }
      var links = [Link(name: "base", location: here)] + (1...4).map { bar("bar\($0)") }
      links[4] = TestMechanism.link(
        "bar4", mass: 0.5, size: Vector3(0.06, width, width), at: Vector3(0.05, 0, 0))
      var joints = (0..<4).map { i in
        Joint(
          name: "j\(i + 1)", kind: .revolute, parent: i, child: i + 1,
          origin: Pose(i == 0 ? Vector3(0, 0, 0.5) : Vector3(length, 0, i == 2 ? rise : 0)), axis: .unitZ, lower: -3,
          upper: 3, location: here)
      }
      for side in [1.0, -1.0] {
        links.append(
          TestMechanism.link(
            "finger\(side)", mass: 0.05, size: Vector3(0.04, 0.01, 0.02)))
        joints.append(
          Joint(
            name: "finger\(side)", kind: .prismatic, parent: 4, child: links.count - 1,
            origin: Pose(Vector3(0.11, 0.005 * side, 0)), axis: .unitY * side, lower: 0, upper: 0.02, location: here))
      }
      let instance = RobotInstance(
        urdf: "folder.urdf", pose: .identity,
        arm: (1...4).map {
          ArmJointInstance(joint: "j\($0)", home: 0, kp: 400, kd: 40, armature: 0.05, effort: 30, velocity: 2)
        },
        gripper: GripperInstance(
          fingerJoints: ["finger1.0", "finger-1.0"], closedOpening: 0, maxOpening: 0.04, home: 0.02, maxForce: 10,
          speed: 0.1), tcpLink: "bar4", tcp: .identity, fingerFriction: 1, linkFriction: 0.4)
      return (RobotDescription(name: "folder", links: links, joints: joints, rootLink: 0), instance)
    }

    struct End {
      var joints: [Double]
      var speed: Double
      var touches: [(Contact.Participant, Contact.Participant)]
      var depth: Double
    }

    /// Goes to the joint values within 2 s and stays for 2 s more.
    static func fold(
      to target: [Double], _ dynamics: ArmDynamics, rise: Double = 0, _ settings: SelfCollision? = nil
    ) throws -> End {
      var (robot, instance) = folder(rise: rise)
      instance.dynamics = dynamics
      instance.selfCollision = settings
      var world = try World(TestScene.instance([], robot: instance), assets: TestScene.assets(robot))
      var depth = 0.0
      for k in 1...120 {
        let share = Float(min(1, Double(k) / 60))
        let command = RobotCommand(arm: target.map { Float($0) * share }, opening: 0.02)
        let outcome = world.advanceFrame(command)
        #expect(outcome == .ok)
        if outcome != .ok { break }
        depth = max(depth, world.contacts.map(\.depth).max() ?? 0)
      }
      return End(
        joints: world.armPositions, speed: world.armVelocities.map { abs($0) }.max() ?? 0,
        touches: world.contacts.map { ($0.first, $0.second) }, depth: depth)
    }

    /// The third bar is stopped by the first: both are links of the arm, not its hand.
    @Test(arguments: ArmDynamics.allCases) func barsStopEachOther(dynamics: ArmDynamics) throws {
      let target = [0, 2.4, 2.4, 0.3]
      let end = try Self.fold(to: target, dynamics)
      let touches = end.touches.contains { $0.0 == .link(1) && $0.1 == .link(3) }
      #expect(touches, "\(end)")
      #expect(abs(end.joints[1] - target[1]) + abs(end.joints[2] - target[2]) > 0.05)
      // The arm in joint coordinates feels its links one step late and so has to let them sink in.
      #expect(end.depth < (dynamics == .full ? 3e-3 : 1e-2))
      #expect(end.speed < 0.02)
    }

    /// The hand, or a finger of it, is stopped by the first bar.
    @Test(arguments: ArmDynamics.allCases) func handIsStopped(dynamics: ArmDynamics) throws {
      // The third bar ends above the first, and the last points down at it.
      let target = [0, 1.2, 2.6, 0.9]
      let end = try Self.fold(to: target, dynamics)
      let free = try Self.fold(to: target, dynamics, SelfCollision(isOn: false))
      #expect(free.touches.isEmpty)
      #expect(zip(free.joints, target).allSatisfy { abs($0 - $1) < 0.01 })
      let touches = end.touches.contains { touch in
        touch.0 == .link(1) && [.link(4), .link(5), .link(6)].contains(touch.1)
      }
      #expect(touches, "\(end)")
      #expect(end.depth < 5e-3)
      #expect(end.speed < 0.05)
    }

    /// Switched off, of pairs that are let through, and one above the other nothing touches.
    @Test func filters() throws {
      let target = [0, 2.4, 2.4, 0.3]
      let all = (1...6).flatMap { a in (1..<a).map { b in [a, b] } }
      let names = ["base", "bar1", "bar2", "bar3", "bar4", "finger1.0", "finger-1.0"]
      for settings in [
        SelfCollision(isOn: false), SelfCollision(disabled: all.map { $0.map { names[$0] } }),
      ] {
        let end = try Self.fold(to: target, .hybrid, settings)
        #expect(end.touches.isEmpty)
        #expect(zip(end.joints, target).allSatisfy { abs($0 - $1) < 0.01 })
      }
      let above = try Self.fold(to: target, .hybrid, rise: 0.1)
      #expect(above.touches.isEmpty)
      let (robot, arm) = Self.folder()
      var instance = arm
      instance.selfCollision = SelfCollision(disabled: [["bar1", "nonsense"]])
      #expect(throws: WorldError.self) {
        _ = try World(TestScene.instance([], robot: instance), assets: TestScene.assets(robot))
      }
    }

    /// A wrist whose parts are nearly in touch must be able to turn; what is farther apart stops it.
    @Test(arguments: [(0.008, false), (0.012, true)]) func neighboursOfNeighbours(gap: Double, touch: Bool) throws {
      var (robot, instance) = Self.folder()
      // The third bar begins behind the first one's end.
      robot.joints[2].origin = Pose(Vector3(gap, 0, 0))
      instance.selfCollision = nil
      var world = try World(TestScene.instance([], robot: instance), assets: TestScene.assets(robot))
      var touched = false
      for k in 1...60 {
        #expect(world.advanceFrame(RobotCommand(arm: [0, 0, Float(k) / 60, 0], opening: 0.02)) == .ok)
        touched = touched || world.contacts.contains { $0.first == .link(1) && $0.second == .link(3) }
      }
      #expect(touched == touch)
    }

    /// The Panda at home and in a grasp does not touch itself, and every bit is as without the pairs.
    @Test(arguments: ArmDynamics.allCases) func nothingChangesWhereNothingTouches(dynamics: ArmDynamics) throws {
      func hash(_ settings: SelfCollision?) throws -> UInt64 {
        var robot = TestPanda.instance
        robot.dynamics = dynamics
        robot.selfCollision = settings
        var world = try World(
          TestScene.instance([TestScene.table, GraspTests.cube(mass: 0.2)], robot: robot), assets: TestScene.assets())
        for command in TestPath.pickAndHold(z: 0.025, hold: 0.5).commands { _ = world.advanceFrame(command) }
        return world.stateHash
      }
      #expect(try hash(nil) == hash(SelfCollision(isOn: false)))
    }
  }
}
