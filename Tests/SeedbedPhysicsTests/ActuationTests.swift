import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  @Suite struct ActuationTests {
    /// Torques that hold the arm (and a payload) still, from the weights alone.
    static func holdingTorques(_ q: [Double], payload: (mass: Double, position: Vector3)?) -> [Double] {
      let f = TestKinematics.frames(q)
      var weights: [(link: Int, mass: Double, position: Vector3)] = (0..<7).map {
        ($0, TestPanda.masses[$0], f[$0].apply(TestPanda.centers[$0]))
      }
      let hand = f[6] * TestPanda.handInArm7
      weights.append((6, 0.73, hand.apply(Vector3(-0.01, 0, 0.03))))
      weights.append((6, 0.03, hand.apply(Vector3(0, 0, 0.0584 + 0.027))))
      if let payload { weights.append((6, payload.mass, payload.position)) }
      return (0..<7).map { i in
        let axis = f[i].rotate(.unitZ)
        return weights.filter { $0.link >= i }.reduce(0) { sum, w in
          sum - axis.dot((w.position - f[i].position).cross(Vector3(0, 0, -9.81 * w.mass)))
        }
      }
    }

    @Test(arguments: [0.05, 1.0]) func effortsAreHonest(mass: Double) throws {
      let instance = TestScene.instance([TestScene.table, GraspTests.cube(mass: mass)], gripForce: 40)
      var world = try TestScene.world(instance)
      for command in TestPath.pickAndHold(z: 0.025, hold: 3).commands {
        #expect(world.advanceFrame(command) == .ok)
      }
      #expect(world.objectPose(1).position.z > 0.15)
      let expected = Self.holdingTorques(world.armPositions, payload: (mass, world.objectPose(1).position))
      for (measured, reference) in zip(world.armEfforts, expected) { #expect(abs(measured - reference) < 1e-3) }
    }

    /// Over a motion efforts are what the links alone take; with the rotors on top they are what the servos' laws give.
    @Test(arguments: ArmDynamics.allCases) func effortsAreOfTheLinkSide(dynamics: ArmDynamics) throws {
      var robot = TestPanda.instance
      robot.dynamics = dynamics
      for i in robot.arm.indices { robot.arm[i].armature = 0.6 }
      let rates = Rates(physics: 1000, control: 1000), h = 1e-3
      var world = try TestScene.world(TestScene.instance([], robot: robot, rates: rates))
      var last = world.armVelocities
      var linkSide = 0.0, withRotors = 0.0, motorSide = 0.0, commanded = 0.0, size = 0.0
      for k in 1...1200 {
        let t = Double(k) * h
        var command = TestScene.home
        var targets: [(value: Double, rate: Double)] = []
        for i in 0..<7 {
          let w = 2 + 0.6 * Double(i)
          let value = { (t: Double) in Double(Float(TestPanda.home[i] + 0.15 * (1 - Elementary.cos(w * t)))) }
          command.arm[i] = Float(value(t))
          targets.append((value(t), k == 1 ? (value(t) - TestPanda.home[i]) / h : (value(t) - value(t - h)) / h))
        }
        let before = world.armPositions
        let gravity = InverseDynamics.torques(before, .zero7, .zero7, opening: 0.08)
        #expect(world.advanceFrame(command) == .ok)
        let v = world.armVelocities
        let acceleration = (0..<7).map { (v[$0] - last[$0]) / h }
        let expected = InverseDynamics.torques(before, last, acceleration, opening: 0.08)
        last = v
        guard t > 0.2 else { continue }
        for i in 0..<7 {
          let arm = robot.arm[i], effort = world.armEfforts[i], rotor = arm.armature * acceleration[i]
          let servo =
            arm.kp * (targets[i].value - world.armPositions[i]) + arm.kd * (targets[i].rate - v[i]) + gravity[i]
          func square(_ x: Double) -> Double { x * x }
          linkSide += square(effort - expected[i])
          withRotors += square(effort - expected[i] - rotor)
          motorSide += square(effort + rotor - servo)
          commanded += square(world.armEffortsCommanded[i] - effort)
          size += square(expected[i])
        }
      }
      #expect((linkSide / size).squareRoot() < 0.005)
      #expect((withRotors / size).squareRoot() > 0.05)
      #expect((motorSide / size).squareRoot() < 0.005)
      #expect((commanded / size).squareRoot() < 1e-6)
    }

    /// The arm follows a moving target with its velocity feed-forward, without lag.
    @Test func armFollows() throws {
      var world = try TestScene.world(TestScene.instance([]))
      let path = TestPath.pickAndHold(z: 0.2, hold: 1)
      var worst = 0.0
      for (frame, command) in path.commands.enumerated() {
        #expect(world.advanceFrame(command) == .ok)
        if frame < 30 { continue }
        for (q, target) in zip(world.armPositions, command.arm) { worst = max(worst, abs(q - Double(target))) }
      }
      #expect(worst < 3e-3)
      #expect((world.tcpPose.position - Vector3(0.5, 0, 0.4)).length < 1e-3)
    }

    /// The start is the instance's start, and nothing moves while it is commanded to stay.
    @Test func startsAtHome() throws {
      var world = try TestScene.world(TestScene.instance([]))
      for (q, home) in zip(world.armPositions, TestPanda.home) { #expect(abs(q - home) < 1e-12) }
      #expect(abs(world.gripperOpening - 0.08) < 1e-12)
      let reference = TestKinematics.frames(TestPanda.home)[7]
      #expect((world.tcpPose.position - reference.position).length < 1e-12)
      for _ in 0..<30 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      #expect((world.tcpPose.position - reference.position).length < 1e-6)
      #expect(abs(world.gripperOpening - 0.08) < 1e-6)
      let fastest = world.armVelocities.map { abs($0) }.max() ?? 0
      #expect(fastest < 1e-6)
      #expect(world.stepCount == 240)
    }

    /// Closing on nothing: the opening follows the command, and the force is that of the servo only.
    @Test func gripperFollows() throws {
      var world = try TestScene.world(TestScene.instance([]))
      var command = TestScene.home
      for k in 1...30 {
        command.opening = 0.08 - 0.06 * Float(k) / 30
        #expect(world.advanceFrame(command) == .ok)
        if k > 5 { #expect(abs(world.gripperVelocity + 0.06) < 2e-3) }
      }
      for _ in 0..<10 { #expect(world.advanceFrame(command) == .ok) }
      #expect(abs(world.gripperOpening - 0.02) < 1e-4)
      #expect(abs(world.gripForce) < 0.1)
    }

    /// A joint cannot give more than its effort: a 20 kg payload sinks instead.
    @Test func effortLimit() throws {
      var robot = TestPanda.instance
      for i in robot.arm.indices { robot.arm[i].effort = 5 }
      let block = TestScene.object("block", .box(size: Vector3(0.3, 0.3, 0.05)), mass: 20, at: Vector3(0.45, 0, 0.75))
      var world = try TestScene.world(TestScene.instance([block], robot: robot))
      var moved = 0.0
      for _ in 0..<15 {
        guard world.advanceFrame(TestScene.home) == .ok else { break }
        moved = max(moved, abs(world.armPositions[1] - TestPanda.home[1]))
      }
      #expect(moved > 0.02)
    }
  }
}

extension [Double] {
  fileprivate static let zero7 = [Double](repeating: 0, count: 7)
}
