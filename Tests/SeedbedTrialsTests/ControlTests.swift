import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials
import Testing

struct ControlTests {
  static let arms = [TestArm.panda, TestArm.six]
  static let spaces = ActionSpace.Arm.allCases.map { ActionSpace($0) }

  /// Joint targets of `frames` frames from home on, smooth and within the limits.
  static func path(_ model: ArmModel, frames: Int) -> [[Double]] {
    var q = model.home
    return (0..<frames).map { k in
      for j in q.indices {
        let wave = Double((k / 40 + j) % 2 == 0 ? 1 : -1)
        q[j] = min(max(q[j] + 0.004 * wave * Double(1 + j % 3), model.bounds[j].lower), model.bounds[j].upper)
      }
      return q
    }
  }

  /// What a controller makes of the rounded numbers of 400 frames is where the tool was sent, in the last frame too.
  @Test(arguments: [0, 1], spaces) func controllersGoWhereTheirActionsWereMadeFor(_ which: Int, _ space: ActionSpace)
    throws
  {
    let instance = TestScene.instance(Self.arms[which], [TestScene.table, TestScene.bin(0.5, 0.3)])
    let model = try KinematicsTests.model(Self.arms[which])
    var recorder = ActionController(space, instance, model), player = recorder
    for q in Self.path(model, frames: 400) {
      let command = RobotCommand(arm: q.map { Float($0) }, opening: 0.03)
      let action = recorder.action(command, opening: 0.05, force: 2)
      #expect(action.count == space.width(joints: model.count))
      let replayed = player.command(action)
      let wanted = forwardKinematics(model, command.arm.map { Double($0) })
      let tool = forwardKinematics(model, replayed.arm.map { Double($0) })
      #expect((tool.position - wanted.position).length < 2e-6)
      #expect((tool.orientation * wanted.orientation.conjugate).rotationVector.length < 5e-6)
      #expect(replayed.opening == command.opening)
      switch space.arm {
      case .jointPosition: #expect(replayed == command)
      case .jointDelta, .jointVelocity:
        for (a, b) in zip(replayed.arm, command.arm) { #expect(abs(a - b) <= 1e-6) }
      default: break
      }
    }
  }

  /// Deltas of the tool frame know nothing of where the robot stands, and name the axis that the tool moves along.
  @Test func deltasAreInTheirFrames() throws {
    var arm = TestArm.panda
    let here = try ArmModel(arm.robot, arm.instance)
    arm.instance.pose = Pose(Vector3(0.3, -0.2, 0.1), Quaternion(axis: .unitZ, angle: 1)) * arm.instance.pose
    let there = try ArmModel(arm.robot, arm.instance)
    let home = forwardKinematics(here, here.home)
    let down = Pose(home.position + home.rotate(.unitZ) * 0.01, home.orientation)
    var solver = ArmSolver(here)
    let found = solver.converge(from: here.home, to: down, tolerance: .init(position: 1e-7, rotation: 1e-6))
    let joints = try #require(found)
    for axes in [PoseDeltaController.Axes.base, .tool] {
      var a = PoseDeltaController(here, axes), b = PoseDeltaController(there, axes)
      let (first, second) = (a.action(to: joints), b.action(to: joints))
      for (x, y) in zip(first, second) { #expect(abs(x - y) < 1e-6) }
      let way = Vector3(Double(first[0]), Double(first[1]), Double(first[2]))
      let expected = axes == .tool ? Vector3(0, 0, 0.01) : (down.position - home.position)
      let inBase = axes == .tool ? expected : here.base.inverse.rotate(expected)
      #expect((way - inBase).length < 1e-6)
    }
  }

  @Test func gripperConventionsAreThereAndBack() {
    let gripper = TestArm.panda.instance.gripper
    func number(_ convention: ActionSpace.Gripper, opening: Float, measured: Float, force: Float) -> Float {
      GripperController(convention, gripper, rate: 30).action(opening: opening, measured: measured, force: force)
    }
    let half = Float(gripper.maxOpening / 2)
    #expect(number(.openness, opening: half, measured: 0, force: 0) == 0.5)
    #expect(number(.closedness, opening: 0, measured: 0, force: 0) == 1)
    #expect(number(.opening, opening: half, measured: 0, force: 0) == half)
    // Held back by a thing of 4 cm: as much as the fingers gave. On the way: enough for the way. Opening: negative.
    #expect(number(.force, opening: 0, measured: 0.04, force: 17) == 17)
    #expect(number(.force, opening: half, measured: half, force: 0) == 0)
    #expect(number(.force, opening: 0.031, measured: 0.03, force: 0) < 0)
    #expect(number(.force, opening: 0.08, measured: 0.03, force: 20) < 0)
    var command = RobotCommand(arm: [], opening: 0)
    GripperController(.closedness, gripper, rate: 30).apply(0.25, to: &command)
    #expect(abs(Double(command.opening) - 0.75 * gripper.maxOpening) < 1e-7)
  }

  @Test(arguments: ["joint_position", "ee_delta_tool.force", "ee_pose_6d.closedness"])
  func namesComeBack(_ name: String) throws {
    #expect(try ActionSpace(parsing: name, at: TestArm.here).name == name)
  }

  @Test(arguments: ["", "joint", "joint_position.", "joint_position.wide", "ee_pose.force.force", ".", "ee_delta"])
  func otherNamesAreRefused(_ name: String) {
    #expect(throws: (any Error).self) { try ActionSpace(parsing: name, at: TestArm.here) }
  }
}
