public import SeedbedGeometry

/// All light of a scene.
public struct LightingInstance: Sendable, Codable, Equatable {
  /// Light from everywhere: linear RGB factor (1 = a white surface comes out white).
  public var ambient: Vector3
  /// What stands behind everything, sRGB 0...1.
  public var background: Vector3
  public var lights: [LightInstance]

  public init(ambient: Vector3, background: Vector3, lights: [LightInstance]) {
    self.ambient = ambient
    self.background = background
    self.lights = lights
  }
}

public struct LightInstance: Sendable, Codable, Equatable {
  public enum Kind: Sendable, Codable, Equatable {
    /// Parallel light travelling along `direction` (unit vector, world frame).
    case directional(direction: Vector3)
    /// From a point of the world; falls off with the square of the distance, `intensity` holds at 1 m.
    case point(position: Vector3)
  }

  public var name: String
  public var kind: Kind
  /// Linear RGB, 0...1.
  public var color: Vector3
  /// 1 = a white surface facing a directional light comes out white.
  public var intensity: Double
  /// Only the first shadow-casting directional light throws a shadow.
  public var castsShadow: Bool

  public init(name: String, kind: Kind, color: Vector3, intensity: Double, castsShadow: Bool) {
    self.name = name
    self.kind = kind
    self.color = color
    self.intensity = intensity
    self.castsShadow = castsShadow
  }
}

/// A pinhole camera with square pixels and the principal point in the middle.
public struct CameraInstance: Sendable, Codable, Equatable {
  public var name: String
  /// Pixels.
  public var width: Int, height: Int
  /// Vertical opening angle, radians.
  public var fovy: Double
  /// nil: fixed in the world; else the robot link that carries it.
  public var link: String?
  /// The camera's optical frame (ROS REP 103: x right, y down, z forward) in the world or in the link.
  public var pose: Pose
  /// Nothing nearer or farther is drawn, metres.
  public var near: Double, far: Double

  public init(
    name: String, width: Int, height: Int, fovy: Double, link: String?, pose: Pose, near: Double, far: Double
  ) {
    self.name = name
    self.width = width
    self.height = height
    self.fovy = fovy
    self.link = link
    self.pose = pose
    self.near = near
    self.far = far
  }
}
