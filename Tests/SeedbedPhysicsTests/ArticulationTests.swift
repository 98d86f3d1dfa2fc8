import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import Testing
import URDF

extension PhysicsTests {
  /// Drawers and doors against closed forms.
  @Suite struct ArticulationTests {
    typealias Thing = TestMechanism
    static let degree = Double.pi / 180

    static func slide(
      at position: Double = 0, _ velocity: Double = 0, damping: Double = 0, friction: Double = 0
    ) -> ObjectJointInstance {
      ObjectJointInstance(
        joint: "slide", isPrismatic: true, position: position, velocity: velocity, damping: damping, friction: friction)
    }

    static func hinge(
      at position: Double = 0, _ velocity: Double = 0, damping: Double = 0, friction: Double = 0
    ) -> ObjectJointInstance {
      ObjectJointInstance(
        joint: "hinge", isPrismatic: false, position: position, velocity: velocity, damping: damping,
        friction: friction)
    }

    /// v = v0 exp(-c t / m), at weak and at strong damping.
    @Test(arguments: [0.3, 3.0, 60, 2000]) func dampedSlide(damping: Double) throws {
      let track = try Thing.run(Thing.drawer(), Self.slide(0.8, damping: damping), frames: 45)
      #expect(track.count == 45)
      for (k, state) in track.enumerated() {
        let expected = 0.8 * Elementary.exp(-damping / 1.5 * Double(k + 1) / 30)
        #expect(abs(state.v - expected) < 1e-4 * expected + 1e-7)
      }
    }

    /// The same for a hinge, with the inertia about it.
    @Test func dampedDoor() throws {
      let track = try Thing.run(Thing.door(lower: -10, upper: 10), Self.hinge(2, damping: 0.2), frames: 60)
      let rate = 0.2 / Thing.doorInertia
      for (k, state) in track.enumerated() {
        #expect(abs(state.v - 2 * Elementary.exp(-rate * Double(k + 1) / 30)) < 2e-3)
      }
    }

    /// A steady force against damping: v = F / c.
    @Test func steadySpeed() throws {
      let gravity = Vector3(2, 0, -9.81)
      let track = try Thing.run(Thing.drawer(), Self.slide(damping: 12), frames: 60, gravity: gravity)
      #expect(abs((track.last?.v ?? 0) - 1.5 * 2 / 12) < 1e-5)
    }

    /// x = v0² / 2a with a = F / m; the integration is of first order: v0 h / 2 less. Then it stays.
    @Test func frictionStops() throws {
      let track = try Thing.run(Thing.drawer(), Self.slide(0.5, friction: 0.75), frames: 120)
      let way = 0.5 * 0.5 / (2 * 0.5)
      #expect(abs((track.last?.q ?? 0) - (way - 0.5 / 480)) < 1e-3 * way)
      #expect(abs((track.last?.q ?? 0) - track[60].q) < 1e-7)
    }

    /// Below its friction a drawer on a slope stands; above it, it slides with the rest.
    @Test func stiction() throws {
      let slope = 0.3
      let gravity = Vector3(9.81 * Elementary.sin(slope), 0, -9.81 * Elementary.cos(slope))
      let weight = 1.5 * gravity.x
      let stuck = try Thing.run(Thing.drawer(), Self.slide(friction: 1.1 * weight), frames: 300, gravity: gravity)
      #expect(abs(stuck.last?.q ?? 1) < 2e-6)
      let loose = try Thing.run(Thing.drawer(), Self.slide(friction: 0.8 * weight), frames: 30, gravity: gravity)
      #expect(abs((loose.last?.v ?? 0) - 0.2 * gravity.x) < 1e-3 * 0.2 * gravity.x)
    }

    /// A tilted cabinet opens its drawer as g sin; first order: g h t / 2 more.
    @Test func tiltedDrawer() throws {
      let tilt = Quaternion(axis: .unitY, angle: 0.4)
      let track = try Thing.run(Thing.drawer(), Self.slide(), frames: 30, at: Pose(Thing.place, tilt))
      let g = 9.81 * Elementary.sin(0.4)
      for (k, state) in track.enumerated() {
        let t = Double(k + 1) / 30
        #expect(abs(state.q - (0.5 * g * t * t + 0.5 * g * t / 240)) < 1e-6)
        #expect(abs(state.v - g * t) < 1e-6)
      }
    }

