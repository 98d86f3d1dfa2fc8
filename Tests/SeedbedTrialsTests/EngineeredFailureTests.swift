import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials
import Testing

/// Scenes that must fail in a known way. The frame is checked against the recorded frames, not against the judge.
struct EngineeredFailureTests {
  /// The frame in which the failure shows, found in the recording.
  typealias Truth = @Sendable ([TrialFrame], Int) -> Int?

  struct Case: Sendable {
    var name: String
    var scene: SceneInstance
    var cause: FailureCause
    var truth: Truth
  }

  static let arm = TestArm.panda

  static func scene(
    _ thing: ObjectInstance, _ others: [ObjectInstance] = [], goal: ObjectInstance = TestScene.bin(0.45, 0.3),
    timeLimit: Double = 8, _ change: (inout ExpertInstance) -> Void = { _ in }
  ) -> SceneInstance {
    var expert = TestScene.plainExpert
    change(&expert)
    return TestScene.instance(arm, [TestScene.table, goal, thing] + others, expert: expert, timeLimit: timeLimit)
  }

  static func post(mass: Double, friction: Double) -> ObjectInstance {
    TestScene.free(
      "thing", .box(size: Vector3(0.04, 0.04, 0.06)), mass: mass, friction: friction, at: Pose(Vector3(0.5, 0, 0.03)))
  }

  static func cube(_ edge: Double = 0.04, mass: Double = 0.1, friction: Double = 0.8, x: Double = 0.5, y: Double = 0)
    -> ObjectInstance
  {
    TestScene.free(
      "thing", .box(size: Vector3(edge, edge, edge)), mass: mass, friction: friction, at: Pose(Vector3(x, y, edge / 2)))
  }

