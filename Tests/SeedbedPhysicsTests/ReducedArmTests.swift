import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing
import URDF

extension PhysicsTests {
  /// The arm in joint coordinates against the one made of ODE's hinges, and against what must hold of any.
  @Suite struct ReducedArmTests {
    /// Both arms through the same commands; the differences that they show.
    struct Difference {
      var angle = 0.0, tcp = 0.0, effort = 0.0, grip = 0.0
      var object = 0.0
    }

    static func compare(
      _ instance: SceneInstance, _ commands: [RobotCommand], assets: SceneAssets = TestScene.assets(), from: Int = 0
    ) throws -> Difference {
      var full = instance, hybrid = instance
      full.robot.dynamics = .full
      hybrid.robot.dynamics = .hybrid
      var a = try World(full, assets: assets), b = try World(hybrid, assets: assets)
      var worst = Difference()
      var squares = 0.0, count = 0.0
      for (frame, command) in commands.enumerated() {
        #expect(a.advanceFrame(command) == .ok)
        #expect(b.advanceFrame(command) == .ok)
        if frame < from { continue }
        for (p, q) in zip(a.armPositions, b.armPositions) { worst.angle = max(worst.angle, abs(p - q)) }
        for (p, q) in zip(a.armEfforts, b.armEfforts) {
          squares += (p - q) * (p - q)
          count += 1
        }
        worst.tcp = max(worst.tcp, (a.tcpPose.position - b.tcpPose.position).length)
        worst.grip = max(worst.grip, abs(a.gripForce - b.gripForce))
      }
      worst.effort = (squares / count).squareRoot()
      if instance.objects.count > 1 { worst.object = (a.objectPose(1).position - b.objectPose(1).position).length }
      return worst
    }

    /// From the second second on: at the start the command jumps, and the motors' limits differ.
    @Test(arguments: [0.05, 0.3, 1.0]) func picksLikeTheFullArm(mass: Double) throws {
      let instance = TestScene.instance([TestScene.table, GraspTests.cube(mass: mass)], gripForce: 40)
      let difference = try Self.compare(instance, TestPath.pickAndHold(z: 0.025, hold: 2).commands, from: 30)
      #expect(difference.angle < 2e-4)
      #expect(difference.tcp < 6e-4)
      #expect(difference.effort < 0.15)
      #expect(difference.object < 1e-3)
    }

    @Test func gripsLikeTheFullArm() throws {
      let instance = TestScene.instance([TestScene.table, GraspTests.cube(mass: 0.2)], gripForce: 25)
      let difference = try Self.compare(instance, TestPath.pickAndHold(z: 0.025, hold: 2).commands, from: 140)
      #expect(difference.grip < 0.005 * 25)
    }

    /// Sliders, a turntable without limits, a base that stands askew.
    @Test func gantryMovesLikeTheFullOne() throws {
      let (robot, instance) = MechanismTests.gantry
      let commands = (1...90).map { k in
        let s = Float(k) / 90
        return RobotCommand(arm: [0.3 - 0.3 * s, 4 + 9 * s, 0.1 + 0.3 * s], opening: 0.04 + 0.05 * s)
      }
      let scene = TestScene.instance([], gravity: Vector3(1, -2, -9), robot: instance)
      let difference = try Self.compare(scene, commands, assets: TestScene.assets(robot))
      #expect(difference.angle < 1e-3)
      #expect(difference.tcp < 2e-3)
      #expect(difference.effort < 0.5)
    }

    /// Driven beyond every limit: the joints stand at their stops.
    @Test func stopsHold() throws {
      var description = TestPanda.description
      // Targets go beyond what the joints can do.
      let joint = try #require(description.jointIndex("joint4"))
      description.joints[joint].upper = -2.0
      description.joints[joint].lower = -2.3
      let block = TestScene.object("block", .box(size: Vector3(0.3, 0.3, 0.05)), mass: 8, at: Vector3(0.45, 0, 0.75))
      let instance = TestScene.instance([block])
      var world = try World(instance, assets: TestScene.assets(description))
      for k in 0..<90 {
        var command = TestScene.home
        command.arm[3] = k < 45 ? 0 : -3
        #expect(world.advanceFrame(command) == .ok)
        #expect(world.armPositions[3] > -2.3 - 1e-9 && world.armPositions[3] < -2 + 1e-9)
      }
    }

