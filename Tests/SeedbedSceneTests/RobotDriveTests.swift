import Diagnostics
import SeedbedGeometry
import SeedbedScene
import SeedbedTestSupport
import Testing
import URDF

@Suite struct RobotDriveTests {
  @Test func driveIsInferredWithoutAProfile() throws {
    let scene = try load()
    let robot = try scene.sample(seed: 1, episode: 0).robot
    #expect(scene.robotType == "small_arm")
    #expect(robot.arm.map(\.joint) == ["shoulder", "elbow"])
    #expect(robot.arm.map(\.home) == [1, 0])
    #expect(robot.arm.map(\.kp) == [4000, 2000] && robot.arm.map(\.kd) == [400, 200])
    #expect(robot.arm.map(\.effort) == [80, 40] && robot.arm.map(\.velocity) == [2, 3])
    #expect(robot.gripper.fingerJoints == ["slide_left", "slide_right"])
    #expect(robot.gripper.closedOpening == 0 && abs(robot.gripper.maxOpening - 0.06) < 1e-12)
    #expect(robot.gripper.home == robot.gripper.maxOpening && robot.gripper.maxForce == 30)
    #expect(robot.tcpLink == "hand")
    // Fingers reach from 0.05 to 0.11 m; the tool point lies 10 mm inside, z out of the hand, y across the fingers.
    #expect((robot.tcp.position - Vector3(0, 0, 0.1)).length < 1e-12)
    #expect((robot.tcp.rotate(.unitZ) - .unitZ).length < 1e-12 && (robot.tcp.rotate(.unitY) - .unitY).length < 1e-12)
  }

  /// A second finger that opens towards negative values is counted the other way round: same fingers, same places.
  @Test func fingersAreMadeToOpenPositively() throws {
    let plain = try load(), turned = try load(robot: robotText(opensNegative: true))
    func second(_ scene: LoadedScene) throws -> Joint {
      try #require(scene.assets.robot.joints.first { $0.name == "slide_right" })
    }
    let joint = try second(turned)
    #expect(joint.axis == Vector3(0, -1, 0) && joint.lower == 0 && joint.upper == 0.03)
    #expect(joint.mimic == Joint.Mimic(joint: "slide_left"))
    #expect(try turned.sample(seed: 1, episode: 0).robot == plain.sample(seed: 1, episode: 0).robot)
  }

  @Test func profileAndSceneLayOverEachOther() throws {
    let profile = """
      seedbed-robot: 1
      robotType: tiny
      arm: {joints: [elbow, shoulder], home: [0.5, 0.25], kp: {shoulder: 900}, armature: 0.02}
      gripper: {maxForce: 12, home: 0.05}
      tcp: {link: hand, pose: {xyz: [0, 0, 0.2]}}
      friction: {finger: 1.5, link: 0.1}
      """
    let files = ["robot.robot.yaml": profile]
    let text = smallScene.replacing(
      "urdf: robot.urdf,", with: "urdf: robot.urdf, arm: {kd: {uniform: [40, 50]}, home: {degrees: [1, 2]}},")
    #expect(problems(text).first?.contains("scene.yaml:2:") == true)
    let scene = try load(
      smallScene.replacing(
        "urdf: robot.urdf,", with: "urdf: robot.urdf, arm: {kd: {uniform: [40, 50]}, home: [0.5, {uniform: [0, 0.5]}]},"
      ),
      files: files)
    #expect(scene.robotType == "tiny")
    let instance = try scene.sample(seed: 3, episode: 0), robot = instance.robot
    #expect(robot.arm.map(\.joint) == ["elbow", "shoulder"])
    #expect(
      robot.arm[0].home == 0.5
        && robot.arm[1].home == instance.draws.first { $0.path == "robot/arm/home/shoulder" }?.value)
    #expect(robot.arm.map(\.kp) == [2000, 900])
    #expect(robot.arm[0].kd == robot.arm[1].kd && (40...50).contains(robot.arm[0].kd))
    #expect(robot.gripper.maxForce == 12 && robot.gripper.home == 0.05)
    #expect(robot.tcp.position.z == 0.2 && robot.linkFriction == 0.1)
    #expect((0.8...1.2).contains(robot.fingerFriction))
    // 25 N are more than this gripper has: said once, cut off in the instance.
    #expect(scene.warnings.count == 1 && instance.expert.gripForce <= 12)
  }

  @Test func wristCamerasFollowTheTool() throws {
    let instance = try load().sample(seed: 1, episode: 0)
    let camera = instance.cameras[1]
    #expect(camera.link == "hand")
    #expect(abs(camera.pose.position.z - (instance.robot.tcp.position.z - 0.1)) < 1e-12)
  }

  @Test func robotsWithoutParallelGripperAreRefused() {
    let text = robotText().replacing("type=\"prismatic\"", with: "type=\"revolute\"")
    #expect(
      problems(smallScene, robot: text).contains {
        $0.hasPrefix("scene.yaml:2:8: error: The robot `small arm` has no parallel gripper: no two prismatic joints")
      })
  }

  @Test func profilesAreChecked() {
    func found(_ profile: String) -> [String] {
      do {
        _ = try load(files: ["robot.robot.yaml": profile])
        return []
      } catch { return error.diagnostics.map(\.description) }
    }
    #expect(
      found("seedbed-robot: 1\narm: {joints: [shoulder, elbo]}\n") == [
        "robot.robot.yaml:2:26: error: The robot `small arm` has no joint `elbo`. Did you mean `elbow`?"
      ])
    #expect(
      found("seedbed-robot: 1\narm: {home: [9, 0]}\n") == [
        "robot.robot.yaml:2:13: error: The home value 9 of `shoulder` lies outside its limits -1 to 3. Move it inside."
      ])
    #expect(
      found("seedbed-robot: 1\ngriper: {}\n").first
        == "robot.robot.yaml:2:1: error: `griper` is no key of a robot's profile. Did you mean `gripper`?")
    #expect(found("robotType: x\n").first?.contains("has no `seedbed-robot`") == true)
  }

  /// `--robot` replaces the robot and leaves the rest; what the scene says about driving its own robot goes.
  @Test func anotherRobotFromTheCommandLine() throws {
    let files = [
      "scene.yaml": smallScene.replacing(
        "urdf: robot.urdf,", with: "urdf: robot.urdf, arm: {home: [0, 0]}, pose: {xyz: [0.1, 0, 0]},"),
      "robot.urdf": robotText(),
      "other/robot.urdf": robotText(opensNegative: true).replacing("shoulder", with: "swivel"),
    ]
    let scene = try loadScene(
      sceneFile: "scene.yaml", source: MemorySource(files: files), overrides: SceneOverrides(robot: "other/robot.urdf"))
    let robot = try scene.sample(seed: 1, episode: 0).robot
    #expect(robot.urdf == "other/robot.urdf" && robot.arm.map(\.joint) == ["swivel", "elbow"])
    #expect(robot.pose.position.x == 0.1 && robot.fingerFriction == 1)
    let again = try loadScene(
      sceneFile: scene.sceneFile, source: MemorySource(files: files), overrides: scene.overrides)
    #expect(again.sha256 == scene.sha256)
  }
}
