/// Three doubles: a point or a direction. Metres unless a name says otherwise.
public struct Vector3: Sendable, Hashable, Codable {
  public var x: Double, y: Double, z: Double

  @inlinable public init(_ x: Double, _ y: Double, _ z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  public static let zero = Vector3(0, 0, 0)
  public static let unitX = Vector3(1, 0, 0)
  public static let unitY = Vector3(0, 1, 0)
  public static let unitZ = Vector3(0, 0, 1)

  /// Encoded as the array [x, y, z].
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    self.init(try values.decode(Double.self), try values.decode(Double.self), try values.decode(Double.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    try values.encode(x)
    try values.encode(y)
    try values.encode(z)
  }

  @inlinable public subscript(axis: Int) -> Double {
    get { axis == 0 ? x : axis == 1 ? y : z }
    set { if axis == 0 { x = newValue } else if axis == 1 { y = newValue } else { z = newValue } }
  }

  @inlinable public var squaredLength: Double { x * x + y * y + z * z }
  @inlinable public var length: Double { squaredLength.squareRoot() }
  public var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }

  /// The vector scaled to length 1; nil where it is too short to have a direction.
  @inlinable public var normalized: Vector3? {
    let l = length
    return l > 1e-12 && l.isFinite ? self * (1 / l) : nil
  }

  /// Any unit vector at a right angle to this one (deterministic).
  public var anyOrthogonal: Vector3 {
    let other = abs(x) < 0.6 * length ? Vector3.unitX : Vector3.unitY
    return cross(other).normalized ?? .unitX
  }

  @inlinable public func dot(_ other: Vector3) -> Double { x * other.x + y * other.y + z * other.z }
  @inlinable public func cross(_ other: Vector3) -> Vector3 {
    Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }
  /// Product element by element.
  @inlinable public func scaled(by other: Vector3) -> Vector3 { Vector3(x * other.x, y * other.y, z * other.z) }

  @inlinable public static func + (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x + b.x, a.y + b.y, a.z + b.z) }
  @inlinable public static func - (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x - b.x, a.y - b.y, a.z - b.z) }
  @inlinable public static func * (a: Vector3, s: Double) -> Vector3 { Vector3(a.x * s, a.y * s, a.z * s) }
  @inlinable public static func * (s: Double, a: Vector3) -> Vector3 { a * s }
  @inlinable public static func / (a: Vector3, s: Double) -> Vector3 { a * (1 / s) }
  @inlinable public static prefix func - (a: Vector3) -> Vector3 { Vector3(-a.x, -a.y, -a.z) }
  @inlinable public static func += (a: inout Vector3, b: Vector3) { a = a + b }
  @inlinable public static func -= (a: inout Vector3, b: Vector3) { a = a - b }
}
