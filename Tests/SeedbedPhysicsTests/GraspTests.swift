import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  @Suite struct GraspTests {
    @Test(arguments: [0.2, 1.0]) func cubeDoesNotCreep(mass: Double) throws {
      let cube = TestScene.object(
        "cube", .box(size: Vector3(0.05, 0.05, 0.05)), mass: mass, at: Vector3(0.5, 0, 0.0255))
      let held = try Held.pick(cube, z: 0.025)
      print(held)
      #expect(held.outcome == .ok)
      #expect(held.lifted)
      #expect(held.creep < 0.02)
      #expect(held.turn < 0.1)
      #expect(abs(held.gripForce - 20) < 0.1)
    }
  }
}
