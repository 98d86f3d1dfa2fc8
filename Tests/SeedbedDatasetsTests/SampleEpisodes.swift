import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Video

/// Schema and episodes of random content, for what stores them.
struct Samples {
  var schema: FeatureSchema
  var axes = ["cameras.front.pose", "objects.cube.mass", "objects.cube.pose.x", "task.speed"]

  init(cameras: [(name: String, width: Int, height: Int)] = [("front", 48, 32), ("wrist", 32, 32)]) {
    func vector(_ name: String, _ count: Int, _ type: Feature.DataType = .float32) -> Feature {
      Feature(
        name: name, dataType: type,
        dimensions: (0..<count).map {
          Dimension(name: "joint\($0).pos", unit: "rad", frame: "joint", convention: "URDF sign | absolute")
        }, summary: "What \(name) is.")
    }
    schema = FeatureSchema(
      framesPerSecond: 30, robotType: "panda",
      features: [
        vector("observation.state", 8), vector("action", 8), vector("next.reward", 1), vector("next.done", 1, .bool),
        vector("next.success", 1, .bool), vector("privileged.phase", 1, .int64), vector("privileged.flags", 3, .bool),
        vector("privileged.ids", 2, .int64),
      ],
      cameras: cameras.map {
        CameraFeature(name: $0.name, width: $0.width, height: $0.height, summary: "Fixed in the world")
      })
  }

  func episode(_ index: Int, length: Int = 20, task: String = "Put the cube into the bin.") throws -> Episode {
    var random = TestRandom(seed: UInt64(index) &+ 77)
    let succeeded = index % 3 != 2
    let columns: [Column] = schema.features.map { feature in
      let count = length * feature.width
      return switch feature.dataType {
      case .float32: .float32((0..<count).map { _ in Float.random(in: -2...2, using: &random) })
      case .float64: .float64((0..<count).map { _ in Double.random(in: -2...2, using: &random) })
      case .int64: .int64((0..<count).map { Int64($0 % 7) })
      case .string: .text((0..<count).map { "frame \($0)" })
      case .bool: .bool((0..<count).map { succeeded && $0 >= count - 1 })
      }
    }
    let pictures = try schema.cameras.enumerated().map { place, camera in
      try Samples.clip(camera, length: length, seed: index * 10 + place, rate: schema.framesPerSecond)
    }
    return Episode(
      index: index, length: length, task: task, columns: columns, clips: pictures.map(\.clip),
      imageStatistics: pictures.map(\.statistics),
      provenance: Provenance(
        origin: "sim", seed: UInt64.max - 5, episode: index, sceneSHA256: String(repeating: "ab", count: 32),
        generator: "seedbed 0.1.0", stateHash: "0123456789abcdef", success: succeeded,
        failureCause: succeeded ? "none" : "slipped", failureFrame: succeeded ? -1 : length / 2,
        gatesFailed: index % 4 == 1 ? "jerk,settle" : "none", lcpMessages: index % 3,
        draws: axes.filter { index % 2 == 0 || $0 != "task.speed" }
          .map { DrawRecord(path: $0, value: Double.random(in: -1...1, using: &random)) },
        instanceJSON: Array(#"{"episode":\#(index),"objects":["ä"]}"#.utf8)))
  }

  /// A moving gradient with its true statistics.
  private static func clip(
    _ camera: CameraFeature, length: Int, seed: Int, rate: Int
  ) throws -> (clip: EncodedClip, statistics: ImageStatistics) {
    var encoder = try VideoEncoder(width: camera.width, height: camera.height, framesPerSecond: rate)
    var channels = [[Double]](repeating: [], count: 3)
    for frame in 0..<length {
      var rgb: [UInt8] = []
      for y in 0..<camera.height {
        for x in 0..<camera.width {
          let pixel = [60 + 3 * x + frame, 200 - 4 * y, 90 + (seed * 13) % 100]
          rgb += pixel.map { UInt8(clamping: $0) }
          for c in 0..<3 { channels[c].append(Double(UInt8(clamping: pixel[c])) / 255) }
        }
      }
      let planes = i420(rgb: rgb, width: camera.width, height: camera.height)
      try planes.withUnsafeBufferPointer { try encoder.append(i420: $0) }
    }
    let sorted = channels.map { $0.sorted() }
    func quantile(_ q: Double) -> [Double] { sorted.map { $0[Int(q * Double($0.count - 1))] } }
    let mean = channels.map { $0.reduce(0, +) / Double($0.count) }
    let std = zip(channels, mean).map { values, m in
      (values.reduce(0) { $0 + ($1 - m) * ($1 - m) } / Double(values.count)).squareRoot()
    }
    return (
      try encoder.finish(),
      ImageStatistics(
        min: quantile(0), max: quantile(1), mean: mean, std: std, q01: quantile(0.01), q10: quantile(0.1),
        q50: quantile(0.5), q90: quantile(0.9), q99: quantile(0.99), count: length)
    )
  }

  /// A dataset of some episodes with its store.
  func write(_ episodes: [Episode], to directory: String, limits: FileLimits = .init()) throws {
    try writeStore(to: directory)
    var packer = try DatasetPacker(
      directory: directory, continuing: nil, schema: schema, axes: axes, limits: limits)
    for episode in episodes { try packer.append(episode) }
    try packer.finish()
  }

  func writeStore(to directory: String) throws {
    var store = try SidecarWriter(directory: directory)
    try store.addAsset(path: "scenes/pick.yaml", bytes: Array("seedbed: 1\n".utf8))
    try store.addAsset(path: "robots/panda.urdf", bytes: Array("<robot/>".utf8))
    try store.addAsset(path: "robots/copy.urdf", bytes: Array("<robot/>".utf8))
    try store.addAsset(path: "empty", bytes: [])
    try store.setRun(Array("{}\n".utf8))
    try store.writeStore()
  }
}
