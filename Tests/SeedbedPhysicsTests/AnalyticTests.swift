import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  /// Cases with closed forms. The robot stands by.
  @Suite struct AnalyticTests {
    /// Runs the scene for the time with the robot at home; gravity may lean, so the robot keeps out of the way.
    static func run(_ instance: SceneInstance, seconds: Double) throws -> [Pose] {
      var world = try TestScene.world(instance)
      for _ in 0..<Int((seconds * 30).rounded()) { #expect(world.advanceFrame(TestScene.home) == .ok) }
      return world.objectPoses
    }

    /// Symplectic Euler: late by g h t / 2, nothing else.
    @Test func freeFall() throws {
      let ball = TestScene.object("ball", .sphere(radius: 0.02), mass: 0.1, at: Vector3(3, 0, 10))
      let z = try Self.run(TestScene.instance([ball]), seconds: 1)[0].position.z
      let h = 1.0 / 240
      #expect(abs(z - (10 - 0.5 * 9.81 * (1 + h))) < 1e-9)
    }

    /// On an incline of 30 degrees, along the box's edges and at 45 degrees to them.
    @Test(arguments: [0.0, 45.0]) func slides(direction: Double) throws {
      let (s, c) = Elementary.sinCos(direction * Double.pi / 180)
      let g = 9.81
      let gravity = Vector3(0.5 * g * c, 0.5 * g * s, -g * 0.75.squareRoot())
      let floor = TestScene.fixed("floor", .box(size: Vector3(20, 20, 1)), at: Vector3(20, 0, -0.5), friction: 0.3)
      let box = TestScene.object(
        "box", .box(size: Vector3(0.05, 0.05, 0.05)), mass: 0.2, friction: 0.3, at: Vector3(20, 0, 0.0248))
      let end = try Self.run(TestScene.instance([floor, box], gravity: gravity), seconds: 1)[1].position
      let travelled = (end - Vector3(20, 0, end.z)).length
      let expected = 0.5 * g * (0.5 - 0.3 * 0.75.squareRoot())
      #expect(abs(travelled / expected - 1) < 0.006)
    }

    @Test func sticks() throws {
      let g = 9.81
      let gravity = Vector3(0.5 * g, 0, -g * 0.75.squareRoot())
      let floor = TestScene.fixed("floor", .box(size: Vector3(20, 20, 1)), at: Vector3(20, 0, -0.5), friction: 0.7)
      let box = TestScene.object(
        "box", .box(size: Vector3(0.05, 0.05, 0.05)), mass: 0.2, friction: 0.7, at: Vector3(20, 0, 0.0248))
      let end = try Self.run(TestScene.instance([floor, box], gravity: gravity), seconds: 5)[1].position
      #expect(abs(end.x - 20) < 1e-3)
    }

    @Test(arguments: [1.0, 0.8, 0.5]) func bounces(restitution: Double) throws {
      let floor = TestScene.fixed(
        "floor", .box(size: Vector3(1, 1, 1)), at: Vector3(3, 0, -0.5), restitution: restitution)
      let ball = TestScene.object(
        "ball", .sphere(radius: 0.05), mass: 0.2, restitution: restitution, at: Vector3(3, 0, 1.05))
      var apex = 0.0
      var hit = false
      var world = try TestScene.world(TestScene.instance([floor, ball], rates: Rates(physics: 480, control: 240)))
      for _ in 0..<240 {
        #expect(world.advanceFrame(TestScene.home) == .ok)
        let z = world.objectPose(1).position.z - 0.05
        hit = hit || z < 0.02
        if hit { apex = max(apex, z) }
      }
      #expect(abs(apex / (restitution * restitution) - 1) < 0.05)
    }

    /// Round things that roll come to rest, each after some metres; a box would stop by sliding.
    @Test(arguments: [
      (ShapeInstance.sphere(radius: 0.025), 0.025), (.cylinder(radius: 0.025, length: 0.06), 0.025),
      (.capsule(radius: 0.02, length: 0.05), 0.02),
    ]) func rollingStops(shape: ShapeInstance, radius: Double) throws {
      // A short slope gives the speed, then the floor is level.
      let floor = TestScene.fixed("floor", .box(size: Vector3(20, 4, 1)), at: Vector3(12, 0, -0.5))
      let ramp = TestScene.fixed(
        "ramp", .box(size: Vector3(0.6, 1, 0.02)), at: Vector3(3, 0, 0.02), Quaternion(axis: .unitY, angle: 0.1))
      let start = Vector3(2.9, 0, 0.02 + 0.01 + 0.1 * 0.1 + radius + 0.001)
      let thing = TestScene.object(
        "round", shape, mass: 0.2, at: start, Quaternion(axis: .unitX, angle: Double.pi / 2))
      var world = try TestScene.world(TestScene.instance([floor, ramp, thing]))
      var fastest = 0.0
      for _ in 0..<(30 * 8) {
        #expect(world.advanceFrame(TestScene.home) == .ok)
        fastest = max(fastest, world.objectVelocity(2).linear.length)
      }
      let v = world.objectVelocity(2)
      #expect(fastest > 0.1)
      #expect(v.linear.length < 1e-3)
      #expect(v.angular.length < 1e-2)
    }

    /// A resting box is carried by its weight, and who touches is said.
    @Test func restingContact() throws {
      let box = TestScene.object(
        "box", .box(size: Vector3(0.05, 0.05, 0.05)), mass: 0.5, at: Vector3(0.5, 0.3, 0.0255))
      var world = try TestScene.world(TestScene.instance([box, TestScene.table]))
      for _ in 0..<15 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      let contacts = world.contacts
      #expect(contacts.count == 1)
      let contact = try #require(contacts.first)
      #expect(contact.first == .object(0))
      #expect(contact.second == .object(1))
      #expect(contact.normal.z > 0.999)
      #expect(abs(contact.normalForce - 0.5 * 9.81) < 0.01)
      #expect((contact.point - Vector3(0.5, 0.3, 0)).length < 1e-3)
      #expect(contact.depth > 0 && contact.depth < 1e-3)
    }

    /// Hulls, and round things on hulls, stand still: the manifold carries them on several points.
    @Test(arguments: [
      ShapeInstance.mesh(path: "cube.stl", scale: Vector3(0.06, 0.04, 0.05)), .cylinder(radius: 0.02, length: 0.05),
      .box(size: Vector3(0.04, 0.05, 0.05)),
    ]) func standsOnAHull(shape: ShapeInstance) throws {
      let base = TestScene.object(
        "base", .mesh(path: "cube.stl", scale: Vector3(0.08, 0.08, 0.04)), mass: 0.5, at: Vector3(0.5, 0.3, 0.0205))
      let top = TestScene.object(
        "top", shape, mass: 0.3, at: Vector3(0.505, 0.3, 0.0665), Quaternion(axis: .unitZ, angle: 0.4))
      let instance = TestScene.instance([TestScene.table, base, top])
      var world = try TestScene.world(instance, meshes: ["cube.stl": TestScene.cubeMesh(1)])
      for _ in 0..<60 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      let early = world.objectPose(2)
      for _ in 0..<60 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      let late = world.objectPose(2)
      #expect((early.position - late.position).length < 1e-5)
      #expect((early.orientation.conjugate * late.orientation).rotationVector.length < 1e-4)
      #expect(abs(late.position.z - 0.065) < 1e-3)
      #expect(world.contacts.count == 2)
    }

    /// Restless or not, what falls off the table falls on, and that is no explosion.
    @Test func fallingOff() throws {
      let ball = TestScene.object("ball", .sphere(radius: 0.02), mass: 0.1, at: Vector3(3, 0, 0))
      let end = try Self.run(TestScene.instance([ball]), seconds: 3)[0].position
      #expect(end.z < -40)
    }
  }
}