    /// A motor at its limit gives just that, its work against gravity included.
    @Test func effortsAreLimited() throws {
      var robot = TestPanda.instance
      for i in robot.arm.indices { robot.arm[i].effort = 40 }
      let block = TestScene.object("block", .box(size: Vector3(0.3, 0.3, 0.05)), mass: 30, at: Vector3(0.45, 0, 0.75))
      var world = try TestScene.world(TestScene.instance([block], robot: robot))
      var largest = 0.0
      var moved = 0.0
      for _ in 0..<20 {
        guard world.advanceFrame(TestScene.home) == .ok else { break }
        largest = max(largest, abs(world.armEfforts[1]))
        moved = max(moved, abs(world.armPositions[1] - TestPanda.home[1]))
      }
      #expect(largest > 30)
      #expect(moved > 0.01)
    }

    /// The URDF's damping and friction cost what they say, in both arms.
    @Test(arguments: ArmDynamics.allCases) func lossesCostEffort(dynamics: ArmDynamics) throws {
      var lossy = TestPanda.description
      let joint = try #require(lossy.jointIndex("joint1"))
      lossy.joints[joint].damping = 3
      lossy.joints[joint].friction = 1.5
      var efforts: [Double] = []
      for description in [TestPanda.description, lossy] {
        var robot = TestPanda.instance
        robot.dynamics = dynamics
        var world = try World(TestScene.instance([], robot: robot), assets: TestScene.assets(description))
        var command = TestScene.home
        for k in 1...45 {
          command.arm[0] = Float(k) * 0.5 / 30
          #expect(world.advanceFrame(command) == .ok)
        }
        #expect(abs(world.armVelocities[0] - 0.5) < 1e-3)
        efforts.append(world.armEfforts[0])
      }
      #expect(abs(efforts[1] - efforts[0] - (3 * 0.5 + 1.5)) < 0.02)
    }

    /// The wrist leans on a post: every joint feels the push as its lever says, and both arms lean alike.
    @Test func contactsOnEveryLinkAreFelt() throws {
      var robot = TestPanda.instance
      robot.linkFriction = 0
      // The wrist's capsule lies across, 18 cm long with its caps; a centimetre is left between.
      let wrist = TestKinematics.frames(TestPanda.home)[5].apply(Vector3(0, 0, -0.03))
      let post = TestScene.fixed("post", .sphere(radius: 0.05), at: wrist + Vector3(0, 0.15, 0), friction: 0)
      var command = TestScene.home
      var commands: [RobotCommand] = []
      for k in 1...120 {
        command.arm[0] = min(Float(k) * 0.1 / 30, 0.10)
        commands.append(command)
      }
      var world = try TestScene.world(TestScene.instance([post], robot: robot))
      for c in commands { #expect(world.advanceFrame(c) == .ok) }
      let touches = world.contacts.compactMap { contact -> (link: Int, point: Vector3, force: Vector3)? in
        guard case .link(let link) = contact.first else { return nil }
        return (link, contact.point, contact.normal * contact.normalForce)
      }
      // On links that are kinematic bodies, not on the hand.
      #expect(touches.allSatisfy { $0.link <= 6 })
      let pushed = touches.reduce(0) { $0 + $1.force.length }
      #expect(pushed > 5)
      let q = world.armPositions
      let frames = TestKinematics.frames(q)
      let holding = ActuationTests.holdingTorques(q, payload: nil)
      for i in 0..<7 {
        let push = touches.reduce(0) { sum, touch in
          guard i < touch.link else { return sum }
          return sum + frames[i].rotate(.unitZ).dot((touch.point - frames[i].position).cross(touch.force))
        }
        #expect(abs(world.armEfforts[i] - (holding[i] - push)) < 0.02 * pushed)
      }
      // It leans still, also where the shoulder gives all that it can.
      let fastest = world.armVelocities.map { abs($0) }.max() ?? 1
      #expect(fastest < 1e-3)
      let difference = try Self.compare(TestScene.instance([post], robot: robot), commands, from: 110)
      // The full arm's limit leaves gravity out, and its link gives way less.
      #expect(difference.angle < 8e-3)
    }
  }
}
