import FoundationEssentials
public import SeedbedScene
public import Video

/// What a run was asked for, as `meta/seedbed/run.json`: with the assets and an episode's number enough to grow it.
///
/// The number of episodes and of workers is not part of it: no byte of an episode depends on them.
public struct RunRecord: Sendable, Codable, Equatable {
  /// Of this file.
  public var formatVersion = 1
  public var generator: String = Version.generator
  public var seed: UInt64
  /// The run's first episode in this dataset: 0 but for a shard and for a single regrown episode.
  public var firstEpisode = 0
  /// Logical path of the scene file.
  public var scene: String
  public var overrides: SceneOverrides
  public var sceneSHA256: String
  public var stateOnly: Bool
  public var video = VideoSettings()
  /// What is kept: `KeepRule.text`.
  public var keep = "all"
  /// Changes of the scene's gates, as they were given on the command line.
  public var gates: [String] = []
  /// The part of the run that this dataset is; nil for a whole run.
  public var shard: Shard?
  /// The real dataset's form that the dataset has; nil where it has the simulation's own.
  public var like: LikeRecord?
  /// What the command line said about action spaces; nil where the scene alone decides.
  public var actions: ActionRequest?

  public init(_ loaded: LoadedScene, seed: UInt64, stateOnly: Bool) {
    self.seed = seed
    scene = loaded.sceneFile
    overrides = loaded.overrides
    sceneSHA256 = loaded.sha256
    self.stateOnly = stateOnly
  }

  func json() throws(GenerationError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(self)) + [10]
    } catch {
      throw GenerationError("the run's record cannot be encoded: \(error)")
    }
  }

  init(json: [UInt8], path: String) throws(GenerationError) {
    do {
      self = try JSONDecoder().decode(RunRecord.self, from: Data(json))
    } catch {
      throw GenerationError(
        "\(path) is not a run record of seedbed: \(jsonProblem(error)). Take the dataset from a copy, or repair it with "
          + "`seedbed repair`.", kind: .input)
    }
    guard formatVersion == 1 else {
      throw GenerationError(
        "\(path) has format \(formatVersion), this program knows 1. Use the \(generator) that wrote it.", kind: .input)
    }
  }

  /// What another request differs in, one sentence each with both values; empty where nothing does.
  func differences(from asked: RunRecord) -> [String] {
    var texts: [String] = []
    func compare<T: Equatable>(_ name: String, _ had: T, _ wanted: T) {
      if had != wanted { texts.append("\(name) was \(had), and now is \(wanted)") }
    }
    compare("the program", generator, asked.generator)
    compare("--seed", seed, asked.seed)
    compare("the scene file's path", scene, asked.scene)
    compare("--robot", overrides.robot ?? "not given", asked.overrides.robot ?? "not given")
    compare("--set", overrides.set, asked.overrides.set)
    compare("--state-only", stateOnly, asked.stateOnly)
    compare("--keep", keep, asked.keep)
    compare("--gate", gates, asked.gates)
    compare("--shard", shard?.text ?? "not given", asked.shard?.text ?? "not given")
    compare("the first episode", firstEpisode, asked.firstEpisode)
    let had = ActionRequest.text(actions), wanted = ActionRequest.text(asked.actions)
    compare("--action-space", had.space, wanted.space)
    compare("--also-action", had.also, wanted.also)
    texts += LikeRecord.differences(like, asked.like)
    if video != asked.video { texts.append("the video settings are others") }
    return texts
  }
}

extension Shard {
  var text: String { "\(index)/\(count) of \(episodes) episodes" }
}
