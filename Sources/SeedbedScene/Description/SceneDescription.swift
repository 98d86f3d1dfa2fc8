public import Diagnostics
public import SeedbedRandomness

/// A scene as its file says: what there is, and what may vary. A value without any state or randomness.
public struct SceneDescription: Sendable {
  public var rates: Rates
  /// m/s².
  public var gravity: VariableVector
  public var robot: RobotPlan
  public var objects: [ObjectDescription]
  public var placement: PlacementRules
  public var lighting: LightingDescription
  public var cameras: [CameraDescription]
  public var task: TaskDescription
  public var expert: ExpertDescription
  public var sensors: [SensorDescription]
  /// What a grown episode is asked; not part of an instance.
  public var gates: GateSettings
  /// What surfaces may be made of.
  public var materials: MaterialCatalog
  /// In which numbers the commands are recorded; not part of an instance, because no command depends on it.
  public var actions = ActionChoice()
  /// Whether objects that lie still may sleep.
  public var sleeping = true
  /// Every axis that may be drawn, sorted.
  public var axisPaths: [String]
}

/// Three numbers that vary independently.
public struct VariableVector: Sendable {
  public var x: Variable<Double>, y: Variable<Double>, z: Variable<Double>

  public init(_ x: Variable<Double>, _ y: Variable<Double>, _ z: Variable<Double>) {
    self.x = x
    self.y = y
    self.z = z
  }

  public init(constant x: Double, _ y: Double, _ z: Double) {
    self.init(.constant(x), .constant(y), .constant(z))
  }

  var isConstant: Bool { x.isConstant && y.isConstant && z.isConstant }
}

/// How objects find their places.
public struct PlacementRules: Sendable {
  /// Smallest gap between two objects, metres.
  public var clearance = 0.01
  /// How often a place is drawn before the episode is given up.
  public var attempts = 200

  public init() {}
}

/// What the task asks for, before the draws.
public struct TaskDescription: Sendable {
  public var object: String
  public var into: String
  public var within: Variable<Double>
  public var dwell: Variable<Double>
  /// With placeholders such as `{object.color}`.
  public var instruction: Variable<String>
  /// In the scene file.
  public var location: SourceLocation
}

/// The expert's axes, before the draws.
public struct ExpertDescription: Sendable {
  public var approachTilt: Variable<Double>
  public var approachAzimuth: Variable<Double>
  public var gripForce: Variable<Double>
  public var speed: Variable<Double>
  public var graspOffset: VariableVector
  public var transportHeight: Variable<Double>
}
