import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  /// How many points two convex shapes touch in: a face rests on a face on three or more, a line on two, a point on one.
  @Suite struct ManifoldTests {
    enum Shape: String, CaseIterable, Sendable {
      case box, hull, cylinder, bin

      /// 6 cm wide, 4 cm high.
      var instance: ShapeInstance {
        switch self {
        case .box: .box(size: Vector3(0.06, 0.06, 0.04))
        case .hull: .mesh(path: "cube.stl", scale: Vector3(0.06, 0.06, 0.04))
        case .cylinder: .cylinder(radius: 0.03, length: 0.04)
        case .bin: .bin(size: Vector3(0.06, 0.06, 0.04), wall: 0.01)
        }
      }
    }

    /// Points after the thing has come to rest on the base, and how far it then still moves in a second.
    static func rest(
      _ top: ShapeInstance, on base: ShapeInstance, at pose: Pose, fixedBase: Bool = true
    ) throws -> (points: Int, moved: Double) {
      var objects = [TestScene.fixed("base", base, at: Vector3(3, 0, 0))]
      if !fixedBase {
        objects[0] = TestScene.object("base", base, mass: 0.5, at: Vector3(3, 0, 0))
        objects.append(TestScene.fixed("floor", .box(size: Vector3(1, 1, 0.2)), at: Vector3(3, 0, -0.1198)))
      }
      objects.append(TestScene.object("top", top, mass: 0.2, at: Vector3(3, 0, 0) + pose.position, pose.orientation))
      var world = try TestScene.world(
        TestScene.instance(objects), meshes: ["cube.stl": TestScene.cubeMesh(1)])
      for _ in 0..<15 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      let index = objects.count - 1
      let before = world.objectPose(index)
      let points = world.contactPoints.count {
        $0.first == .object(0) && $0.second == .object(index) || $0.second == .object(0) && $0.first == .object(index)
      }
      for _ in 0..<30 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      let after = world.objectPose(index)
      let turn = (before.orientation.conjugate * after.orientation).rotationVector.length
      return (points, (after.position - before.position).length + 0.03 * turn)
    }

    static let yaw = Quaternion(axis: .unitZ, angle: 0.3)

    /// Every face of every flat shape on every other, turned and shifted; a bin stands with its floor on what is below.
    @Test(arguments: [Shape.box, .hull, .cylinder], Shape.allCases)
    func faceOnFace(base: Shape, top: Shape) throws {
      let pose = Pose(Vector3(0.004, -0.003, 0.0398), Self.yaw)
      for fixedBase in [true, false] {
        let result = try Self.rest(top.instance, on: base.instance, at: pose, fixedBase: fixedBase)
        #expect(result.points >= 3, "\(result.points)")
        // The engine's points on a cylinder's cap wander a little along its rim.
        #expect(result.moved < (base == .cylinder ? 2e-4 : 2e-5), "\(result.moved)")
      }
    }

    /// On the rim of a bin too.
    @Test(arguments: [Shape.box, .hull, .cylinder]) func onARim(top: Shape) throws {
      let scaled: ShapeInstance =
        switch top {
        case .box: .box(size: Vector3(0.1, 0.1, 0.04))
        case .hull: .mesh(path: "cube.stl", scale: Vector3(0.1, 0.1, 0.04))
        default: .cylinder(radius: 0.05, length: 0.04)
        }
      let result = try Self.rest(scaled, on: Shape.bin.instance, at: Pose(Vector3(0.002, 0.001, 0.0398), Self.yaw))
      #expect(result.points >= 3)
      #expect(result.moved < 2e-5, "\(result.moved)")
    }

    /// A lying cylinder or capsule touches a face in a line.
    @Test(arguments: [Shape.box, .hull]) func lineOnFace(base: Shape) throws {
      let lying = Quaternion(axis: .unitZ, angle: 0.2) * Quaternion(axis: .unitY, angle: Double.pi / 2)
      for shape in [ShapeInstance.cylinder(radius: 0.015, length: 0.05), .capsule(radius: 0.015, length: 0.04)] {
        let result = try Self.rest(shape, on: base.instance, at: Pose(Vector3(0, 0, 0.0348), lying))
        #expect(result.points == 2, "\(result.points)")
        #expect(result.moved < 1e-4, "\(result.moved)")
      }
    }

    @Test(arguments: [Shape.box, .hull, .cylinder]) func pointOnFace(base: Shape) throws {
      let result = try Self.rest(
        .sphere(radius: 0.02), on: base.instance, at: Pose(Vector3(0.002, 0.001, 0.0398)))
      #expect(result.points == 1)
      #expect(result.moved < 1e-4, "\(result.moved)")
    }
  }
}