  static func walls(gap: Double, fixed: Bool) -> [ObjectInstance] {
    [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)].enumerated().map { i, d in
      let far = 0.02 + gap + 0.02
      let size = d.0 != 0 ? Vector3(0.04, 0.09, 0.06) : Vector3(2 * (0.02 + gap), 0.04, 0.06)
      let pose = Pose(Vector3(0.5 + d.0 * far, d.1 * far, 0.03))
      return fixed
        ? TestScene.fixed("wall\(i)", .box(size: size), at: pose)
        : TestScene.free("wall\(i)", .box(size: size), mass: 0.05, friction: 0.2, at: pose)
    }
  }

  static func touchesFinger(_ frame: TrialFrame) -> Bool {
    frame.contacts.contains { contact in
      guard case .link = contact.first, contact.second == .object(2) else { return false }
      return true
    }
  }

  static let first: Truth = { _, _ in 0 }
  static let last: Truth = { frames, _ in frames.count - 1 }
  static let closed: Truth = { frames, _ in
    frames.indices.first { frames[$0].gripperOpening < 0.002 && abs(frames[$0].gripperVelocity) < 0.01 }
  }
  /// The first frame without a finger at the object after a hold.
  static let lost: Truth = { frames, _ in
    guard let held = frames.indices.first(where: { touchesFinger(frames[$0]) }) else { return nil }
    return frames.indices.first { $0 > held && !touchesFinger(frames[$0]) }
  }
  static let bumped: Truth = { frames, _ in
    frames.indices.first { k in
      frames[k].contacts.contains { contact in
        guard case .link = contact.first, contact.second != .object(2) else { return false }
        return contact.normalForce > 30
      }
        || (3..<frames[k].objectPoses.count).contains {
          (frames[k].objectPoses[$0].position - frames[0].objectPoses[$0].position).length > 0.03
        }
    }
  }
  static let stranded: Truth = { frames, _ in
    frames.indices.first { k in
      frames[k].phase.rawValue >= TrialPhase.release.rawValue && !touchesFinger(frames[k])
        && frames[k].objectVelocities[2].linear.length < 0.01 && frames[k].objectVelocities[2].angular.length < 0.2
    }
  }
  static let touchedTable: Truth = { frames, _ in
    frames.indices.first { k in
      frames[k].phase.rawValue >= TrialPhase.release.rawValue
        && frames[k].contacts.contains { $0.first == .object(0) && $0.second == .object(2) }
    }
  }

  static let slope = TestScene.fixed(
    "bin", .box(size: Vector3(0.2, 0.2, 0.02)),
    at: Pose(Vector3(0.45, 0.3, 0.1), Quaternion(axis: .unitY, angle: 0.5)))

  /// A slippery gram between fingers that snap shut beside its middle: it leaves faster than anything credible.
  static let slingshot: SceneInstance = {
    let ball = TestScene.free(
      "thing", .sphere(radius: 0.02), mass: 0.001, friction: 0, at: Pose(Vector3(0.5, 0, 0.02)))
    var result = scene(ball) {
      $0.gripForce = 1e4
      $0.graspOffset = Vector3(0.011, 0, -0.01)
    }
    result.robot.gripper.speed = 10
    result.robot.gripper.maxForce = 1e4
    result.robot.fingerFriction = 0
    return result
  }()

  static let cases: [Case] = [
    Case(name: "out of reach", scene: scene(cube(x: 1.05)), cause: .unreachable, truth: first),
    Case(name: "too wide", scene: scene(cube(0.09)), cause: .unreachable, truth: first),
    Case(
      name: "grasp beside", scene: scene(cube(0.03)) { $0.graspOffset = Vector3(0, 0.07, 0) }, cause: .missed,
      truth: closed),
    Case(
      name: "grasp above", scene: scene(cube()) { $0.graspOffset = Vector3(0, 0, -0.1) }, cause: .missed, truth: closed),
    Case(name: "too heavy", scene: scene(post(mass: 3, friction: 0.16)), cause: .missed, truth: lost),
    Case(
      name: "slippery", scene: scene(post(mass: 2, friction: 0.16)), cause: .slipped, truth: lost),
    Case(
      name: "bin too small", scene: scene(cube(0.06), goal: TestScene.bin(0.45, 0.3, size: Vector3(0.06, 0.06, 0.08))),
      cause: .dropped, truth: stranded),
    Case(
      name: "slides off a slope", scene: scene(cube(friction: 0.05), goal: slope), cause: .dropped, truth: touchedTable),
    Case(
      name: "between fixed walls", scene: scene(post(mass: 0.1, friction: 0.8), walls(gap: 0.005, fixed: true)),
      cause: .collision,
      truth: bumped),
    Case(
      name: "between loose blocks", scene: scene(post(mass: 0.1, friction: 0.8), walls(gap: 0.005, fixed: false)),
      cause: .collision,
      truth: bumped),
    Case(name: "no time", scene: scene(cube(), timeLimit: 2), cause: .timeout, truth: last),
    Case(name: "shot out of a vice", scene: slingshot, cause: .unstable, truth: last),
  ]

  @Test(arguments: cases.indices) func causeAndFrameAreRight(_ index: Int) throws {
    let c = Self.cases[index]
    var frames: [TrialFrame] = []
    let outcome = try runTrial(c.scene, assets: TestScene.assets(Self.arm)) { frames.append(copy $0) }
    guard let failure = outcome.failure else {
      Issue.record("\(c.name): succeeded")
      return
    }
    #expect(failure.cause == c.cause, "\(c.name): \(failure)")
    let truth = c.truth(frames, failure.frame)
    #expect(truth.map { abs($0 - failure.frame) <= 2 } == true, "\(c.name): \(failure.frame), truth \(truth ?? -1)")
    #expect(frames.count == outcome.frames && frames.count <= Int(c.scene.task.timeLimit * 30))
    #expect(frames.map(\.index) == Array(0..<frames.count))
    #expect(frames.filter(\.done).map(\.index) == [frames.count - 1])
    #expect(frames.allSatisfy { !$0.success && $0.reward == 0 })
  }

  @Test func theSameInstanceGivesTheSameFrames() throws {
    let scene = TestScene.random(.panda, seed: 5)
    func record() throws -> (TrialOutcome, [RobotCommand]) {
      var commands: [RobotCommand] = []
      let outcome = try runTrial(scene, assets: TestScene.assets(.panda)) { commands.append($0.command) }
      return (outcome, commands)
    }
    let first = try record()
    _ = try runTrial(TestScene.random(.six, seed: 9), assets: TestScene.assets(.six)) { _ in }
    let second = try record()
    #expect(first.0 == second.0)
    #expect(first.1 == second.1)
  }

  @Test func errorsOfTheReceiverEndTheTrial() {
    struct Full: Error {}
    #expect(throws: TrialError<Full>.self) {
      try runTrial(TestScene.random(.panda, seed: 1), assets: TestScene.assets(.panda)) { frame throws(Full) in
        if frame.index == 3 { throw Full() }
      }
    }
  }
}
