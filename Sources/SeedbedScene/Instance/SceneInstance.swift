public import SeedbedGeometry

/// One episode's world with nothing left to chance: plain numbers, SI units, radians, Z up.
///
/// Stored with every episode (JSON), so that a replay needs no sampler.
public struct SceneInstance: Sendable, Codable, Equatable {
  /// The run's seed and the episode's number: the key of every draw.
  public var seed: UInt64
  public var episode: Int
  public var rates: Rates
  /// m/s², world frame.
  public var gravity: Vector3
  public var robot: RobotInstance
  /// In the order of the scene file. Names are unique.
  public var objects: [ObjectInstance]
  public var lighting: LightingInstance
  public var cameras: [CameraInstance]
  public var task: TaskInstance
  public var expert: ExpertInstance
  /// nil: none. In the order of the scene file; names are unique.
  public var sensors: [SensorInstance]?
  /// What the scene's materials do to each other, sorted by name; nil where it names none.
  public var materialPairs: [MaterialPair]?
  /// Whether the engine may pass over free objects that lie still; nil: it may.
  public var sleeping: Bool?
  /// Every draw that was made, sorted by path.
  public var draws: [Draw]

  public init(
    seed: UInt64, episode: Int, rates: Rates, gravity: Vector3, robot: RobotInstance, objects: [ObjectInstance],
    lighting: LightingInstance, cameras: [CameraInstance], task: TaskInstance, expert: ExpertInstance,
    sensors: [SensorInstance]? = nil, materialPairs: [MaterialPair]? = nil, sleeping: Bool? = nil,
    draws: [Draw]
  ) {
    self.seed = seed
    self.episode = episode
    self.rates = rates
    self.gravity = gravity
    self.robot = robot
    self.objects = objects
    self.lighting = lighting
    self.cameras = cameras
    self.task = task
    self.expert = expert
    self.sensors = sensors
    self.materialPairs = materialPairs
    self.sleeping = sleeping
    self.draws = draws
  }
}

/// Whole numbers per second; physics is a multiple of control, and every frame has one picture per camera.
public struct Rates: Sendable, Codable, Equatable {
  /// Physics steps per second (default 240: 8 steps a frame at 30 Hz, h = 4.17 ms).
  public var physics: Int
  /// Control ticks, frames and pictures per second.
  public var control: Int

  public init(physics: Int, control: Int) {
    self.physics = physics
    self.control = control
  }

  public var stepsPerFrame: Int { physics / control }
  public var stepSeconds: Double { 1 / Double(physics) }
  /// Simulated time of frame k, nanoseconds since the episode's start, rounded down: one rule for every stream.
  public func frameNanoseconds(_ frame: Int) -> Int64 { Int64(frame) * 1_000_000_000 / Int64(control) }
  public func stepNanoseconds(_ step: Int) -> Int64 { Int64(step) * 1_000_000_000 / Int64(physics) }
}

/// One draw: the axis' path in the scene file and the value that came out.
public struct Draw: Sendable, Codable, Equatable {
  /// For example `objects/cube/mass` or `cameras/front/pose/lookAt/from/1`; named, never numbered by list position
  /// where the list's entries have names.
  public var path: String
  /// The drawn number; for a choice, the number of the chosen entry counting from 0.
  public var value: Double

  public init(path: String, value: Double) {
    self.path = path
    self.value = value
  }
}
