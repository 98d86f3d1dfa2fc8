import Diagnostics
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedMapping
public import SeedbedScene
import Video

/// A dataset folder opened for growing or regrowing: everything comes from its own store, nothing from where the
/// scene once was.
public struct DatasetRun: Sendable {
  public let directory: String
  public let record: RunRecord
  public let loaded: LoadedScene
  public let scene: GrowthScene

  public init(directory: String) throws(GenerationError) {
    self.directory = directory
    do {
      let store = try SidecarReader(directory: directory)
      record = try RunRecord(json: store.run(), path: directory + "/meta/seedbed/run.json")
      loaded = try loadScene(
        sceneFile: record.scene, source: StoredAssets(store: store), overrides: record.overrides)
      scene = try growthScene(loaded, record: record)
    } catch let error as GenerationError {
      throw error
    } catch let error as InputError {
      throw GenerationError(
        "\(directory): its stored scene cannot be used:", details: error.diagnostics.map(\.description), kind: .input)
    } catch {
      throw GenerationError("\(error)", kind: .input)
    }
    guard loaded.sha256 == record.sceneSHA256 else {
      throw GenerationError(
        "\(directory)/meta/seedbed: the stored scene has hash \(loaded.sha256), the run was made from "
          + "\(record.sceneSHA256). The store was changed; take the dataset from a copy.", kind: .input)
    }
  }

  /// Episode k of the run, drawn anew.
  public func instance(run k: Int) throws(GenerationError) -> SceneInstance {
    try sampled(loaded, seed: record.seed, episode: k)
  }
}

/// Draws an instance; where there is no room for an object, the error says so.
func sampled(_ loaded: LoadedScene, seed: UInt64, episode: Int) throws(GenerationError) -> SceneInstance {
  do {
    return try loaded.sample(seed: seed, episode: episode)
  } catch {
    throw GenerationError(error.diagnostic)
  }
}

/// The parts of a run that all its episodes share.
func growthScene(_ loaded: LoadedScene, record: RunRecord) throws(GenerationError) -> GrowthScene {
  let example = try sampled(loaded, seed: record.seed, episode: record.firstEpisode)
  let own = featureSchema(
    for: example, robot: loaded.assets.robot, robotType: loaded.robotType, withPictures: !record.stateOnly)
  var scene = GrowthScene(
    assets: loaded.assets, schema: own, sceneSHA256: record.sceneSHA256, gates: try gates(loaded, record: record))
  guard let like = record.like else {
    let contract = ActionFeatures(
      plan: loaded.description.robot, robot: loaded.assets.robot, framesPerSecond: own.framesPerSecond)
    let choice = loaded.description.actions
    scene.actions = ActionColumns(try record.actions?.over(choice) ?? choice, contract)
    if let actions = scene.actions {
      scene.own = own
      scene.schema = actions.schema(own)
    } else if let action = own.index(of: "action") {
      scene.schema.features[action] = contract.limited(own.features[action])
    }
    return scene
  }
  let mapping = try RecordMapping(like, loaded, stateOnly: record.stateOnly)
  scene.mapping = mapping
  scene.own = own
  scene.schema = mapping.mapping.schema(like.schema, own: own, withPictures: !record.stateOnly)
  scene.own.cameras = scene.schema.cameras.filter { !$0.isFilled }
  return scene
}

/// The scene's gates with the changes of the command line.
func gates(_ loaded: LoadedScene, record: RunRecord) throws(GenerationError) -> GateSettings {
  var settings = loaded.description.gates
  do {
    for change in record.gates { try settings.apply(change) }
  } catch {
    throw GenerationError(error.description, kind: .usage)
  }
  return settings
}

/// The dataset's own store as a source of assets.
struct StoredAssets: AssetSource {
  let store: SidecarReader

  func read(_ path: String) throws(AssetError) -> [UInt8] {
    do {
      return try store.asset(path)
    } catch {
      let isMissing = !store.assets.contains { $0.path == path }
      throw AssetError(path: path, reason: "\(error)", isMissing: isMissing)
    }
  }
}

extension GrowthScene {
  /// A scene with its cameras, for growing episodes in this process.
  public init(_ loaded: LoadedScene, seed: UInt64) throws(GenerationError) {
    self = try growthScene(loaded, record: RunRecord(loaded, seed: seed, stateOnly: false))
  }
}
