import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene

/// One sensor's samples: from the truth through delay, dropouts, bias and noise to the frame's block.
struct SensorStream {
  private var reader: SensorReader
  private let disturbance: Disturbance
  private let stride: Int, delay: Int, perFrame: Int
  /// Measured, and not delivered yet: the step in which it will be, and the numbers.
  private var underWay: [(due: Int, values: [Double])] = []
  /// What a delayed sensor knows until its first measurement arrives, then the newest one.
  private var truth: [Double] = []
  private var delivered: [Double] = []
  private var block: [Double] = []

  init(_ sensor: SensorInstance, _ instance: SceneInstance, _ assets: SceneAssets) throws(SensorProblem) {
    let rates = instance.rates
    guard sensor.rate > 0, rates.control > 0, rates.physics % sensor.rate == 0, sensor.rate % rates.control == 0 else {
      throw SensorProblem(
        reason: "has the rate \(sensor.rate), which does not lie between \(rates.control) and \(rates.physics) evenly")
    }
    guard (0...10).contains(sensor.delay), (0...1).contains(sensor.dropout), sensor.pose.isFinite else {
      throw SensorProblem(reason: "has a delay, dropout or pose that is not usable")
    }
    reader = try SensorReader(sensor, instance, assets)
    disturbance = Disturbance(sensor, instance, channels: reader.channels)
    stride = sensor.stride(rates)
    delay = sensor.delaySteps(rates)
    perFrame = sensor.samplesPerFrame(rates)
  }

  var needsContacts: Bool { reader.needsContacts }

  /// Whether a sample that is measured in this step will be delivered.
  func measures(at step: Int) -> Bool { step == 0 || (step + delay) % stride == 0 }

  mutating func sample(_ step: Int, _ world: borrowing World, _ contacts: [ContactPoint]) {
    if measures(at: step) {
      let values = reader.read(world, contacts)
      if step == 0 { truth = values }
      if (step + delay) % stride == 0 { underWay.append((step + delay, values)) }
    }
    guard step % stride == 0 else { return }
    if let first = underWay.first, first.due == step {
      truth = first.values
      underWay.removeFirst()
    }
    disturbance.deliver(truth, sample: step / stride, into: &delivered)
    block += delivered
  }

  /// Repeats the sample at the start.
  mutating func fillFirstBlock() { block = (0..<perFrame).flatMap { _ in delivered } }

  mutating func takeBlock() -> [Double] {
    defer { block.removeAll(keepingCapacity: true) }
    return block
  }
}
