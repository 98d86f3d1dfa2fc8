import Diagnostics
import SeedbedEpisodes
import SeedbedGeometry
import SeedbedMapping
import SeedbedScene
import SeedbedTrials

/// Turns what an episode recorded of the simulated robot into the features of the real dataset.
public struct RecordMapping: Sendable {
  let schema: RealSchema
  let mapping: SchemaMapping

  init(_ like: LikeRecord, _ loaded: LoadedScene, stateOnly: Bool) throws(GenerationError) {
    schema = like.schema
    let simulated = try Simulated(loaded, stateOnly: stateOnly)
    do throws(InputError) {
      mapping = try SchemaMapping(
        yaml: Array(like.map.utf8), file: LikeRecord.mapName, real: like.schema, simulated: simulated)
    } catch {
      throw GenerationError(
        "the stored mapping of `--like` does not fit the stored scene:", details: error.diagnostics.map(\.description),
        kind: .input)
    }
  }

  func columns(
    own: FeatureSchema, _ columns: [Column], frames: Int, instance: SceneInstance, assets: SceneAssets
  ) throws(GenerationError) -> [Column] {
    let arm: ArmModel
    do {
      arm = try ArmModel(assets.robot, instance.robot)
    } catch {
      throw GenerationError("the arm of the robot cannot be followed: \(error)", kind: .input)
    }
    let base = instance.robot.pose.inverse
    return mapping.columns(schema, own: own.features, columns, frames: frames, task: instance.task.instruction) {
      base * forwardKinematics(arm, $0)
    }
  }
}
