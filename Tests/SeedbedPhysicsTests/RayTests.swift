import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  /// Rays against shapes whose distances are known.
  @Suite struct RayTests {
    /// Distance of random rays to a shape that is turned and moved, and by sphere tracing on its distance function.
    @Test(arguments: [
      ShapeInstance.box(size: Vector3(0.2, 0.3, 0.1)), .sphere(radius: 0.12), .cylinder(radius: 0.1, length: 0.25),
      .capsule(radius: 0.07, length: 0.2), .mesh(path: "cube.stl", scale: Vector3(0.2, 0.3, 0.1)),
    ]) func entersWhereTheSurfaceIs(shape: ShapeInstance) throws {
      let pose = Pose(Vector3(4, -7, 6), Quaternion(roll: 0.4, pitch: -0.9, yaw: 2))
      let object = TestScene.fixed("thing", shape, at: pose.position, pose.orientation)
      let world = try TestScene.world(TestScene.instance([object]), meshes: ["cube.stl": TestScene.cubeMesh(1)])
      // A linear congruential generator (Knuth's MMIX).
      var state: UInt64 = 7
      func number() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) * 0x1p-52 - 1
      }
      var hits = 0
      for _ in 0..<300 {
        let origin = pose.position + (Vector3(number(), number(), number()).normalized ?? .unitX) * 0.5
        let target = pose.position + Vector3(number(), number(), number()) * 0.2
        let direction = (target - origin).normalized ?? .unitX
        let found = world.distances(from: origin, along: [direction], reach: 1.2, except: nil)[0]
        let traced = Self.trace(shape, pose.inverse.apply(origin), pose.inverse.rotate(direction), reach: 1.2)
        guard let traced else {
          // A graze is a matter of the last digits.
          if let found { #expect(Self.distance(shape, pose.inverse.apply(origin + direction * found)) < 1e-5) }
          continue
        }
        hits += 1
        #expect(abs((found ?? .infinity) - traced) < 1e-4)
      }
      #expect(hits > 30)
      // From inside nothing of it is seen, nor beyond the reach.
      #expect(world.distances(from: pose.position, along: [.unitX, .unitZ], reach: 0.3, except: nil) == [nil, nil])
    }

    @Test func ownLinkIsNotSeen() throws {
      let world = try TestScene.world(TestScene.instance([TestScene.table]))
      // Straight down through the forearm's wrist to the table.
      let hand = world.linkPose(TestPanda.hand)
      let above = hand.position + Vector3(0, 0, 0.03)
      let all = world.distances(from: above + Vector3(0, 0, 0.5), along: [-.unitZ], reach: 5, except: nil)[0]
      #expect((all ?? 9) < 0.6)
      let tip = hand.apply(Vector3(0, 0, 0.2))
      let free = world.distances(from: tip, along: [-.unitZ], reach: 5, except: TestPanda.hand)[0]
      #expect(abs((free ?? 0) - tip.z) < 1e-9)
      let back = world.distances(from: tip, along: [.unitZ], reach: 0.2, except: nil)[0]
      #expect(back != nil)
    }

    /// Distance from a point to the surface, by the shapes' distance functions.
    private static func distance(_ shape: ShapeInstance, _ p: Vector3) -> Double {
      switch shape {
      case .sphere(let radius): return p.length - radius
      case .capsule(let radius, let length):
        return (p - Vector3(0, 0, min(max(p.z, -length / 2), length / 2))).length - radius
      case .cylinder(let radius, let length):
        return flat([(p.x * p.x + p.y * p.y).squareRoot() - radius, abs(p.z) - length / 2])
      case .box(let size), .mesh(_, let size):
        return flat([abs(p.x) - size.x / 2, abs(p.y) - size.y / 2, abs(p.z) - size.z / 2])
      case .bin, .urdf: return .infinity
      }
    }

    private static func flat(_ parts: [Double]) -> Double {
      let outside = parts.reduce(0) { $0 + max($1, 0) * max($1, 0) }.squareRoot()
      return outside + min(parts.max() ?? 0, 0)
    }

    private static func trace(
      _ shape: ShapeInstance, _ origin: Vector3, _ direction: Vector3, reach: Double
    ) -> Double? {
      var along = 0.0
      while along < reach {
        let gap = distance(shape, origin + direction * along)
        if gap < 1e-7 { return along }
        along += gap
      }
      return nil
    }
  }
}
