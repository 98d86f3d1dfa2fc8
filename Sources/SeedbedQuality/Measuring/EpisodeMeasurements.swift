/// What can be said about the quality of one recorded episode, in numbers: as many per joint and camera whatever its
/// length, all finite. A pure function of what was recorded.
public struct EpisodeMeasurements: Sendable, Codable, Equatable {
  public var frames = 0
  public var framesPerSecond = 0
  /// One an arm joint, from the base on.
  public var joints: [JointMeasurements] = []
  /// One a recorded camera.
  public var cameras: [CameraMeasurements] = []
  /// Longest standstill of the arm in a phase of motion, s, and the frame in which it begins.
  public var pause = Peak()
  public var penetration = Penetration()
  /// Frames in which at least one camera sees the task's object.
  public var visibleFrames = 0
  public var nonFinite = NonFinite()
  public var timeGap = TimeGap()
  public var missingFrames = MissingFrames()

  public init() {}
}

/// A greatest value and the frame in which it is.
public struct Peak: Sendable, Codable, Equatable {
  public var value = 0.0
  public var frame = 0

  public init(_ value: Double = 0, frame: Int = 0) {
    self.value = value
    self.frame = frame
  }

  /// Not finite values are left out: another measurement counts them.
  mutating func take(_ other: Double, frame: Int) {
    if other.isFinite, other > value { (value, self.frame) = (other, frame) }
  }
}

/// One arm joint. Angles are in rad for turning joints, lengths in m for sliding ones.
public struct JointMeasurements: Sendable, Codable, Equatable {
  public var name: String
  /// `rad` or `m`.
  public var unit: String
  /// Largest third difference of the recorded positions times the cubed frame rate, rad/s³ or m/s³; its last frame.
  public var jerk = Peak()
  /// How often the joint turned round: faster than `SmoothnessLevels` one way, then the other.
  public var reversals = 0
  /// Largest recorded effort and speed as shares of the joint's limits.
  public var effort = Peak(), velocity = Peak()
  /// How far the command went (rad or m) while the recorded position did not change in a single bit; the first frame.
  public var frozen = Peak()

  public init(name: String, unit: String) {
    self.name = name
    self.unit = unit
  }
}

/// One camera's pictures as they were encoded.
public struct CameraMeasurements: Sendable, Codable, Equatable {
  public var name: String
  /// Share of nearly black pixels (`PictureMeter.blackLevel`) in the blackest picture.
  public var black = Peak()
  /// Longest time, s, that the picture stayed the same to the bit while the robot that is in it moved; the first frame.
  public var frozen = Peak()
  /// Frames in which the task's object covers at least `PictureMeter.visiblePixels`.
  public var visibleFrames = 0
  /// Most pixels of the task's object in a picture.
  public var objectPixels = Peak()

  public init(name: String) { self.name = name }
}

/// The deepest overlap of two things that touch, as the last physics step before each frame saw it.
public struct Penetration: Sendable, Codable, Equatable {
  /// m.
  public var depth = 0.0
  public var frame = 0
  /// Names of links or objects; empty where nothing touched.
  public var first = "", second = ""

  public init(depth: Double = 0, frame: Int = 0, first: String = "", second: String = "") {
    self.depth = depth
    self.frame = frame
    self.first = first
    self.second = second
  }
}

/// Recorded numbers that are infinite or not numbers.
public struct NonFinite: Sendable, Codable, Equatable {
  public var count = 0
  /// Of the first one: frame, feature and dimension; what it is (`nan`, `inf`, `-inf`).
  public var frame = 0, feature = "", dimension = "", value = ""

  public init() {}
}

/// How far a frame's simulated time lies off `Rates.frameNanoseconds`.
public struct TimeGap: Sendable, Codable, Equatable {
  /// ns, with sign; 0 where all frames are in their places.
  public var nanoseconds: Int64 = 0
  /// Of the first frame that lies as far off.
  public var frame = 0

  public init() {}
}

/// Features and cameras that do not have one entry a frame.
public struct MissingFrames: Sendable, Codable, Equatable {
  public var count = 0
  /// Of the first one.
  public var name = "", has = 0, needs = 0

  public init() {}
}
