import Digest
public import SeedbedEpisodes
import SeedbedGeometry
import SeedbedPhysics
import SeedbedRendering
public import SeedbedScene
import SeedbedTrials
import URDF
public import Video

/// Turns instances into episodes: physics, expert, pictures and encoding in one pass. One per process, reused.
public struct EpisodeGrower: Sendable {
  public let scene: GrowthScene
  private let model: RenderModel?

  /// Throws `GenerationError` where the scene's meshes cannot be drawn.
  public init(_ scene: GrowthScene) throws(GenerationError) {
    self.scene = scene
    do {
      model = scene.schema.cameras.isEmpty ? nil : try RenderModel(assets: scene.assets)
    } catch {
      throw GenerationError("the scene's meshes cannot be drawn: \(error)")
    }
  }

  /// The episode of an instance. A pure function of the arguments and of `scene`; the seconds are the only exception.
  public func grow(
    _ instance: SceneInstance, index: Int, pictures: (any PictureSink)? = nil
  ) throws(GenerationError) -> GrownEpisode {
    do {
      return try growOrThrow(instance, index: index, pictures: pictures)
    } catch let error as GenerationError {
      throw error
    } catch let error as WorldError {
      throw GenerationError(
        "episode \(instance.episode) of seed \(instance.seed): its world cannot be built:", details: error.problems,
        kind: .input)
    } catch {
      throw GenerationError("episode \(instance.episode) of seed \(instance.seed): \(error)")
    }
  }

  private func growOrThrow(
    _ instance: SceneInstance, index: Int, pictures: (any PictureSink)?
  ) throws -> GrownEpisode {
    let start = processCPUSeconds()
    var seconds = StageSeconds()
    var columns = FrameColumns(schema: scene.schema, instance: instance)
    var camera = try model.map { try CameraCrew(instance, model: $0, sink: pictures) }
    let outcome = try runTrial(instance, assets: scene.assets) { frame in
      columns.add(
        frame, cameraPoses: instance.cameras.map { mountedPose($0, linkPoses: frame.linkPoses, scene: scene) })
      try camera?.shoot(frame, seconds: &seconds)
    }
    seconds.physics = outcome.timing.physicsSeconds
    seconds.expert = outcome.timing.expertSeconds
    let beforeFlush = processCPUSeconds()
    let footage = try camera?.develop()
    seconds.encoding += processCPUSeconds() - beforeFlush
    let provenance = Provenance(
      origin: "sim", seed: instance.seed, episode: instance.episode, sceneSHA256: scene.sceneSHA256,
      generator: Version.generator, stateHash: hexDigits(outcome.stateHash), success: outcome.success,
      failureCause: outcome.failure?.cause.rawValue ?? "none", failureFrame: outcome.failure?.frame ?? -1,
      draws: instance.draws.map { DrawRecord(path: $0.path, value: $0.value) }, instanceJSON: instance.canonicalJSON())
    let episode = Episode(
      index: index, length: columns.frames, task: instance.task.instruction, columns: columns.columns(),
      clips: footage?.clips ?? [], imageStatistics: footage?.statistics ?? [], provenance: provenance)
    seconds.other = max(0, processCPUSeconds() - start - seconds.total)
    return GrownEpisode(episode: episode, seconds: seconds, lcpMessages: outcome.lcpMessages)
  }
}

/// What an episode is grown from besides its instance: the same for all episodes of a run.
public struct GrowthScene: Sendable {
  public var assets: SceneAssets
  public var schema: FeatureSchema
  public var sceneSHA256: String
  public var video: VideoSettings

  public init(assets: SceneAssets, schema: FeatureSchema, sceneSHA256: String, video: VideoSettings) {
    self.assets = assets
    self.schema = schema
    self.sceneSHA256 = sceneSHA256
    self.video = video
  }
}

public struct GrownEpisode: Sendable {
  public var episode: Episode
  public var seconds: StageSeconds
  /// Steps in which ODE's solver gave up on some rows ("LCP internal error").
  public var lcpMessages: Int

  public init(episode: Episode, seconds: StageSeconds, lcpMessages: Int) {
    self.episode = episode
    self.seconds = seconds
    self.lcpMessages = lcpMessages
  }
}

/// The camera's optical frame in the world.
func mountedPose(_ camera: CameraInstance, linkPoses: [Pose], scene: GrowthScene) -> Pose {
  guard let name = camera.link, let link = scene.assets.robot.linkIndex(name) else { return camera.pose }
  return linkPoses[link] * camera.pose
}

/// 16 lower-case hexadecimal digits.
func hexDigits(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
