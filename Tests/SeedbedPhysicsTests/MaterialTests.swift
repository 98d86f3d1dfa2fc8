import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  /// Pairs of materials, friction at rest and while sliding, and pads.
  @Suite struct MaterialTests {
    /// A box on a slope, the fall line along x.
    static func slide(
      slope: Double, box: SurfaceMaterial?, floor: SurfaceMaterial?, pairs: [MaterialPair]?, own: Double = 0.8,
      seconds: Double = 1
    ) throws -> Double {
      let (s, c) = Elementary.sinCos(slope * Double.pi / 180)
      var ground = TestScene.fixed(
        "floor", .box(size: Vector3(20, 20, 1)), at: Vector3(20, 0, -0.5), friction: own)
      var thing = TestScene.object(
        "box", .box(size: Vector3(0.05, 0.05, 0.05)), mass: 0.2, friction: own, at: Vector3(20, 0, 0.0248))
      (ground.material, thing.material) = (floor, box)
      var instance = TestScene.instance([ground, thing], gravity: Vector3(9.81 * s, 0, -9.81 * c))
      instance.materialPairs = pairs
      return try AnalyticTests.run(instance, seconds: seconds)[1].position.x - 20
    }

    static let pair = MaterialPair("wood", "ice", friction: 0.5, kineticFriction: 0.2, restitution: 0.4)

    /// At rest up to arctan of the one coefficient, and from there on by the other.
    @Test func restsAndSlides() throws {
      let wood = SurfaceMaterial("wood"), ice = SurfaceMaterial("ice")
      #expect(try Self.slide(slope: 25, box: wood, floor: ice, pairs: [Self.pair], seconds: 3) < 1e-4)
      let (s, c) = Elementary.sinCos(28 * Double.pi / 180)
      let expected = 0.5 * 9.81 * (s - 0.2 * c)
      // It crosses from the one friction to the other while it is slow.
      #expect(abs(try Self.slide(slope: 28, box: ice, floor: wood, pairs: [Self.pair]) / expected - 1) < 0.03)
    }

    /// A coefficient of its own, a pair that is not there, or a side without material: geometric mean of both sides' own.
    @Test func ownFrictionGoesFirst() throws {
      let wood = SurfaceMaterial("wood"), ice = SurfaceMaterial("ice")
      let (s, c) = Elementary.sinCos(30 * Double.pi / 180)
      let expected = 0.5 * 9.81 * (s - 0.1 * c)
      for (box, floor, pairs) in [
        (SurfaceMaterial("wood", setsFriction: false), ice, [Self.pair]), (wood, nil, [Self.pair]),
        (wood, SurfaceMaterial("stone"), [Self.pair]), (wood, ice, nil),
      ] as [(SurfaceMaterial, SurfaceMaterial?, [MaterialPair]?)] {
        let way = try Self.slide(slope: 30, box: box, floor: floor, pairs: pairs, own: 0.1)
        #expect(abs(way / expected - 1) < 0.006)
      }
    }

    /// Bounces as the pair says; not where the object has a restitution of its own.
    @Test(arguments: [true, false]) func bounces(setsRestitution: Bool) throws {
      var floor = TestScene.fixed("floor", .box(size: Vector3(1, 1, 1)), at: Vector3(3, 0, -0.5), restitution: 0.9)
      var ball = TestScene.object(
        "ball", .sphere(radius: 0.05), mass: 0.2, restitution: 0.9, at: Vector3(3, 0, 1.05))
      floor.material = SurfaceMaterial("ice", setsRestitution: setsRestitution)
      ball.material = SurfaceMaterial("wood")
      var instance = TestScene.instance([floor, ball], rates: Rates(physics: 480, control: 240))
      instance.materialPairs = [Self.pair]
      var world = try TestScene.world(instance)
      var apex = 0.0
      var hit = false
      for _ in 0..<200 {
        #expect(world.advanceFrame(TestScene.home) == .ok)
        let z = world.objectPose(1).position.z - 0.05
        hit = hit || z < 0.02
        if hit { apex = max(apex, z) }
      }
      let e = setsRestitution ? 0.4 : 0.9
      #expect(abs(apex / (e * e) - 1) < 0.05)
    }

    /// Rubber fingers hold what bare ones of the same robot drop.
    @Test func fingersHaveMaterials() throws {
      var robot = TestPanda.instance
      robot.fingerMaterial = SurfaceMaterial("rubber")
      var cube = GraspTests.cube(mass: 1.5, friction: 0.1)
      for friction in [0.1, 0.9] {
        cube.material = SurfaceMaterial("steel")
        var instance = TestScene.instance([TestScene.table, cube], robot: robot)
        instance.materialPairs = [
          MaterialPair("rubber", "steel", friction: friction, kineticFriction: friction, restitution: 0.7)
        ]
        var world = try TestScene.world(instance)
        for command in TestPath.pickAndHold(z: 0.025, hold: 0.5).commands {
          #expect(world.advanceFrame(command) == .ok)
        }
        #expect((world.objectPose(1).position.z > 0.15) == (friction > 0.5))
      }
    }

    @Test func badPairsAreRefused() {
      var instance = TestScene.instance([TestScene.table])
      instance.materialPairs = [MaterialPair("a", "b", friction: .nan, kineticFriction: -1, restitution: 2)]
      instance.robot.gripper.pad = PadInstance(stiffness: 0, damping: .infinity)
      do {
        _ = try TestScene.world(instance)
        Issue.record("no error")
      } catch {
        #expect((error as? WorldError)?.problems.count == 5)
      }
    }
  }
}
