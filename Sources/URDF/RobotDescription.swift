public import Diagnostics
public import SeedbedGeometry

/// A robot as its URDF says: a tree of links and joints, SI units, radians. Nothing in it varies and nothing moves.
public struct RobotDescription: Sendable, Equatable {
  public var name: String
  /// In the order of the file. `links[rootLink]` has no parent joint.
  public var links: [Link]
  /// In the order of the file.
  public var joints: [Joint]
  /// Index of the one link that is no joint's child.
  public var rootLink: Int

  public init(name: String, links: [Link], joints: [Joint], rootLink: Int) {
    self.name = name
    self.links = links
    self.joints = joints
    self.rootLink = rootLink
  }

  public func linkIndex(_ name: String) -> Int? { links.firstIndex { $0.name == name } }
  public func jointIndex(_ name: String) -> Int? { joints.firstIndex { $0.name == name } }
}

public struct Link: Sendable, Equatable {
  public var name: String
  /// nil: the link has no mass of its own (URDF's default).
  public var inertial: Inertial?
  public var visuals: [Visual]
  public var collisions: [Collision]
  public var location: SourceLocation

  public init(
    name: String, inertial: Inertial? = nil, visuals: [Visual] = [], collisions: [Collision] = [],
    location: SourceLocation
  ) {
    self.name = name
    self.inertial = inertial
    self.visuals = visuals
    self.collisions = collisions
    self.location = location
  }
}

public struct Inertial: Sendable, Equatable {
  /// Of the centre of mass and the inertia's axes, in the link's frame.
  public var origin: Pose
  /// kg, > 0.
  public var mass: Double
  /// kg m², about the centre of mass, in the axes of `origin`; symmetric positive definite.
  public var inertia: Matrix3

  public init(origin: Pose, mass: Double, inertia: Matrix3) {
    self.origin = origin
    self.mass = mass
    self.inertia = inertia
  }
}

public enum Geometry: Sendable, Equatable {
  /// Full edge lengths, metres.
  case box(size: Vector3)
  /// Along z, centred.
  case cylinder(radius: Double, length: Double)
  case sphere(radius: Double)
  /// Along z, centred; `length` is the cylindrical part's.
  case capsule(radius: Double, length: Double)
  /// `path`: logical path of the asset (see `AssetSource`), already resolved from the URI.
  case mesh(path: String, scale: Vector3)
}

public struct Visual: Sendable, Equatable {
  /// In the link's frame.
  public var origin: Pose
  public var geometry: Geometry
  /// sRGB and alpha 0...1; nil where the URDF gives none.
  public var color: [Double]?
  /// Logical path of the texture; nil without one.
  public var texture: String?
  public var location: SourceLocation

  public init(
    origin: Pose, geometry: Geometry, color: [Double]? = nil, texture: String? = nil, location: SourceLocation
  ) {
    self.origin = origin
    self.geometry = geometry
    self.color = color
    self.texture = texture
    self.location = location
  }
}

public struct Collision: Sendable, Equatable {
  /// In the link's frame.
  public var origin: Pose
  public var geometry: Geometry
  public var location: SourceLocation

  public init(origin: Pose, geometry: Geometry, location: SourceLocation) {
    self.origin = origin
    self.geometry = geometry
    self.location = location
  }
}

public struct Joint: Sendable, Equatable {
  public enum Kind: String, Sendable { case revolute, continuous, prismatic, fixed, floating, planar }

  /// The value is multiplier × (value of `joint`) + offset.
  public struct Mimic: Sendable, Equatable {
    public var joint: String
    public var multiplier: Double
    public var offset: Double
    public init(joint: String, multiplier: Double = 1, offset: Double = 0) {
      self.joint = joint
      self.multiplier = multiplier
      self.offset = offset
    }
  }

  public var name: String
  public var kind: Kind
  /// Indices into `RobotDescription.links`.
  public var parent: Int, child: Int
  /// Of the child's frame in the parent's, at value 0.
  public var origin: Pose
  /// Unit vector in the child's frame.
  public var axis: Vector3
  /// rad or m; nil where the file sets no limit.
  public var lower: Double?, upper: Double?
  /// Nm or N, rad/s or m/s; nil where the file sets no limit.
  public var effort: Double?, velocity: Double?
  /// Nm s/rad or N s/m; Nm or N.
  public var damping: Double, friction: Double
  public var mimic: Mimic?
  public var location: SourceLocation

  public init(
    name: String, kind: Kind, parent: Int, child: Int, origin: Pose = .identity, axis: Vector3 = .unitX,
    lower: Double? = nil, upper: Double? = nil, effort: Double? = nil, velocity: Double? = nil, damping: Double = 0,
    friction: Double = 0, mimic: Mimic? = nil, location: SourceLocation
  ) {
    self.name = name
    self.kind = kind
    self.parent = parent
    self.child = child
    self.origin = origin
    self.axis = axis
    self.lower = lower
    self.upper = upper
    self.effort = effort
    self.velocity = velocity
    self.damping = damping
    self.friction = friction
    self.mimic = mimic
    self.location = location
  }
}
