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
  }
}
