public import SeedbedPhysics
public import SeedbedScene

/// The sensors of one episode at work: samples every sensor at its instants, with its errors, and hands out the samples of
/// each frame.
///
/// Sample m of a sensor with the stride s belongs to physics step m s. The block of frame k holds the samples of
/// (t_{k-1}, t_k], the last one at the frame's own time, so that no observation is younger than its timestamp; before the
/// first frame nothing was, and its block repeats the sample at 0. A pure function of instance, assets and commands.
public struct SensorRig {
  private var streams: [SensorStream]

  /// The sensors at the world's start. Throws what is wrong with an instance's sensors, which the decoder of a scene
  /// would have found.
  public init(_ instance: SceneInstance, assets: SceneAssets, world: borrowing World) throws(WorldError) {
    var problems: [String] = []
    streams = []
    for sensor in instance.sensors ?? [] {
      do throws(SensorProblem) {
        streams.append(try SensorStream(sensor, instance, assets))
      } catch {
        problems.append("The sensor \"\(sensor.name)\" \(error.reason).")
      }
    }
    guard problems.isEmpty else { throw WorldError(problems) }
    sample(world)
    for i in streams.indices { streams[i].fillFirstBlock() }
  }

  /// nil where the instance has no sensors.
  public static func ofSensors(
    _ instance: SceneInstance, assets: SceneAssets, world: borrowing World
  ) throws(WorldError) -> SensorRig? {
    instance.sensors?.isEmpty ?? true ? nil : try SensorRig(instance, assets: assets, world: world)
  }

  /// Takes note of the state after a physics step.
  public mutating func sample(_ world: borrowing World) {
    let step = world.stepCount
    let touches = streams.contains { $0.needsContacts && $0.measures(at: step) } ? world.contactPoints : []
    for i in streams.indices { streams[i].sample(step, world, touches) }
  }

  /// The numbers of the frame that begins now, one block a sensor: sample after sample.
  public mutating func takeBlocks() -> [[Double]] { streams.indices.map { streams[$0].takeBlock() } }
}

/// Why a sensor cannot work.
struct SensorProblem: Error {
  /// Continues "The sensor NAME".
  var reason: String
}
