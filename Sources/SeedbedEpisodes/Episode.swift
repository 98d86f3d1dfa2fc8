public import Video

/// One recorded episode, complete: what a dataset writer needs and nothing of how it came about.
public struct Episode: Sendable, Equatable {
  /// Counts from 0 over the dataset.
  public var index: Int
  /// Frames.
  public var length: Int
  /// The instruction.
  public var task: String
  /// One a feature of the schema, in its order.
  public var columns: [Column]
  /// One a camera of the schema, in its order; empty when recorded without pictures.
  public var clips: [EncodedClip]
  /// One a camera: statistics of the pictures before encoding.
  public var imageStatistics: [ImageStatistics]
  public var provenance: Provenance

  public init(
    index: Int, length: Int, task: String, columns: [Column], clips: [EncodedClip], imageStatistics: [ImageStatistics],
    provenance: Provenance
  ) {
    self.index = index
    self.length = length
    self.task = task
    self.columns = columns
    self.clips = clips
    self.imageStatistics = imageStatistics
    self.provenance = provenance
  }
}

/// A feature's values over an episode, frame by frame, flat: frames x width.
public enum Column: Sendable, Equatable {
  case float32([Float])
  case float64([Double])
  case int64([Int64])
  case bool([Bool])
  /// Of a feature with one text a frame.
  case text([String])

  public var count: Int {
    switch self {
    case .float32(let v): v.count
    case .float64(let v): v.count
    case .int64(let v): v.count
    case .bool(let v): v.count
    case .text(let v): v.count
    }
  }
}

/// Statistics of sampled pictures of one camera, per channel (R, G, B), scaled to 0...1.
public struct ImageStatistics: Sendable, Codable, Equatable {
  public var min: [Double], max: [Double], mean: [Double], std: [Double]
  public var q01: [Double], q10: [Double], q50: [Double], q90: [Double], q99: [Double]
  /// Sampled pictures.
  public var count: Int

  public init(
    min: [Double], max: [Double], mean: [Double], std: [Double], q01: [Double], q10: [Double], q50: [Double],
    q90: [Double], q99: [Double], count: Int
  ) {
    self.min = min
    self.max = max
    self.mean = mean
    self.std = std
    self.q01 = q01
    self.q10 = q10
    self.q50 = q50
    self.q90 = q90
    self.q99 = q99
    self.count = count
  }
}

/// Where an episode comes from and how it ended.
public struct Provenance: Sendable, Codable, Equatable {
  /// "sim".
  public var origin: String
  public var seed: UInt64
  /// The episode's number in its run: with the seed the key of all its draws.
  public var episode: Int
  /// Of the scene with all its assets and overrides, 64 hexadecimal digits.
  public var sceneSHA256: String
  /// Program and version.
  public var generator: String
  /// Digest over the full physics state at every frame, 16 hexadecimal digits.
  public var stateHash: String
  public var success: Bool
  /// "none" or exactly one cause.
  public var failureCause: String
  /// First failing frame; -1 without a failure.
  public var failureFrame: Int
  /// Names of the acceptance gates that it failed, sorted, with commas between them; "none" without one.
  public var gatesFailed: String
  /// How often the physics' direct solver failed (ODE's "LCP internal error"; each such step was taken back and solved
  /// more softly); -1 where it was not counted, in datasets of older programs.
  public var lcpMessages: Int
  /// Every draw, sorted by path.
  public var draws: [DrawRecord]
  /// The scene instance as canonical JSON: with the assets enough to regrow the episode.
  public var instanceJSON: [UInt8]

  public init(
    origin: String, seed: UInt64, episode: Int, sceneSHA256: String, generator: String, stateHash: String,
    success: Bool, failureCause: String, failureFrame: Int, gatesFailed: String, lcpMessages: Int,
    draws: [DrawRecord], instanceJSON: [UInt8]
  ) {
    self.origin = origin
    self.seed = seed
    self.episode = episode
    self.sceneSHA256 = sceneSHA256
    self.generator = generator
    self.stateHash = stateHash
    self.success = success
    self.failureCause = failureCause
    self.failureFrame = failureFrame
    self.gatesFailed = gatesFailed
    self.lcpMessages = lcpMessages
    self.draws = draws
    self.instanceJSON = instanceJSON
  }
}

public struct DrawRecord: Sendable, Codable, Equatable {
  public var path: String
  public var value: Double
  public init(path: String, value: Double) {
    self.path = path
    self.value = value
  }
}