    /// A door on a hinge that leans swings as a pendulum under the share of gravity across the hinge.
    @Test(arguments: [0.3, Double.pi / 2]) func doorSwings(lean: Double) throws {
      // About z, with gravity in the plane of x and z: at 0 the door hangs along x.
      let gravity = Vector3(9.81 * Elementary.sin(lean), 0, -9.81 * Elementary.cos(lean))
      let track = try Thing.run(
        Thing.door(lower: -3, upper: 3), Self.hinge(at: 1), frames: 90, gravity: gravity)
      var q = 1.0, v = 0.0
      let a = 2 * gravity.x * 0.2 / Thing.doorInertia
      let n = 400
      let h = 1.0 / 30 / Double(n)
      for state in track {
        // Velocity Verlet, a hundred times finer.
        for _ in 0..<n {
          v -= 0.5 * h * a * Elementary.sin(q)
          q += h * v
          v -= 0.5 * h * a * Elementary.sin(q)
        }
        #expect(abs(state.q - q) < 0.02)
      }
    }

    /// Whatever the speed, a stop is reached and held within 0.1 mm, without passing it in between.
    @Test(arguments: [0.05, 0.7, 3.0], [-1.0, 1]) func drawerStops(speed: Double, way: Double) throws {
      let gravity = Vector3(4 * way, 0, -9)
      let track = try Thing.run(
        Thing.drawer(lower: -0.4, upper: 0.4), Self.slide(speed * way), frames: 90, gravity: gravity)
      #expect(track.count == 90)
      for state in track { #expect(abs(state.q) < 0.4 + 1e-4) }
      for state in track.suffix(45) {
        #expect(abs(state.q * way - 0.4) < 1e-4)
        #expect(abs(state.v) < 1e-4)
      }
    }

    @Test(arguments: [0.2, 2.0, 9.0], [-1.0, 1]) func doorStops(speed: Double, way: Double) throws {
      let track = try Thing.run(Thing.door(), Self.hinge(speed * way), frames: 300)
      #expect(track.count == 300)
      for state in track { #expect(abs(state.q) < 1.5 + 0.1 * Self.degree) }
      for state in track.suffix(30) { #expect(abs(state.q * way - 1.5) < 0.1 * Self.degree) }
    }

    /// One limit only; a range of several turns; none.
    @Test func knobs() throws {
      let half = try Thing.run(Thing.drawer(lower: nil, upper: 0.3), Self.slide(1), frames: 60)
      #expect(abs((half.last?.q ?? 0) - 0.3) < 1e-4)
      // Along its own axis, so that it spins freely.
      let knob = Thing.door(axis: .unitX, lower: -10, upper: 10)
      let turned = try Thing.run(knob, Self.hinge(at: -9, 20), frames: 60)
      #expect(turned.count == 60)
      for state in turned { #expect(state.q < 10 + 0.1 * Self.degree) }
      #expect(abs((turned.last?.q ?? 0) - 10) < 0.1 * Self.degree)
    }

    @Test func wheelTurnsOn() throws {
      var wheel = Thing.door(axis: .unitX, kind: .continuous, lower: nil, upper: nil)
      wheel.links[1] = Thing.link("door", mass: 2, size: Vector3(0.1, 0.4, 0.4))
      let track = try Thing.run(wheel, Self.hinge(15), frames: 90)
      #expect(abs((track.last?.q ?? 0) - 45) < 1e-6)
      #expect(abs((track.last?.v ?? 0) - 15) < 1e-9)
    }

    /// A free thing without gravity keeps its momentum while its parts move against each other.
    @Test func freeRoot() throws {
      var model = Thing.drawer(lower: -0.2, upper: 0.2)
      model.links[0] = Thing.link("body", mass: 3, size: Vector3(0.2, 0.2, 0.2), at: Vector3(0, 0, -0.4))
      let thing = Thing.object(Self.slide(0.3, damping: 0.5, friction: 0.01), isFixed: false)
      var world = try Thing.world(model, [thing], gravity: .zero)
      for _ in 0..<90 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      // All together move on with the momentum of the drawer.
      let poses = world.objectLinkPoses[0]
      let middle = (poses[0].apply(Vector3(0, 0, -0.4)) * 3 + poses[1].position * 1.5) / 4.5
      let start = (Thing.place + Vector3(0, 0, -0.4)) * (3 / 4.5) + Thing.place * (1.5 / 4.5)
      #expect((middle - start - Vector3(0.1 * 3, 0, 0)).length < 1e-3)
      #expect(world.objectJointPositions[0] <= 0.2 + 1e-4)
      #expect((world.objectPose(0).position - poses[0].position).length < 1e-12)
    }

    /// Links without <inertial> weigh as much as their shapes do; a mass of the whole scales them.
    @Test func masses() throws {
      var model = Thing.drawer()
      model.links[1].inertial = nil
      model.links[1].collisions.append(
        Collision(origin: Pose(Vector3(0, 0, 0.2)), geometry: .sphere(radius: 0.05), location: Thing.here))
      var thing = Thing.object(Self.slide(0.5, damping: 3))
      thing.density = 200
      var world = try Thing.world(model, [thing])
      for _ in 0..<30 { _ = world.advanceFrame(TestScene.home) }
      let mass = 200 * (0.3 * 0.2 * 0.1 + 4.0 / 3 * Double.pi * 0.05 * 0.05 * 0.05)
      #expect(abs(world.objectJointVelocities[0] - 0.5 * Elementary.exp(-3 / mass)) < 1e-4)
      thing.density = nil
      #expect(throws: WorldError.self) { _ = try Thing.world(model, [thing]) }
    }

    /// A hand that pushes a drawer closes it, and stands still with it at its stop.
    @Test(arguments: ArmDynamics.allCases) func handClosesDrawer(dynamics: ArmDynamics) throws {
      // The drawer's front is 0.15 m from its frame, against the fingers; it closes away from the robot.
      let thing = Thing.object(
        Self.slide(damping: 20, friction: 2), at: Pose(Vector3(0.70, 0, 0.3), Quaternion(axis: .unitZ, angle: 0)))
      var world = try Thing.world(Thing.drawer(lower: 0, upper: 0.1), [thing], dynamics: dynamics)
      let start = Vector3(0.5, 0, 0.3)
      let path = TestPath([
        .init(time: 0, position: Vector3(0.45, 0, 0.35), opening: 0), .init(time: 1, position: start, opening: 0),
        .init(time: 3, position: start + Vector3(0.15, 0, 0), opening: 0),
        .init(time: 4, position: start + Vector3(0.15, 0, 0), opening: 0),
      ])
      var fastest = 0.0
      for command in path.commands {
        #expect(world.advanceFrame(command) == .ok)
        fastest = max(fastest, abs(world.objectJointVelocities[0]))
      }
      #expect(abs(world.objectJointPositions[0] - 0.1) < 1e-3)
      #expect(fastest < 0.4)
      #expect(abs(world.objectJointVelocities[0]) < 1e-3)
      let pushes = world.contacts.contains { $0.second == .object(0) && $0.normalForce > 1 }
      #expect(pushes)
      #expect(world.lcpMessages < 20)
    }

    /// A thing that lies in a drawer goes along with it.
    @Test func drawerCarries() throws {
      var model = Thing.drawer(lower: 0, upper: 0.4)
      model.links[1].collisions[0].geometry = .box(size: Vector3(0.3, 0.2, 0.02))
      let drawer = Thing.object(Self.slide(0.4, damping: 2))
      let cube = TestScene.object(
        "cube", .box(size: Vector3(0.04, 0.04, 0.04)), mass: 0.1, at: Thing.place + Vector3(0, 0, 0.0305))
      var world = try Thing.world(model, [drawer, cube])
      for _ in 0..<90 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      let shift = world.objectPose(1).position.x - Thing.place.x
      #expect(world.objectJointPositions[0] > 0.1)
      #expect(abs(shift - world.objectJointPositions[0]) < 0.03)
    }

    @Test func sameBits() throws {
      let thing = Thing.object(Self.hinge(at: 0.3, 1, damping: 0.1, friction: 0.02))
      func run() throws -> UInt64 {
        var world = try Thing.world(Thing.door(), [thing])
        for _ in 0..<30 { _ = world.advanceFrame(TestScene.home) }
        return world.stateHash
      }
      #expect(try run() == run())
    }
  }
}
