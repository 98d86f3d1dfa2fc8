import Digest
import SeedbedEpisodes
import SeedbedGeometry
import SeedbedPhysics
import SeedbedQuality
import SeedbedRendering
public import SeedbedScene
import SeedbedTrials
import URDF
import Video

/// Turns instances into episodes: physics, expert, pictures and encoding in one pass. One per process, reused.
public struct EpisodeGrower: Sendable {
  public let scene: GrowthScene
  private let model: RenderModel?
  private let faults: FaultPlan?
  private let onFrame: @Sendable () -> Void

  /// Throws `GenerationError` where the scene's meshes cannot be drawn. `onFrame` is called at every frame.
  public init(
    _ scene: GrowthScene, onFrame: @escaping @Sendable () -> Void = {}
  ) throws(GenerationError) { try self.init(scene, faults: .ofProcess, onFrame: onFrame) }

  package init(
    _ scene: GrowthScene, faults: FaultPlan?, onFrame: @escaping @Sendable () -> Void = {}
  ) throws(GenerationError) {
    self.scene = scene
    self.onFrame = onFrame
    self.faults = faults
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
    } catch {
      throw Self.told(error, "episode \(instance.episode) of seed \(instance.seed): ")
    }
  }

  /// What scene and robot do not fit into is their fault; anything else would be ours.
  private static func told(_ error: any Error, _ which: String) -> GenerationError {
    switch error {
    case let error as GenerationError: error
    case TrialError<any Error>.frame(let inner): told(inner, which)
    case TrialError<any Error>.world(let error):
      GenerationError(which + "its world cannot be built:", details: error.problems, kind: .input)
    case TrialError<any Error>.setup(let error): GenerationError(which + "\(error)", kind: .input)
    default: GenerationError(which + "\(error)")
    }
  }

  private func growOrThrow(
    _ instance: SceneInstance, index: Int, pictures: (any PictureSink)?
  ) throws -> GrownEpisode {
    let start = processCPUSeconds()
    var seconds = StageSeconds()
    let fault = faults?.fault(in: instance.episode)
    var columns = FrameColumns(schema: scene.own, instance: instance)
    var watch = FrameWatch()
    var camera = try model.map { try CameraCrew(instance, model: $0, scene: scene, sink: pictures, fault: fault) }
    let outcome = try runTrial(instance, assets: scene.assets) { frame in
      onFrame()
      fault?.strike(frame: frame.index)
      watch.add(frame)
      columns.add(
        frame, cameraPoses: instance.cameras.map { mountedPose($0, linkPoses: frame.linkPoses, scene: scene) })
      try camera?.shoot(frame, seconds: &seconds)
    }
    seconds.physics = outcome.timing.physicsSeconds
    seconds.expert = outcome.timing.expertSeconds
    let beforeFlush = processCPUSeconds()
    let footage = try camera?.develop()
    seconds.encoding += processCPUSeconds() - beforeFlush
    var provenance = Provenance(
      origin: "sim", seed: instance.seed, episode: instance.episode, sceneSHA256: scene.sceneSHA256,
      generator: Version.generator, stateHash: hexDigits(outcome.stateHash), success: outcome.success,
      failureCause: outcome.failure?.cause.rawValue ?? "none", failureFrame: outcome.failure?.frame ?? -1,
      gatesFailed: "none", lcpMessages: outcome.lcpMessages,
      draws: instance.draws.map { DrawRecord(path: $0.path, value: $0.value) }, instanceJSON: instance.canonicalJSON())
    var record = RecordedEpisode(
      schema: scene.own, columns: columns.columns(), frames: watch.clock.count, clock: watch.clock,
      clipLengths: footage?.drawnLengths ?? [], meters: footage?.meters ?? [],
      penetration: watch.penetration(instance, scene.assets.robot), robot: instance.robot, rates: instance.rates)
    var clips = footage?.clips ?? []
    fault?.damage(&record, &clips)
    let measurements = record.measured()
    let failures = scene.gates.evaluate(
      measurements, success: provenance.success, cause: provenance.failureCause)
    provenance.gatesFailed = failures.gateNames
    let columnsOfDataset =
      try scene.mapping?.columns(
        own: scene.own, record.columns, frames: record.frames, instance: instance, assets: scene.assets)
      ?? scene.actions?.columns(
        own: scene.own, record.columns, frames: record.frames, instance: instance, assets: scene.assets)
      ?? record.columns
    let episode = Episode(
      index: index, length: record.frames, task: instance.task.instruction, columns: columnsOfDataset, clips: clips,
      imageStatistics: footage?.statistics ?? [], provenance: provenance)
    seconds.other = max(0, processCPUSeconds() - start - seconds.total)
    return GrownEpisode(
      episode: episode, measurements: measurements, gateFailures: failures, failureReason: outcome.reason,
      seconds: seconds)
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
