import SeedbedDatasets
import SeedbedEpisodes
public import SeedbedScene
import SeedbedTrials

extension DatasetRun {
  /// The action spaces that the dataset records, the one that it calls `action` first.
  ///
  /// - Throws: Where it has another dataset's form, whose actions only that robot's controller knows.
  public func actionSpaces() throws(GenerationError) -> [ActionSpace] {
    guard record.like == nil else {
      throw GenerationError(
        "\(directory) has the form of another dataset (--like): its actions are in that robot's own numbers, which only that "
          + "robot's controller understands. Replay a dataset that was grown without --like.", kind: .input)
    }
    let choice = scene.actions?.choice ?? ActionChoice()
    return [choice.space] + choice.also
  }

  /// Where the actions of a space are recorded; throws where they are not.
  func actionFeature(_ space: ActionSpace) throws(GenerationError) -> Int {
    let spaces = try actionSpaces()
    let name = space == spaces.first ? "action" : "command." + space.name
    guard spaces.contains(space), let index = scene.schema.index(of: name) else {
      throw GenerationError(
        "\(directory) does not record the action space \(space.name). It records \(spaces.map(\.name).joined(separator: ", ")).",
        kind: .usage)
    }
    return index
  }
}

/// Plays the recorded actions of episode k through their space's controller in a new world of the recorded instance.
func replayed(
  episode k: Int, space: ActionSpace, of run: DatasetRun, reader: LeRobotReader, store: SidecarReader
) throws -> ReplayEnding {
  let feature = try run.actionFeature(space)
  let metadata = try reader.episodeMetadata(k)
  guard let provenance = metadata.provenance else {
    throw GenerationError("episode \(k): its row in meta/episodes has no origin columns", kind: .input)
  }
  let instance = try SceneInstance(canonicalJSON: try store.instance(k))
  let width = run.scene.schema.features[feature].width
  guard case .float32(let values) = try reader.columns(k)[feature], !values.isEmpty, values.count % width == 0 else {
    throw GenerationError("episode \(k): the dataset holds no actions of the space \(space.name)", kind: .input)
  }
  let outcome = try replayTrial(
    instance, assets: run.scene.assets, actions: RecordedActions(space: space, values: values))
  return ReplayEnding(
    episode: k, space: space.name,
    recorded: .init(
      cause: provenance.failureCause, frame: provenance.failureFrame, stateHash: provenance.stateHash),
    replayed: .init(outcome))
}
