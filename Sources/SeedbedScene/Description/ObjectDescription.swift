public import Diagnostics
public import SeedbedRandomness

/// An object before the draws.
public struct ObjectDescription: Sendable {
  public var name: String
  public var shape: Variable<ShapeDescription>
  public var isFixed: Bool
  public var mass: Variable<Double>
  public var surface: SurfaceDescription
  public var pose: ObjectPoseDescription
  public var appearance: AppearanceDescription
  /// Of an articulated object, in the order of its URDF.
  public var joints: [ObjectJointDescription] = []
  /// kg/m³, for links of an articulated object without `<inertial>`.
  public var density: Variable<Double>?
  /// Of its entry in the scene file.
  public var location: SourceLocation

  /// A fixed object with a pose of its own stands where the file says; nothing is asked of its place.
  var isPlacedAsWritten: Bool { if case .free = pose { isFixed } else { false } }

  /// Logical path of the URDF of an articulated object.
  var urdf: String? { if case .constant(.urdf(let path)) = shape { path } else { nil } }
}

/// A joint of an articulated object before the draws.
public struct ObjectJointDescription: Sendable {
  public var joint: String
  public var isPrismatic: Bool
  public var position: Variable<Double>, velocity: Variable<Double>
  public var damping: Variable<Double>, friction: Variable<Double>
}

public enum ShapeDescription: Drawable {
  case box(VariableVector)
  case cube(Variable<Double>)
  case cylinder(radius: Variable<Double>, length: Variable<Double>)
  case sphere(radius: Variable<Double>)
  case capsule(radius: Variable<Double>, length: Variable<Double>)
  case bin(size: VariableVector, wall: Variable<Double>)
  case mesh(path: String, scale: VariableVector)
  case urdf(path: String)
}

public enum RotationDescription: Sendable {
  /// Fixed-axis angles.
  case rollPitchYaw(VariableVector)
  /// w, then x, y, z; normalised when drawn.
  case quaternion(w: Variable<Double>, VariableVector)

  /// Whether it can only turn about the vertical.
  var isLevel: Bool {
    func isZero(_ value: Variable<Double>) -> Bool { value.bounds == 0...0 }
    switch self {
    case .rollPitchYaw(let angles): return isZero(angles.x) && isZero(angles.y)
    case .quaternion(_, let v): return isZero(v.x) && isZero(v.y)
    }
  }

  var isConstant: Bool {
    switch self {
    case .rollPitchYaw(let angles): angles.isConstant
    case .quaternion(let w, let v): w.isConstant && v.isConstant
    }
  }
}

/// A position and a named rotation.
public struct PoseDescription: Sendable {
  public var position: VariableVector
  public var rotation: RotationDescription

  static let identity = PoseDescription(
    position: VariableVector(constant: 0, 0, 0), rotation: .rollPitchYaw(VariableVector(constant: 0, 0, 0)))
}

public enum ObjectPoseDescription: Sendable {
  case free(PoseDescription)
  /// Upright on the flat top of a fixed object; x and y in the world frame.
  case on(support: String, x: Variable<Double>, y: Variable<Double>, yaw: Variable<Double>)

  /// Whether a second draw can come out differently.
  var varies: Bool {
    switch self {
    case .free(let pose): !(pose.position.isConstant && pose.rotation.isConstant)
    case .on(_, let x, let y, let yaw): !(x.isConstant && y.isConstant && yaw.isConstant)
    }
  }
}

public struct AppearanceDescription: Sendable {
  public var color: Variable<ColorDescription>
  public var roughness: Variable<Double>
  public var metallic: Variable<Double>
  public var texture: Variable<TextureDescription>
}

public struct ColorDescription: Drawable {
  /// As written, where it was a name.
  public var name: String?
  /// sRGB 0...1.
  public var channels: VariableVector
}

public enum TextureDescription: Drawable {
  case none
  case image(path: String, metresPerTile: Variable<Double>)
  case checker(other: Variable<ColorDescription>, edge: Variable<Double>)
  case noise(
    other: Variable<ColorDescription>, scale: Variable<Double>, stretch: Variable<Double>, pattern: Variable<Double>)
}
