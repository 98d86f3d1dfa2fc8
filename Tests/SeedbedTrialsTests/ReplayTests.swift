import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import SeedbedTrials
import Testing

@Suite(.serialized) struct ReplayTests {
  /// Frame by frame what was told, and what `ActionColumns` takes from a recording.
  static func recorded(
    _ instance: SceneInstance, _ arm: TestArm, _ spaces: [ActionSpace]
  ) throws -> (TrialOutcome, [RecordedActions]) {
    var commands: [(RobotCommand, Float, Float)] = []
    let outcome = try runTrial(instance, assets: TestScene.assets(arm)) { frame in
      commands.append((frame.command, Float(frame.gripperOpening), Float(frame.gripForce)))
    }
    let model = try KinematicsTests.model(arm)
    return (
      outcome,
      spaces.map { space in
        var controller = ActionController(space, instance, model)
        return RecordedActions(
          space: space,
          values: commands.indices.flatMap { k in
            controller.action(
              commands[k].0, opening: commands[k].1, force: commands[min(k + 1, commands.count - 1)].2)
          })
      }
    )
  }

  /// Each space through its own controller: successes and failures as they were; the joint targets to the last bit.
  @Test(arguments: [0, 1]) func outcomesComeBack(_ which: Int) throws {
    let arm = ControlTests.arms[which]
    let spaces = ControlTests.spaces + [ActionSpace(.jointPosition, .force), ActionSpace(.eeDeltaTool, .force)]
    for seed in [UInt64(3), 4] {
      let instance = TestScene.random(arm, seed: seed)
      let (outcome, recordings) = try Self.recorded(instance, arm, spaces)
      for actions in recordings {
        let replayed = try replayTrial(instance, assets: TestScene.assets(arm), actions: actions)
        #expect(replayed.failure?.cause == outcome.failure?.cause, "\(actions.space.name), seed \(seed)")
        #expect(replayed.frames == outcome.frames)
        if actions.space == ActionSpace(.jointPosition) { #expect(replayed == outcome) }
      }
    }
  }

  /// Numbers that are none end the replay, and do not reach the engine.
  @Test func notANumberIsNoCrash() throws {
    let arm = TestArm.panda, instance = TestScene.random(arm, seed: 3)
    for space in ControlTests.spaces {
      for bad in [Float.nan, .infinity, 1e30] {
        var values = [Float](repeating: 0, count: 3 * space.width(joints: 7))
        values[space.width(joints: 7)] = bad
        let outcome = try replayTrial(
          instance, assets: TestScene.assets(arm), actions: RecordedActions(space: space, values: values))
        #expect(!outcome.success)
      }
    }
  }
}
