import FoundationEssentials
public import SeedbedScene
public import Video

/// What a run was asked for, as `meta/seedbed/run.json`: with the assets and an episode's number enough to grow it.
///
/// The number of episodes and of workers is not part of it: no byte of an episode depends on them.
public struct RunRecord: Sendable, Codable, Equatable {
  /// Of this file.
  public var formatVersion: Int
  public var generator: String
  public var seed: UInt64
  /// Episode 0 of the dataset is this one of the run (0 but for a single regrown episode).
  public var firstEpisode: Int
  /// Logical path of the scene file.
  public var scene: String
  public var overrides: SceneOverrides
  public var sceneSHA256: String
  public var stateOnly: Bool
  public var video: VideoSettings

  public init(
    seed: UInt64, firstEpisode: Int, scene: String, overrides: SceneOverrides, sceneSHA256: String, stateOnly: Bool,
    video: VideoSettings
  ) {
    formatVersion = 1
    generator = Version.generator
    self.seed = seed
    self.firstEpisode = firstEpisode
    self.scene = scene
    self.overrides = overrides
    self.sceneSHA256 = sceneSHA256
    self.stateOnly = stateOnly
    self.video = video
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
        "\(path) is not a run record of seedbed: \(jsonProblem(error)). Take the dataset from a copy.", kind: .input)
    }
    guard formatVersion == 1 else {
      throw GenerationError(
        "\(path) has format \(formatVersion), this program knows 1. Use the \(generator) that wrote it.", kind: .input)
    }
  }
}
