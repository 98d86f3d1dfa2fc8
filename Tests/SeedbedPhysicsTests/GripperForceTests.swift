import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  @Suite struct GripperForceTests {
    private static let gripper = TestPanda.instance.gripper

    private static func push(_ force: Float) -> RobotCommand {
      RobotCommand(arm: TestScene.home.arm, opening: 0, force: force)
    }

    /// Free fingers move at the force over the drag, and at their speed at most.
    @Test func freeFingersHaveASpeed() throws {
      let drag = Self.gripper.drag, most = Self.gripper.speed
      for force in [0.3 * drag * most, 0.8 * drag * most, 20] {
        var world = try TestScene.world(TestScene.instance([]))
        for _ in 0..<8 { #expect(world.advanceFrame(Self.push(Float(force))) == .ok) }
        #expect(abs(world.gripperVelocity + min(most, force / drag)) < 0.01 * most)
        for _ in 0..<15 { #expect(world.advanceFrame(Self.push(0)) == .ok) }
        #expect(abs(world.gripperVelocity) < 1e-3 * most)
      }
    }

    /// What the fingers hold they press with the commanded force; less than the weight needs lets it fall.
    @Test(arguments: [Float(15), 30]) func holdsWithTheForce(_ force: Float) throws {
      let cube = TestScene.object("cube", .box(size: Vector3(0.05, 0.05, 0.05)), mass: 0.2, at: Vector3(0.5, 0, 0.025))
      var world = try TestScene.world(TestScene.instance([TestScene.table, cube]))
      let path = TestPath.pickAndHold(z: 0.025, hold: 1).commands
      var held: [Double] = []
      for command in path {
        var told = command
        if command.opening < 0.06 { told.force = force }
        #expect(world.advanceFrame(told) == .ok)
        if world.objectPose(1).position.z > 0.1 { held.append(world.gripForce) }
      }
      #expect(world.objectPose(1).position.z > 0.15)
      #expect(held.count > 20)
      for grip in held.suffix(20) { #expect(abs(grip - Double(force)) < 0.01 * Double(force)) }
      for _ in 0..<15 { _ = world.advanceFrame(RobotCommand(arm: path[path.count - 1].arm, opening: 0, force: 0)) }
      #expect(world.objectPose(1).position.z < 0.1)
    }

    /// From a force back to an opening: the fingers go there as ever.
    @Test func openingsFollowForces() throws {
      var world = try TestScene.world(TestScene.instance([]))
      for _ in 0..<10 { #expect(world.advanceFrame(Self.push(10)) == .ok) }
      var command = TestScene.home
      command.opening = 0.05
      for _ in 0..<40 { #expect(world.advanceFrame(command) == .ok) }
      #expect(abs(world.gripperOpening - 0.05) < 1e-4)
      guard case .unstable = world.advanceFrame(Self.push(.nan)) else {
        Issue.record("a force that is no number went through")
        return
      }
    }

    /// Boxes from thin to as wide as the gripper opens: both pads press with the force of the episode, fully closed as
    /// with a target just short of the box, and let go at once.
    @Test(arguments: [0.003, 0.006, 0.012, 0.02, 0.045, 0.078], [8.0, 60])
    func pressesAnyWidth(width: Double, force: Double) throws {
      for dynamics in ArmDynamics.allCases {
        for target in [Float(0), Float(width - 0.001)] {
          var world = try Self.between(width, force: force, dynamics)
          var command = TestScene.home
          command.opening = target
          for _ in 0..<15 { #expect(world.advanceFrame(command) == .ok) }
          #expect(abs(world.gripForce - force) < 0.001 * force)
          #expect(world.contacts.count == 2)
          for contact in world.contacts { #expect(abs(contact.normalForce - force) < 0.005 * force) }
          #expect(abs(world.gripperVelocity) < 1e-4)
          command.opening = Float(width + 0.002)
          for _ in 0..<2 { #expect(world.advanceFrame(command) == .ok) }
          #expect(world.contacts.isEmpty)
        }
      }
    }

    /// Closing on nothing, however it is told: never faster than twice the gripper's speed, at rest at once at the stop,
    /// and no force that holds nothing.
    @Test(arguments: [2.0, 70], [0, 0.015]) func closesOnNothing(force: Double, closed: Double) throws {
      var instance = TestScene.instance([], gripForce: force)
      instance.robot.gripper.closedOpening = closed
      instance.robot.gripper.maxOpening += closed
      instance.robot.gripper.home += closed
      for slow in [true, false] {
        var world = try TestScene.world(instance)
        var command = TestScene.home
        let speed = instance.robot.gripper.speed
        var fastest = 0.0, lowest = 1.0
        for k in 1...45 {
          command.opening = slow ? max(0, Float(instance.robot.gripper.home) - 0.004 * Float(k)) : 0
          #expect(
            world.advanceFrame(command) { world in
              fastest = max(fastest, -world.gripperVelocity)
              lowest = min(lowest, world.gripperOpening)
            } == .ok)
        }
        #expect(fastest < (slow ? 0.12 : 2 * speed) + 0.27 * speed)
        #expect(lowest > closed - 1e-3)
        #expect(abs(world.gripperOpening - closed) < 1e-4)
        #expect(abs(world.gripperVelocity) < 1e-6)
        #expect(abs(world.gripForce) < 0.05)
      }
    }

    /// A box between the pads, nothing pulls at it.
    private static func between(_ width: Double, force: Double, _ dynamics: ArmDynamics) throws -> World {
      var robot = TestPanda.instance
      robot.dynamics = dynamics
      robot.gripper.home = width + 0.001
      let tool = TestKinematics.frames(TestPanda.home)[7]
      let box = TestScene.object(
        "box", .box(size: Vector3(0.02, width, 0.02)), mass: 0.1, at: tool.position, tool.orientation)
      var instance = TestScene.instance([box], gripForce: force, gravity: .zero, robot: robot)
      instance.expert.gripForce = force
      return try TestScene.world(instance)
    }
  }
}
