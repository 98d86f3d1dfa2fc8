import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedSensing
import Testing

/// All suites that step a world: one at a time.
@Suite(.serialized) struct SensingTests {
  /// The stock scene with these sensors, and the assets that it needs.
  static func scene(_ sensors: String, set: [String] = []) throws -> (instance: SceneInstance, assets: SceneAssets) {
    let path = #filePath.replacing("Tests/SeedbedSensingTests/SensingTests.swift", with: "Scenes/pick-place.yaml")
    let loaded = try loadScene(path: path, overrides: SceneOverrides(set: ["cameras=[]", "sensors=\(sensors)"] + set))
    return (try loaded.sample(seed: 4, episode: 2), loaded.assets)
  }

  /// What the sensors give in each frame, and what the world says after each step, while the arm sways.
  static func sway<Truth>(
    _ sensors: String, frames: Int = 6, set: [String] = [], truth: (borrowing World) -> Truth
  ) throws -> (blocks: [[[Double]]], truths: [Truth], instance: SceneInstance) {
    let (instance, assets) = try scene(sensors, set: set)
    var world = try World(instance, assets: assets)
    var rig = try SensorRig(instance, assets: assets, world: world)
    var truths = [truth(world)]
    var blocks = [rig.takeBlocks()]
    var command = RobotCommand(
      arm: instance.robot.arm.map { Float($0.home) }, opening: Float(instance.robot.gripper.home))
    for k in 0..<frames {
      for i in command.arm.indices { command.arm[i] += Float((i + k) % 3 - 1) * 0.02 }
      let outcome = world.advanceFrame(command) { world in
        truths.append(truth(world))
        rig.sample(world)
      }
      #expect(outcome == .ok)
      blocks.append(rig.takeBlocks())
    }
    return (blocks, truths, instance)
  }
}
