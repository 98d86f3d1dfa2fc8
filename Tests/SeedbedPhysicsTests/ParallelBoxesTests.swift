import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  /// Boxes that stand flush on leaning ones: their edges are parallel but for rounding.
  @Suite struct ParallelBoxesTests {
    @Test func leaningBoxesCarry() throws {
      for lean in [0.5, 3, 5, 12, 15, 22, 25, 27, 31, -20, -33] {
        let tilt = Quaternion(axis: .unitY, angle: lean * Double.pi / 180)
        let ramp = TestScene.fixed("ramp", .box(size: Vector3(0.3, 3, 0.02)), at: Vector3(2, 0, 0.5), tilt)
        var objects = [ramp], starts: [Vector3] = []
        for k in 0..<27 {
          let at = Vector3(2, -1.3 + 0.1 * Double(k), 0.5) + tilt.rotate(Vector3(0, 0, 0.0349))
          let turn = tilt * Quaternion(axis: .unitZ, angle: 0.23 * Double(k))
          objects.append(
            TestScene.object("box\(k)", .box(size: Vector3(0.05, 0.04, 0.05)), mass: 0.1, at: at, turn))
          starts.append(at)
        }
        var world = try TestScene.world(TestScene.instance(objects))
        for _ in 0..<15 { #expect(world.advanceFrame(TestScene.home) == .ok) }
        for (k, start) in starts.enumerated() {
          #expect((world.objectPose(k + 1).position - start).length < 1e-3, "\(lean) degrees, box \(k)")
        }
      }
    }
  }
}
