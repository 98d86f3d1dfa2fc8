import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  /// Objects that lie still sleep, and nobody can tell but by the clock.
  @Suite struct RestingTests {
    static func instance(_ things: [ObjectInstance], sleeping: Bool) -> SceneInstance {
      var instance = TestScene.instance([TestScene.table] + things)
      instance.sleeping = sleeping
      return instance
    }

    static func box(_ name: String, mass: Double = 0.2, at: Vector3) -> ObjectInstance {
      TestScene.object(name, .box(size: Vector3(0.05, 0.05, 0.05)), mass: mass, at: at)
    }

    /// Poses, and the contacts' forces on each object, after a second.
    static func settled(_ things: [ObjectInstance], sleeping: Bool) throws -> (poses: [Pose], forces: [Vector3]) {
      var world = try TestScene.world(instance(things, sleeping: sleeping))
      for _ in 0..<60 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      return (world.objectPoses, things.indices.map { world.contactForce(onObject: $0 + 1) })
    }

    /// A stack and a ball: where they stand and what carries them is the same, asleep or not.
    @Test func contactsKeepTheirForces() throws {
      let things = [
        Self.box("low", at: Vector3(0.5, 0.3, 0.0255)), Self.box("high", mass: 0.1, at: Vector3(0.5, 0.3, 0.0758)),
        TestScene.object("ball", .sphere(radius: 0.02), mass: 0.1, at: Vector3(0.7, 0.3, 0.0203)),
      ]
      let asleep = try Self.settled(things, sleeping: true), awake = try Self.settled(things, sleeping: false)
      for i in things.indices {
        #expect((asleep.poses[i + 1].position - awake.poses[i + 1].position).length < 1e-5)
        #expect((asleep.forces[i] - awake.forces[i]).length < 1e-3 * 9.81 * things[i].mass)
        #expect(abs(asleep.forces[i].z - 9.81 * things[i].mass) < 1e-3 * 9.81 * things[i].mass)
      }
    }

    /// Asleep, an object's speed is 0 to the bit.
    @Test func sleeps() throws {
      for sleeping in [true, false] {
        var world = try TestScene.world(
          Self.instance([Self.box("box", at: Vector3(0.5, 0.3, 0.0255))], sleeping: sleeping))
        for _ in 0..<90 { #expect(world.advanceFrame(TestScene.home) == .ok) }
        let pose = world.objectPose(1)
        for _ in 0..<30 { #expect(world.advanceFrame(TestScene.home) == .ok) }
        #expect((world.objectPose(1) == pose) == sleeping)
      }
    }

    /// A ball rolls into a stack that sleeps: all of it wakes, in the step in which it is touched.
    @Test func wakesWhenHit() throws {
      func run(sleeping: Bool) throws -> [Pose] {
        var ball = TestScene.object("ball", .sphere(radius: 0.02), mass: 0.5, at: Vector3(0.1, 0.3, 0.3))
        ball.friction = 0.2
        let ramp = TestScene.fixed(
          "ramp", .box(size: Vector3(0.4, 0.1, 0.02)), at: Vector3(0.15, 0.3, 0.15),
          friction: 0.2, Quaternion(axis: .unitY, angle: 0.5))
        var world = try TestScene.world(
          Self.instance(
            [
              ramp, Self.box("low", at: Vector3(0.55, 0.3, 0.0255)), Self.box("high", at: Vector3(0.55, 0.3, 0.0758)),
              ball,
            ], sleeping: sleeping))
        for _ in 0..<90 { #expect(world.advanceFrame(TestScene.home) == .ok) }
        return [world.objectPose(2), world.objectPose(3)]
      }
      let asleep = try run(sleeping: true), awake = try run(sleeping: false)
      #expect((asleep[0].position - Vector3(0.55, 0.3, 0.0255)).length > 0.01)
      for (a, b) in zip(asleep, awake) { #expect((a.position - b.position).length < 0.005) }
    }

    /// A push wakes, and one that is too weak to move anything leaves it where it is.
    @Test func wakesWhenPushed() throws {
      var world = try TestScene.world(Self.instance([Self.box("box", at: Vector3(0.5, 0.3, 0.0255))], sleeping: true))
      for _ in 0..<60 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      let start = world.objectPose(1).position
      world.push(object: 1, force: Vector3(0, 0.5, 0))
      for _ in 0..<60 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      #expect((world.objectPose(1).position - start).length < 1e-4)
      world.push(object: 1, force: Vector3(0, 0, 0))
      for _ in 0..<30 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      #expect((world.objectPose(1).position - start).length < 1e-4)
      world.push(object: 1, force: Vector3(0, 3, 0))
      for _ in 0..<10 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      #expect(world.objectPose(1).position.y > start.y + 0.05)
    }

    /// What is about to move does not fall asleep: a box on a slope a little steeper than its friction holds.
    @Test func slowStartsAreSeen() throws {
      let angle = 0.2
      let tilt = Quaternion(axis: .unitY, angle: angle)
      let slope = TestScene.fixed("slope", .box(size: Vector3(1, 1, 0.02)), at: Vector3(1, 0.8, 0.5), tilt)
      let normal = tilt.rotate(.unitZ)
      // 0.2 % above what holds: 0.004 m/s².
      var box = Self.box("box", at: Vector3(1, 0.8, 0.5) + normal * 0.0351)
      box.pose.orientation = tilt
      for (share, moves) in [(0.998, true), (1.002, false)] {
        var thing = box
        thing.friction = 0.2027100355 * share
        var ground = slope
        ground.friction = thing.friction
        var world = try TestScene.world(TestScene.instance([ground, thing]))
        for _ in 0..<90 { #expect(world.advanceFrame(TestScene.home) == .ok) }
        let way = (world.objectPose(1).position - thing.pose.position).length
        #expect((way > 5e-3) == moves, "\(share) \(way)")
      }
    }
  }
}
