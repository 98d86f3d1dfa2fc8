public import SeedbedEpisodes

/// What a simulated robot can give to a dataset of another one.
public struct Simulated: Sendable {
  public struct Joint: Sendable {
    public var name: String
    public var isPrismatic: Bool
    /// rad or m; nil where the joint turns without end.
    public var lower: Double?, upper: Double?

    public init(name: String, isPrismatic: Bool, lower: Double?, upper: Double?) {
      self.name = name
      self.isPrismatic = isPrismatic
      self.lower = lower
      self.upper = upper
    }
  }

  public struct Camera: Sendable {
    public var name: String
    /// Moves with the arm.
    public var isMounted: Bool

    public init(name: String, isMounted: Bool) {
      self.name = name
      self.isMounted = isMounted
    }
  }

  /// The features that it records by itself.
  public var features: [Feature]
  /// From the base to the tool.
  public var arm: [Joint]
  /// Largest opening of the gripper, m.
  public var maxOpening: Double
  /// nil where no scene says which there are.
  public var cameras: [Camera]?

  public init(features: [Feature], arm: [Joint], maxOpening: Double, cameras: [Camera]?) {
    self.features = features
    self.arm = arm
    self.maxOpening = maxOpening
    self.cameras = cameras
  }
}
