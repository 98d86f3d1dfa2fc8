public import SeedbedRandomness

/// The lighting before the draws.
public struct LightingDescription: Sendable {
  /// Linear RGB factor.
  public var ambient: VariableVector
  public var background: Variable<ColorDescription>
  public var lights: [LightDescription]
}

public struct LightDescription: Sendable {
  public enum Kind: Drawable {
    /// Where the light comes from: compass direction and height over the horizon, radians.
    case from(azimuth: Variable<Double>, elevation: Variable<Double>)
    /// Where the light goes to; any length.
    case along(VariableVector)
    case point(VariableVector)
  }

  public var name: String
  public var kind: Variable<Kind>
  /// Linear RGB.
  public var color: Variable<ColorDescription>
  public var intensity: Variable<Double>
  public var castsShadow: Bool
}

/// A camera before the draws. Its picture's size never varies: it is part of the dataset's schema.
public struct CameraDescription: Sendable {
  public enum Mount: Sendable, Equatable {
    case world
    case link(String)
    /// The tool centre point of whatever robot there is.
    case tcp
  }

  public enum Opening: Sendable {
    /// Radians.
    case vertical(Variable<Double>)
    case horizontal(Variable<Double>)
  }

  public enum Placement: Sendable {
    /// Points in the mount's frame; `up` is the direction that is up in the picture.
    case lookAt(from: VariableVector, to: VariableVector, up: VariableVector)
    /// Of the optical frame (x right, y down, z forward) in the mount's frame.
    case optical(PoseDescription)
  }

  public var name: String
  public var width: Int, height: Int
  public var opening: Opening
  public var near: Variable<Double>, far: Variable<Double>
  public var mount: Mount
  public var placement: Placement
}
