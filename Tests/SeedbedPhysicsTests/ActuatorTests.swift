import SeedbedGeometry
import SeedbedMath
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  /// Motors that are late, have play, or drive joints that stick: against what each must come to.
  @Suite struct ActuatorTests {
    static func robot(_ dynamics: ArmDynamics, _ change: (inout ArmJointInstance) -> Void)
      -> RobotInstance
    {
      var robot = TestPanda.instance
      robot.dynamics = dynamics
      for i in robot.arm.indices { change(&robot.arm[i]) }
      return robot
    }

    /// Values of a joint at the end of every frame while it is commanded along `targets`, relative to its start.
    static func run(
      _ robot: RobotInstance, joint: Int = 0, _ targets: [Double],
      rates: Rates = Rates(physics: 240, control: 30)
    ) throws -> [Double] {
      var world = try TestScene.world(TestScene.instance([], robot: robot, rates: rates))
      var command = TestScene.home
      return targets.map { target in
        command.arm[joint] = Float(TestPanda.home[joint] + target)
        #expect(world.advanceFrame(command) == .ok)
        return world.armPositions[joint] - TestPanda.home[joint]
      }
    }

    /// A step response, late by exactly the delay, whether it is less than a frame or more.
    @Test(arguments: ArmDynamics.allCases, [3, 20]) func delayIsExact(
      _ dynamics: ArmDynamics, steps: Int
    ) throws {
      let rates = Rates(physics: 240, control: 240)
      let targets = (0..<90).map { $0 < 5 ? 0 : min(0.05, 0.002 * Double($0 - 4)) }
      let prompt = try Self.run(Self.robot(dynamics) { _ in }, targets, rates: rates)
      let late = try Self.run(
        Self.robot(dynamics) { $0.delay = Double(steps) / 240 }, targets, rates: rates)
      #expect(late[..<steps].allSatisfy { abs($0) < 1e-9 })
      for k in steps..<targets.count { #expect(abs(late[k] - prompt[k - steps]) < 1e-9) }
      #expect((prompt.last ?? 0) > 0.04)
    }

    /// Also within frames of several steps, and by parts of a step: a ramp is late by its slope times the delay.
    @Test(arguments: ArmDynamics.allCases) func delayOfAnyLength(_ dynamics: ArmDynamics) throws {
      let targets = (1...60).map { 0.01 * Double($0) }
      let prompt = try Self.run(Self.robot(dynamics) { _ in }, targets)
      for delay in [0.5 / 240, 7.3 / 240, 8.0 / 240, 0.2501] {
        let late = try Self.run(Self.robot(dynamics) { $0.delay = delay }, targets)
        #expect(abs(prompt[59] - late[59] - 0.01 * 30 * delay) < 1e-4)
      }
    }

    @Test func gripperDelayIsExact() throws {
      var robot = TestPanda.instance
      robot.gripper.delay = 0.1
      var prompt = try TestScene.world(TestScene.instance([]))
      var late = try TestScene.world(TestScene.instance([], robot: robot))
      var openings: [(Double, Double)] = []
      for k in 0..<30 {
        var command = TestScene.home
        command.opening = 0.08 - 0.002 * Float(k)
        #expect(prompt.advanceFrame(command) == .ok)
        #expect(late.advanceFrame(command) == .ok)
        openings.append((prompt.gripperOpening, late.gripperOpening))
      }
      for k in 3..<30 { #expect(abs(openings[k].1 - openings[k - 3].0) < 1e-9) }
    }

    /// Dry friction holds the joint up to its size, and leaves it that much short of its target.
    @Test(arguments: ArmDynamics.allCases) func frictionSticks(_ dynamics: ArmDynamics) throws {
      let robot = Self.robot(dynamics) { $0.friction = 2 }
      let kp = robot.arm[0].kp
      let held = try Self.run(robot, (1...60).map { 0.85 * 2 / kp * min(1, Double($0) / 45) })
      #expect(abs(held[59]) < 0.02 * 2 / kp)
      let moved = try Self.run(robot, (1...90).map { min(0.01, 0.0003 * Double($0)) })
      #expect(abs(0.01 - moved[89] - 2 / kp) < 0.1 * 2 / kp)
    }

    /// Damping in place of the URDF's costs its torque.
    @Test(arguments: ArmDynamics.allCases) func dampingCostsTorque(_ dynamics: ArmDynamics) throws {
      var efforts: [Double] = []
      for damping in [0, 4.0] {
        let robot = Self.robot(dynamics) { $0.damping = damping }
        var world = try TestScene.world(TestScene.instance([], robot: robot))
        var command = TestScene.home
        for k in 1...45 {
          command.arm[0] = Float(TestPanda.home[0] + 0.5 * Double(k) / 30)
          #expect(world.advanceFrame(command) == .ok)
        }
        efforts.append(world.armEfforts[0])
      }
      #expect(abs(efforts[1] - efforts[0] - 4 * 0.5) < 0.02)
    }

    /// Up and down again: the joint is behind its target by half of the play each way.
    @Test(arguments: ArmDynamics.allCases) func backlashIsTheWidthOfTheHysteresis(
      _ dynamics: ArmDynamics
    ) throws {
      let play = 0.01
      let robot = Self.robot(dynamics) {
        $0.backlash = play
        $0.damping = 20
      }
      let up = (0..<60).map { 0.001 * Double($0) }
      let values = try Self.run(robot, up + up.reversed())
      // At the same target on both ways.
      for k in 35..<45 {
        let width = values[119 - k] - values[k]
        #expect(abs(width - play) < 0.03 * play)
        #expect(abs(up[k] - values[k] - play / 2) < 0.03 * play)
      }
    }

    /// Swinging, a joint is never farther than half its play from where it is without.
    @Test(arguments: ArmDynamics.allCases) func backlashIsNoMoreThanItsPlay(_ dynamics: ArmDynamics) throws {
      let play = 0.0005
      let loose = Self.robot(dynamics) { $0.backlash = play }
      for joint in [0, 3, 5] {
        let targets = (0..<90).map { 0.3 * (1 - Elementary.cos(0.1 * Double($0))) }
        let (with, without) = (
          try Self.run(loose, joint: joint, targets), try Self.run(Self.robot(dynamics) { _ in }, joint: joint, targets)
        )
        for (a, b) in zip(with, without) { #expect(abs(a - b) < 0.6 * play) }
      }
    }

    /// A joint that holds a weight rests on one side of its play, and gives just what the weight takes.
    @Test(arguments: ArmDynamics.allCases) func backlashSagsUnderWeight(_ dynamics: ArmDynamics)
      throws
    {
      let play = 0.004
      let robot = Self.robot(dynamics) {
        $0.backlash = $0.joint == "joint2" || $0.joint == "joint4" ? play : nil
        $0.damping = 20
      }
      var world = try TestScene.world(TestScene.instance([], robot: robot))
      for _ in 0..<60 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      let expected = ActuationTests.holdingTorques(world.armPositions, payload: nil)
      for i in [1, 3] {
        let sag = world.armPositions[i] - TestPanda.home[i]
        #expect(abs(abs(sag) - play / 2) < 0.02 * play)
        #expect((sag < 0) == (expected[i] > 0))
        #expect(abs(world.armEfforts[i] - expected[i]) < 0.05)
      }
    }

    /// What a motor gives against gravity is part of its effort: one that is too weak for the arm lets it sink.
    @Test(arguments: ArmDynamics.allCases) func effortIncludesGravity(_ dynamics: ArmDynamics)
      throws
    {
      let holding = ActuationTests.holdingTorques(TestPanda.home, payload: nil)[1]
      for share in [0.7, 1.3] {
        let robot = Self.robot(dynamics) {
          if $0.joint == "joint2" { $0.effort = share * abs(holding) }
        }
        var world = try TestScene.world(TestScene.instance([], robot: robot))
        for _ in 0..<15 { #expect(world.advanceFrame(TestScene.home) == .ok) }
        let moved = (world.armPositions[1] - TestPanda.home[1]) * (holding > 0 ? -1 : 1)
        if share < 1 { #expect(moved > 0.05) } else { #expect(abs(moved) < 1e-6) }
        #expect(abs(world.armEfforts[1]) < robot.arm[1].effort + 1e-9 || dynamics == .hybrid)
      }
    }
  }
}
