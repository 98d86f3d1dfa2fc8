import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import Testing

extension PhysicsTests {
  @Suite struct RobustnessTests {
    /// SplitMix64, for scenes that are new but always the same.
    struct Dice {
      var state: UInt64
      mutating func callAsFunction(_ low: Double, _ high: Double) -> Double {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return low + (high - low) * Double((z ^ (z >> 31)) >> 11) * 0x1p-53
      }
    }

    /// Up to 13 things of all shapes, a grasp up to 2 cm off, in every fourth scene fingers that press on the table.
    /// `bins`: with open boxes among what is moved; a scene file has only fixed ones, for their five parts press redundantly
    /// on whatever they touch.
    static func clutter(_ k: Int, overlapping: Bool, bins: Bool = true) -> (SceneInstance, TestPath) {
      var dice = Dice(state: UInt64(k) &* 77777 &+ 13)
      let x = dice(0.45, 0.57), y = dice(-0.08, 0.08), size = dice(0.03, 0.065)
      var objects = [TestScene.table]
      for i in 0..<(1 + Int(dice(0, 13))) {
        let s = i == 0 ? size : dice(0.02, 0.065)
        let shape: ShapeInstance =
          switch Int(dice(0, 6)) {
          case 0: .box(size: Vector3(s, s, s))
          case 1: .cylinder(radius: s / 2, length: s)
          case 2: .sphere(radius: s / 2)
          case 3: .capsule(radius: s / 3, length: s / 3)
          case 4 where bins: .bin(size: Vector3(1.5 * s, 1.2 * s, s), wall: s / 8)
          case 4: .box(size: Vector3(1.5 * s, 1.2 * s, s))
          default: .mesh(path: "cube.stl", scale: Vector3(s, s, s))
          }
        var at = Vector3(x, y, s / 2 + 0.0005)
        if i > 0 {
          at = Vector3(x - 0.18 + 0.12 * Double(i % 4), y - 0.12 + 0.12 * Double(i / 4), s / 2 + 0.002)
          if overlapping { at = Vector3(x + dice(-0.12, 0.12), y + dice(-0.12, 0.12), 0.04 + dice(0, 0.2)) }
        }
        let u = dice(0, 1)
        objects.append(
          TestScene.object(
            "o\(i)", shape, mass: 0.02 + u * u, friction: dice(0.2, 1.2), at: at,
            Quaternion(axis: .unitZ, angle: dice(0, 6))))
      }
      var instance = TestScene.instance(objects, gripForce: dice(10, 60), episode: k)
      instance.robot.fingerFriction = dice(0.3, 1.3)
      let press = dice(0, 1) < 0.25
      let z = press ? dice(-0.016, -0.004) : size * dice(0.3, 0.7)
      let path = TestPath.pickAndHold(
        x: x + dice(-0.02, 0.02), y: y + dice(-0.02, 0.02), z: z, hold: 1, yaw: dice(-0.7, 0.7))
      return (instance, path)
    }

    /// Runs scenes of clutter; counts the solver's failures and the steps.
    static func sweep(_ scenes: Range<Int>, overlapping: Bool, bins: Bool, _ dynamics: ArmDynamics) throws -> (
      messages: Int, steps: Int
    ) {
      var messages = 0, steps = 0
      for k in scenes {
        var (instance, path) = clutter(k, overlapping: overlapping, bins: bins)
        instance.robot.dynamics = dynamics
        var world = try TestScene.world(instance, meshes: ["cube.stl": TestScene.cubeMesh(1)])
        for command in path.commands {
          let outcome = world.advanceFrame(command)
          #expect(outcome == .ok, "scene \(k)")
          if outcome != .ok { break }
        }
        messages += world.lcpMessages
        steps += world.stepCount
      }
      return (messages, steps)
    }

    @Test(arguments: [false, true], ArmDynamics.allCases)
    func nothingExplodes(overlapping: Bool, dynamics: ArmDynamics) throws {
      let (messages, steps) = try Self.sweep(
        0..<25, overlapping: overlapping, bins: !overlapping, dynamics)
      #expect(Double(messages) < 3e-3 * Double(steps))
    }

    /// Less than 100 failures in a million steps (of 1000 scenes each: 44 and 67).
    @Test(arguments: [false, true]) func theSolverHardlyEverFails(overlapping: Bool) throws {
      let (messages, steps) = try Self.sweep(200..<250, overlapping: overlapping, bins: false, .hybrid)
      #expect(Double(messages) <= 1e-4 * Double(steps))
    }

    /// Fingers driven into the table are stopped by it.
    @Test func pressingTheTable() throws {
      var world = try TestScene.world(TestScene.instance([TestScene.table]))
      for command in TestPath.pickAndHold(z: -0.02, hold: 0.1).commands[..<80] {
        #expect(world.advanceFrame(command) == .ok)
      }
      #expect(world.tcpPose.position.z > -0.005 - 0.01)
      let pushes = world.contacts.contains { $0.second == .object(0) && $0.normalForce > 1 }
      #expect(pushes)
    }

    @Test func badCommandsEndTheEpisode() throws {
      for bad in [Float.nan, .infinity] {
        var world = try TestScene.world(TestScene.instance([TestScene.table]))
        var command = TestScene.home
        command.arm[3] = bad
        let outcome = world.advanceFrame(command)
        guard case .unstable = outcome else {
          Issue.record("\(bad) was taken")
          continue
        }
        #expect(world.stepCount == 0)
        // The world stands still from then on.
        #expect(world.advanceFrame(TestScene.home) == outcome)
        #expect(world.stepCount == 0)
        let isFinite = world.linkPoses.allSatisfy(\.isFinite)
        #expect(isFinite)
      }
      var world = try TestScene.world(TestScene.instance([]))
      guard case .unstable = world.advanceFrame(RobotCommand(arm: [0], opening: 0)) else {
        Issue.record("a short command was taken")
        return
      }
    }

    /// The wildest finite commands: joints run into their limits, nothing breaks.
    @Test func wildCommands() throws {
      var dice = Dice(state: 5)
      for _ in 0..<4 {
        var world = try TestScene.world(TestScene.instance([TestScene.table, GraspTests.cube(mass: 0.2)]))
        for frame in 0..<60 {
          var command = TestScene.home
          for i in 0..<7 { command.arm[i] = Float(dice(-1, 1)) * (frame % 3 == 0 ? .greatestFiniteMagnitude : 4) }
          command.opening = Float(dice(-1, 1)) * 1e30
          if world.advanceFrame(command) != .ok { break }
          for (i, q) in world.armPositions.enumerated() {
            #expect(q > TestPanda.lower[i] - 0.1 && q < TestPanda.upper[i] + 0.1)
          }
        }
        let isFinite = world.objectPoses.allSatisfy(\.isFinite)
        #expect(isFinite)
      }
    }

    /// Two heavy boxes in one place are pushed apart slowly; a thing shot away would be reported.
    @Test func overlappingSpawn() throws {
      let a = TestScene.object("a", .box(size: Vector3(0.1, 0.1, 0.1)), mass: 1, at: Vector3(0.5, 0.3, 0.0505))
      let b = TestScene.object("b", .box(size: Vector3(0.1, 0.1, 0.1)), mass: 1, at: Vector3(0.53, 0.3, 0.0505))
      var world = try TestScene.world(TestScene.instance([TestScene.table, a, b]))
      for _ in 0..<60 { #expect(world.advanceFrame(TestScene.home) == .ok) }
      #expect((world.objectPose(1).position - world.objectPose(2).position).length > 0.0995)
    }
  }
}
