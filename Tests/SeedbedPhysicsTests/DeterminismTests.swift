import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  @Suite struct DeterminismTests {
    /// Hash after every frame.
    static func hashes(_ k: Int) throws -> [UInt64] {
      let (instance, path) = RobustnessTests.clutter(k, overlapping: false)
      var world = try TestScene.world(instance, meshes: ["cube.stl": TestScene.cubeMesh(1)])
      return path.commands.map { command in
        _ = world.advanceFrame(command)
        return world.stateHash
      }
    }

    /// The same bits whatever ran before, in either order.
    @Test func sameBits() throws {
      let forward = try (0..<4).map { try Self.hashes($0) }
      let backward = try (0..<4).reversed().map { try Self.hashes($0) }
      #expect(forward == Array(backward.reversed()))
      #expect(Set(forward.map { $0[100] }).count == 4)
    }

    /// The picture of the world may be asked for or not.
    @Test func queriesChangeNothing() throws {
      let (instance, path) = RobustnessTests.clutter(2, overlapping: false)
      let reference = try Self.hashes(2)
      var world = try TestScene.world(instance, meshes: ["cube.stl": TestScene.cubeMesh(1)])
      for (i, command) in path.commands.enumerated() {
        _ = world.advanceFrame(command)
        _ = (world.contacts, world.linkPoses, world.armEfforts, world.gripForce)
        #expect(world.stateHash == reference[i])
      }
    }
  }
}
