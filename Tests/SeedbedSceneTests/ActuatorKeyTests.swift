import SeedbedScene
import Testing

@Suite struct ActuatorKeyTests {
  static func scene(_ arm: String) -> String {
    smallScene.replacing("urdf: robot.urdf,", with: "urdf: robot.urdf, \(arm),")
  }

  /// Without a word about them nothing of them is in an instance.
  @Test func unsaidIsAbsent() throws {
    let instance = try load().sample(seed: 1, episode: 0)
    #expect(
      instance.robot.arm.allSatisfy {
        $0.damping == nil && $0.friction == nil && $0.delay == nil && $0.backlash == nil
      })
    let json = String(decoding: instance.canonicalJSON(), as: UTF8.self)
    for key in ["damping", "backlash", "delay"] { #expect(!json.contains(key)) }
  }

  @Test func actuatorsAreDrawn() throws {
    let text = Self.scene(
      "arm: {friction: [1, {uniform: [2, 3]}], damping: 4, dampingScale: {uniform: [0.5, 2]}, delay: {uniform: [0, 0.05]}, "
        + "backlash: {shoulder: {degrees: 0.5}}}, gripper: {delay: 0.02}")
    let instance = try load(text).sample(seed: 3, episode: 1)
    let arm = instance.robot.arm
    func drawn(_ path: String) -> Double? { instance.draws.first { $0.path == path }?.value }
    #expect(arm[0].friction == 1 && arm[1].friction == drawn("robot/arm/friction/elbow"))
    let scale = try #require(drawn("robot/arm/dampingScale"))
    #expect(arm.allSatisfy { $0.damping == 4 * scale })
    #expect(arm[0].delay == drawn("robot/arm/delay") && arm[0].delay == arm[1].delay)
    #expect(abs((arm[0].backlash ?? 0) - 0.5 * Double.pi / 180) < 1e-12 && arm[1].backlash == 0)
    #expect(instance.robot.gripper.delay == 0.02)
    // The same draws for all else.
    let plain = try load().sample(seed: 3, episode: 1)
    #expect(instance.objects == plain.objects && instance.cameras == plain.cameras)
    #expect(try SceneInstance(canonicalJSON: instance.canonicalJSON()) == instance)
  }

  @Test(arguments: [
    "arm: {delay: -0.1}", "arm: {delay: 2}", "arm: {backlash: -1}",
    "arm: {friction: {uniform: [-1, 1]}}",
    "arm: {dampingScale: -1}", "arm: {backlash: .nan}", "arm: {delays: 0.1}", "gripper: {delay: 5}",
    "arm: {friction: [1]}",
  ])
  func nonsenseIsRefused(_ arm: String) {
    let found = problems(Self.scene(arm))
    #expect(found.count == 1 && found[0].contains("scene.yaml:2:"))
  }

  @Test func actionSpacesAreRead() throws {
    let actions = try load(
      smallScene + "\nactions: {space: ee_pose.force, also: [joint_position, ee_delta_tool]}\n"
    )
    .description.actions
    #expect(actions.space == ActionSpace(.eePose, .force))
    #expect(actions.also == [ActionSpace(.jointPosition), ActionSpace(.eeDeltaTool)])
    #expect(try load().description.actions == ActionChoice())
  }

  @Test(arguments: [
    "{space: ee}", "{space: joint_position, also: [joint_position]}",
    "{also: [joint_delta, joint_delta]}", "{spaces: x}",
    "joint_delta", "{space: [joint_delta]}",
  ])
  func wrongActionSpacesAreRefused(_ actions: String) {
    let found = problems(smallScene + "\nactions: \(actions)\n")
    #expect(found.count == 1 && found[0].contains("scene.yaml:"))
  }
}
