public import SeedbedEpisodes
public import SeedbedScene

/// What was recorded of one episode, ready to be measured.
public struct RecordedEpisode: Sendable {
  public var schema: FeatureSchema
  /// One a feature of the schema, as they go into the dataset.
  public var columns: [Column]
  /// How many frames there should be.
  public var frames: Int
  /// Simulated time of every frame, ns.
  public var clock: [Int64]
  /// Encoded pictures of each of the schema's cameras.
  public var clipLengths: [Int]
  /// One a camera of the schema.
  public var meters: [PictureMeter]
  public var penetration: Penetration
  public var robot: RobotInstance
  public var rates: Rates

  public init(
    schema: FeatureSchema, columns: [Column], frames: Int, clock: [Int64], clipLengths: [Int], meters: [PictureMeter],
    penetration: Penetration, robot: RobotInstance, rates: Rates
  ) {
    self.schema = schema
    self.columns = columns
    self.frames = frames
    self.clock = clock
    self.clipLengths = clipLengths
    self.meters = meters
    self.penetration = penetration
    self.robot = robot
    self.rates = rates
  }

  /// All that there is to know about its quality.
  public func measured() -> EpisodeMeasurements {
    var result = EpisodeMeasurements()
    result.frames = frames
    result.framesPerSecond = rates.control
    result.joints = jointMeasurements()
    result.pause = longestPause()
    let states = JointTrack("observation.state", in: self)
    result.cameras = zip(schema.cameras, meters).map { $1.measured(name: $0.name, states, rate: rates.control) }
    result.visibleFrames = (0..<frames).count { frame in meters.contains { $0.seesObject(frame) } }
    result.penetration = penetration
    result.nonFinite = nonFinite()
    result.timeGap = timeGap()
    result.missingFrames = missingFrames()
    return result
  }
}

/// The arm's part of a recorded feature, frame by frame.
struct JointTrack {
  private let values: [Float]
  private let width: Int
  let joints: Int
  /// Complete ones.
  let frames: Int

  init(_ feature: String, in episode: RecordedEpisode) {
    joints = episode.robot.arm.count
    guard let index = episode.schema.index(of: feature), index < episode.columns.count,
      case .float32(let values) = episode.columns[index], episode.schema.features[index].width >= joints
    else {
      (values, width, frames) = ([], 1, 0)
      return
    }
    self.values = values
    width = max(1, episode.schema.features[index].width)
    frames = values.count / width
  }

  subscript(frame: Int, joint: Int) -> Double { Double(values[frame * width + joint]) }

  func bits(_ frame: Int, _ joint: Int) -> UInt32 { values[frame * width + joint].bitPattern }

  /// The farthest that a joint is from where it was in another frame, rad or m.
  func distance(_ a: Int, _ b: Int) -> Double {
    var most = 0.0
    for joint in 0..<joints {
      let way = abs(self[a, joint] - self[b, joint])
      if way > most { most = way }
    }
    return most
  }
}
