import SeedbedRandomness
import SeedbedScene

/// What stands between the truth and a sensor's numbers. Every sample has bits of its own, keyed by the sensor's name and the
/// sample's number, so that no sensor changes another one's noise.
struct Disturbance {
  /// By channel.
  private var noise: [Double] = []
  private var bias: [Double] = []
  private let isNoisy: Bool, isBiased: Bool
  private let dropout: Double
  private let dropsBeams: Bool
  private let seed: UInt64, episode: Int
  private let noiseAxis: Axis, dropoutAxis: Axis

  init(_ sensor: SensorInstance, _ instance: SceneInstance, channels: [SensorChannel]) {
    var count: [String: Int] = [:]
    for channel in channels {
      let error = sensor.errors.first { $0.quantity == channel.quantity }
      noise.append(error?.noise ?? 0)
      let number = count[channel.quantity ?? "", default: 0]
      let own = error?.bias ?? []
      bias.append(own.count == 1 ? own[0] : number < own.count ? own[number] : 0)
      count[channel.quantity ?? "", default: 0] += 1
    }
    isNoisy = noise.contains { $0 > 0 }
    isBiased = bias.contains { $0 != 0 }
    dropout = sensor.dropout
    if case .lidar = sensor.kind { dropsBeams = true } else { dropsBeams = false }
    seed = instance.seed
    episode = instance.episode
    noiseAxis = Axis("sensors/\(sensor.name)/noise")
    dropoutAxis = Axis("sensors/\(sensor.name)/dropout")
  }

  /// `delivered` holds the sample before, and then this one. The first one always arrives.
  func deliver(_ truth: [Double], sample: Int, into delivered: inout [Double]) {
    var lost = stream(dropoutAxis, sample)
    if dropout > 0, !dropsBeams, sample > 0, lost.unit() < dropout { return }
    delivered = truth
    // A beam without return (0) has nothing that could be disturbed.
    if isBiased {
      for i in delivered.indices where !dropsBeams || delivered[i] > 0 { delivered[i] += bias[i] }
    }
    if isNoisy {
      var bits = stream(noiseAxis, sample)
      for i in delivered.indices {
        let deviate = noise[i] > 0 ? bits.standardNormal() : 0
        if !dropsBeams || delivered[i] > 0 { delivered[i] += noise[i] * deviate }
      }
    }
    if dropsBeams, dropout > 0 {
      for i in delivered.indices where lost.unit() < dropout { delivered[i] = 0 }
    }
    if dropsBeams { for i in delivered.indices { delivered[i] = max(0, delivered[i]) } }
  }

  private func stream(_ axis: Axis, _ sample: Int) -> RandomStream {
    RandomStream(seed: seed, episode: episode, axis: axis, attempt: sample, purpose: .measurement)
  }
}
