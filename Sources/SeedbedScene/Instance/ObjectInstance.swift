public import SeedbedGeometry

/// A thing that stands in the scene.
public struct ObjectInstance: Sendable, Codable, Equatable {
  public var name: String
  public var shape: ShapeInstance
  /// Fixed in the world (a table, a bin that is screwed down); has no mass then.
  public var isFixed: Bool
  /// kg, of the whole object; ignored where fixed. Of an articulated object 0: as its URDF says.
  public var mass: Double
  /// Coulomb friction coefficient; a pair takes the mean of its two geometric (sqrt(a b)).
  public var friction: Double
  /// 0 (dead) ... 1 (elastic).
  public var restitution: Double
  /// Of the shape's frame in the world at the start.
  public var pose: Pose
  public var appearance: Appearance
  /// Of an articulated object, in the order of its URDF; nil for all others.
  public var joints: [ObjectJointInstance]?
  /// kg/m³: what the links of an articulated object are made of that have no `<inertial>`.
  public var density: Double?
  /// nil: none is named. Where it sets friction or restitution, a pair of materials goes before the numbers here.
  public var material: SurfaceMaterial?

  public init(
    name: String, shape: ShapeInstance, isFixed: Bool, mass: Double, friction: Double, restitution: Double, pose: Pose,
    appearance: Appearance, joints: [ObjectJointInstance]? = nil, density: Double? = nil,
    material: SurfaceMaterial? = nil
  ) {
    self.name = name
    self.shape = shape
    self.isFixed = isFixed
    self.mass = mass
    self.friction = friction
    self.restitution = restitution
    self.pose = pose
    self.appearance = appearance
    self.joints = joints
    self.density = density
    self.material = material
  }
}

/// Shapes are centred on the frame's origin; z is the axis of those that have one.
public enum ShapeInstance: Sendable, Codable, Equatable {
  /// Full edge lengths.
  case box(size: Vector3)
  case cylinder(radius: Double, length: Double)
  case sphere(radius: Double)
  /// `length` is the cylindrical part's.
  case capsule(radius: Double, length: Double)
  /// An open box: outer size and the thickness of floor and walls. The frame is the centre of the outer box.
  case bin(size: Vector3, wall: Double)
  /// Drawn as it is, collides as its convex hull. `path`: logical path of the asset.
  case mesh(path: String, scale: Vector3)
  /// An articulated object: links and joints of a URDF file. The frame is that of its root link. `path`: logical path.
  case urdf(path: String)

  /// The word for it in instructions and in the dataset: box, cylinder, …; a box of equal edges is a cube.
  public var kindName: String {
    switch self {
    case .box(let s): abs(s.x - s.y) < 1e-9 && abs(s.y - s.z) < 1e-9 ? "cube" : "box"
    case .cylinder: "cylinder"
    case .sphere: "sphere"
    case .capsule: "capsule"
    case .bin: "bin"
    case .mesh, .urdf: "object"
    }
  }
}

/// How a surface looks.
public struct Appearance: Sendable, Codable, Equatable {
  /// sRGB, 0...1.
  public var color: Vector3
  /// 0 (mirror) ... 1 (chalk).
  public var roughness: Double
  /// 0 (plastic) ... 1 (metal).
  public var metallic: Double
  /// nil: plain colour. The texture's colour is multiplied by `color`.
  public var texture: TextureInstance?

  public init(color: Vector3, roughness: Double, metallic: Double, texture: TextureInstance? = nil) {
    self.color = color
    self.roughness = roughness
    self.metallic = metallic
    self.texture = texture
  }
}

public enum TextureInstance: Sendable, Codable, Equatable {
  /// A picture file (PNG). `metresPerTile`: one copy covers that length.
  case image(path: String, metresPerTile: Double)
  /// Squares of two colours (the second is `other`, sRGB), edge length in metres.
  case checker(other: Vector3, edge: Double)
  /// Wood-like or cloudy noise between the colour and `other`; `scale`: metres a feature; `stretch`: length of the
  /// features along x relative to y; `pattern`: which of the endless many.
  case noise(other: Vector3, scale: Double, stretch: Double, pattern: UInt32)
}
