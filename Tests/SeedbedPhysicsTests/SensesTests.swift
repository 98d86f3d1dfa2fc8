import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  /// What sensors read, against weights, levers and laws of motion.
  @Suite struct SensesTests {
    static func instance(_ objects: [ObjectInstance], _ dynamics: ArmDynamics, gripForce: Double = 40) -> SceneInstance
    {
      var robot = TestPanda.instance
      robot.dynamics = dynamics
      var instance = TestScene.instance(objects, gripForce: gripForce, robot: robot)
      instance.sensors = [
        SensorInstance(name: "wrist", kind: .wrench(link: "hand", axes: .sensor), rate: 30),
        SensorInstance(name: "foot", kind: .wrench(link: "base", axes: .sensor), rate: 30),
      ]
      return instance
    }

    static let gravity = Vector3(0, 0, -9.81)

    /// Of link and all beyond it, about the base, at rest.
    static func weight(_ q: [Double], _ object: (mass: Double, position: Vector3)) -> (force: Vector3, torque: Vector3)
    {
      let frames = TestKinematics.frames(q), hand = frames[6] * TestPanda.handInArm7
      let masses =
        (0..<7).map { (TestPanda.masses[$0], frames[$0].apply(TestPanda.centers[$0])) } + [
          (0.73, hand.apply(Vector3(-0.01, 0, 0.03))), (0.03, hand.apply(Vector3(0, 0, 0.0584 + 0.027))), object,
        ]
      return masses.reduce((Vector3.zero, Vector3.zero)) { sum, m in
        (sum.0 + gravity * m.0, sum.1 + m.1.cross(gravity * m.0))
      }
    }

    @Test(arguments: ArmDynamics.allCases, [0.1, 1.0]) func wrenchIsTheLoad(dynamics: ArmDynamics, mass: Double) throws
    {
      let instance = Self.instance([TestScene.table, GraspTests.cube(mass: mass)], dynamics)
      var world = try TestScene.world(instance)
      for command in TestPath.pickAndHold(z: 0.025, hold: 1.5).commands {
        #expect(world.advanceFrame(command) == .ok)
      }
      #expect(world.objectPose(1).position.z > 0.15)
      let contacts = world.contactPoints
      // What holds the object up is its weight.
      let held = contacts.reduce(Vector3.zero) { $0 - $1.force }
      #expect((held + Self.gravity * mass).length < 0.005 * mass * 9.81)
      // At the wrist: hand, fingers and object, with their levers.
      let hand = world.linkPose(TestPanda.hand)
      let wristFound = world.wrench(of: TestPanda.hand, about: hand.position, contacts)
      let wrist = try #require(wristFound)
      #expect((wrist.force - Self.gravity * (0.76 + mass)).length < 0.005 * 9.81 * (0.76 + mass))
      let levers = [
        (0.73, hand.apply(Vector3(-0.01, 0, 0.03))), (0.03, hand.apply(Vector3(0, 0, 0.0584 + 0.027))),
        (mass, world.objectPose(1).position),
      ].reduce(Vector3.zero) { $0 + ($1.1 - hand.position).cross(Self.gravity * $1.0) }
      #expect((wrist.torque - levers).length < 0.005)
      // At the foot: everything.
      let footFound = world.wrench(of: 0, about: .zero, contacts)
      let foot = try #require(footFound)
      let all = Self.weight(world.armPositions, (mass, world.objectPose(1).position))
      #expect((foot.force - all.force).length < 0.005 * all.force.length)
      #expect((foot.torque - all.torque).length < 0.005 * all.torque.length)
      let none = world.wrench(of: 3, about: .zero, contacts)
      #expect(none == nil)
    }

    /// The hand presses on a post with its fingers closed: the wrist feels the push besides the weight.
    @Test(arguments: ArmDynamics.allCases) func wrenchFeelsThePush(dynamics: ArmDynamics) throws {
      let tip = TestKinematics.frames(TestPanda.home)[7].position
      let post = TestScene.fixed("post", .box(size: Vector3(0.1, 0.1, 0.1)), at: tip + Vector3(0, 0, -0.062))
      var world = try TestScene.world(Self.instance([post], dynamics))
      let start = TestKinematics.frames(TestPanda.home)[7]
      var q = TestPanda.home
      for k in 1...120 {
        let down = 0.006 * min(1, Double(k) / 45)
        q = TestKinematics.solve(q, Pose(start.position - Vector3(0, 0, down), start.orientation))
        #expect(world.advanceFrame(RobotCommand(arm: q.map { Float($0) }, opening: 0)) == .ok)
      }
      let contacts = world.contactPoints
      let push = contacts.reduce(Vector3.zero) { $0 + $1.force }
      #expect(push.z > 5)
      let hand = world.linkPose(TestPanda.hand)
      let wristFound = world.wrench(of: TestPanda.hand, about: hand.position, contacts)
      let wrist = try #require(wristFound)
      #expect((wrist.force - (push + Self.gravity * 0.76)).length < 0.02 * push.length)
    }

    /// Applied torque is what the motion takes; with a payload from the time on that it is held.
    @Test(arguments: ArmDynamics.allCases, [0, 0.5]) func effortsAreInverseDynamics(
      dynamics: ArmDynamics, payload: Double
    ) throws {
      let cube = GraspTests.cube(mass: max(payload, 0.1))
      var world = try TestScene.world(Self.instance(payload > 0 ? [TestScene.table, cube] : [], dynamics))
      let path =
        payload > 0
        ? TestPath.pickAndHold(z: 0.025, hold: 0.5) : TestPath.pickAndHold(x: 0.4, y: 0.3, z: 0.1, hold: 0.5, yaw: 0.6)
      var before = (q: world.armPositions, rates: world.armVelocities)
      var squares = 0.0, errors = 0.0
      let h = 1.0 / 240
      for (frame, command) in path.commands.enumerated() {
        // The first command jumps; the cube leaves the table after 2.6 s.
        let counts = payload > 0 ? frame > 80 : frame > 15
        let outcome = world.advanceFrame(command) { world in
          let rates = world.armVelocities
          if counts {
            let accelerations = zip(rates, before.rates).map { ($0 - $1) / h }
            var held: Vector3?
            if payload > 0 { held = (world.linkPose(TestPanda.hand).inverse * world.objectPose(1)).position }
            let expected = InverseDynamics.torques(
              before.q, before.rates, accelerations, opening: world.gripperOpening, payload: held.map { (payload, $0) })
            for (effort, torque) in zip(world.armEfforts, expected) {
              squares += torque * torque
              errors += (effort - torque) * (effort - torque)
            }
          }
          before = (world.armPositions, rates)
        }
        #expect(outcome == .ok)
      }
      #expect((errors / squares).squareRoot() < 0.01)
    }

    /// Below the limit the servo gets what it asks for; beyond it the limit.
    @Test(arguments: ArmDynamics.allCases) func commandedEffortHasNoLimit(dynamics: ArmDynamics) throws {
      var instance = Self.instance([], dynamics)
      var world = try TestScene.world(instance)
      for (a, b) in zip(world.armEfforts, world.armEffortsCommanded) { #expect(abs(a - b) < 1e-9) }
      #expect(abs(world.armEfforts[1]) > 5)
      var command = TestScene.home
      for _ in 0..<10 { #expect(world.advanceFrame(command) == .ok) }
      for (a, b) in zip(world.armEfforts, world.armEffortsCommanded) { #expect(abs(a - b) < 1e-6) }
      for i in instance.robot.arm.indices { instance.robot.arm[i].effort = 30 }
      world = try TestScene.world(instance)
      var largest = (applied: 0.0, commanded: 0.0)
      command.arm[0] = 1
      for _ in 0..<4 {
        _ = world.advanceFrame(command) { world in
          largest.applied = max(largest.applied, world.armEfforts[0])
          largest.commanded = max(largest.commanded, world.armEffortsCommanded[0])
        }
      }
      #expect(largest.applied < 30.1)
      #expect(largest.commanded > 100)
    }

    /// The turning arm: its last link is drawn towards the axis.
    @Test(arguments: ArmDynamics.allCases) func accelerationIsCentripetal(dynamics: ArmDynamics) throws {
      var world = try TestScene.world(Self.instance([], dynamics))
      let rate = 0.8
      var command = TestScene.home
      for k in 1...60 {
        command.arm[0] = Float(rate * Double(k) / 30)
        #expect(world.advanceFrame(command) == .ok)
      }
      let tip = world.tcpPose.position
      let inward = Vector3(-tip.x, -tip.y, 0) * (rate * rate)
      #expect((world.linkAcceleration(TestPanda.hand, at: tip) - inward).length < 0.02 * inward.length)
      let twist = world.tcpTwist
      #expect((twist.angular - Vector3(0, 0, rate)).length < 1e-3)
      #expect((twist.linear - Vector3(0, 0, rate).cross(tip)).length < 2e-3)
    }

    /// Of each finger the pad's force is the grip force.
    @Test func targetsAndLimits() throws {
      var world = try TestScene.world(Self.instance([], .hybrid, gripForce: 33))
      #expect(world.gripForceLimit == 33)
      #expect(world.armTargets == TestPanda.home)
      var command = TestScene.home
      command.arm[2] = 0.02
      command.opening = 0.075
      var seen: [Double] = []
      #expect(world.advanceFrame(command) { seen.append($0.armTargets[2]) } == .ok)
      #expect(seen.count == 8)
      for (k, target) in seen.enumerated() { #expect(abs(target - 0.02 * Double(k + 1) / 8) < 1e-9) }
      #expect(abs(world.gripperTarget - 0.075) < 1e-8)
    }
  }
}
