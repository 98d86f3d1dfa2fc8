public import SeedbedGeometry

/// A sensor of one episode: what it measures, where, how often and how badly, with nothing left to chance.
public struct SensorInstance: Sendable, Codable, Equatable {
  public var name: String
  public var kind: SensorKind
  /// Of the sensor's frame in what carries it; identity for kinds that are not mounted.
  public var pose: Pose
  /// Samples a second: divides the physics rate and is a multiple of the control rate.
  public var rate: Int
  /// How the values differ from the truth; what is not named is exact.
  public var errors: [SensorError]
  /// Seconds between what happens and the sample that shows it; acts in whole physics steps.
  public var delay: Double
  /// Probability that a sample is lost: the one before stands again. Of a lidar: that a beam has no return.
  public var dropout: Double

  public init(
    name: String, kind: SensorKind, pose: Pose = .identity, rate: Int, errors: [SensorError] = [], delay: Double = 0,
    dropout: Double = 0
  ) {
    self.name = name
    self.kind = kind
    self.pose = pose
    self.rate = rate
    self.errors = errors
    self.delay = delay
    self.dropout = dropout
  }

  /// The dataset's name of what it records.
  public var featureName: String { (kind.isPrivileged ? "privileged." : "observation.") + name }
  /// Samples in a frame's block.
  public func samplesPerFrame(_ rates: Rates) -> Int { rate / rates.control }
  /// Physics steps from sample to sample.
  public func stride(_ rates: Rates) -> Int { rates.physics / rate }
  /// The delay in whole physics steps, to the nearest.
  public func delaySteps(_ rates: Rates) -> Int { Int((delay * Double(rates.physics)).rounded()) }
}

/// Error of one quantity of a sensor.
public struct SensorError: Sendable, Codable, Equatable {
  /// A `SensorChannel.quantity`.
  public var quantity: String
  /// Standard deviation of the white Gaussian noise of each sample, in the quantity's unit.
  public var noise: Double
  /// Constant over the episode: one number for each channel of the quantity in their order, or one for all.
  public var bias: [Double]

  public init(quantity: String, noise: Double = 0, bias: [Double] = []) {
    self.quantity = quantity
    self.noise = noise
    self.bias = bias
  }
}

/// What a sensor measures.
public enum SensorKind: Sendable, Codable, Equatable {
  /// Position, velocity and effort (applied and commanded) of the arm's joints and of the gripper.
  case jointState
  /// Force and torque through the mount of a link, as its load exerts them on the sensor.
  case wrench(link: String, axes: SensorAxes)
  /// Force on each finger from what it touches.
  case fingertipForce(axes: SensorAxes)
  /// Normal forces on a grid on each finger's pad: rows along the finger, columns across. `size`: of the grid in m, along
  /// and across; nil: of the pad.
  case taxels(rows: Int, columns: Int, size: [Double]?)
  /// The strongest contacts of anything with anything.
  case contacts(slots: Int)
  /// Specific force and angular rate of a link.
  case imu(link: String)
  /// Distances along beams, by rows of one elevation. `link` nil: fixed in the world. m.
  case lidar(link: String?, azimuth: BeamAngles, elevation: BeamAngles, minimum: Double, maximum: Double)
  /// Pose of the tool centre point in the robot's base frame.
  case tcpPose
  case tcpTwist(axes: SensorAxes)
  /// Everything that a robot with force-torque sensor and tactile fingers knows of itself, in one vector.
  case fullState

  /// The link whose load is weighed; nil for kinds that weigh nothing.
  public func weighedLink(_ robot: SensedRobot) -> String? {
    switch self {
    case .wrench(let link, _): link
    case .fullState: robot.tool
    default: nil
    }
  }

  /// Known to a simulator only.
  public var isPrivileged: Bool { if case .contacts = self { true } else { false } }
}

/// The directions in which a sensor's vectors are given.
public enum SensorAxes: String, Sendable, Codable, CaseIterable {
  /// Its own frame; a finger's link.
  case sensor
  /// The robot's root link.
  case base
  case world
  /// The tool centre point's frame.
  case tcp
}

/// Angles of a lidar's beams, rad.
public enum BeamAngles: Sendable, Codable, Equatable {
  /// `count` angles from one to the other, both included.
  case even(from: Double, to: Double, count: Int)
  case listed([Double])

  public var count: Int {
    switch self {
    case .even(_, _, let count): count
    case .listed(let angles): angles.count
    }
  }

  public var values: [Double] {
    switch self {
    case .even(let from, let to, let count):
      count < 2 ? [from] : (0..<count).map { from + (to - from) * Double($0) / Double(count - 1) }
    case .listed(let angles): angles
    }
  }
}
