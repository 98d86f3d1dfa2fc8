internal import SeedbedMath

/// A unit quaternion, scalar first (w, x, y, z): ODE's and MuJoCo's order; ROS and SciPy put w last.
public struct Quaternion: Sendable, Hashable {
  public var w: Double, x: Double, y: Double, z: Double

  @inlinable public init(w: Double, x: Double, y: Double, z: Double) {
    self.w = w
    self.x = x
    self.y = y
    self.z = z
  }

  public static let identity = Quaternion(w: 1, x: 0, y: 0, z: 0)

  /// Rotation by `angle` radians about the unit vector `axis`, right-handed.
  public init(axis: Vector3, angle: Double) {
    let (s, c) = Elementary.sinCos(0.5 * angle)
    self.init(w: c, x: axis.x * s, y: axis.y * s, z: axis.z * s)
  }

  /// URDF's and ROS's fixed-axis angles: Rz(yaw) Ry(pitch) Rx(roll), radians.
  public init(roll: Double, pitch: Double, yaw: Double) {
    self =
      Quaternion(axis: .unitZ, angle: yaw) * Quaternion(axis: .unitY, angle: pitch)
      * Quaternion(axis: .unitX, angle: roll)
  }

  /// The rotation of a proper orthonormal matrix (Shepperd's method).
  public init(_ m: Matrix3) {
    let t = m.trace
    let q: Quaternion
    if t > 0 {
      let s = (t + 1).squareRoot() * 2
      q = Quaternion(w: s / 4, x: (m[2, 1] - m[1, 2]) / s, y: (m[0, 2] - m[2, 0]) / s, z: (m[1, 0] - m[0, 1]) / s)
    } else if m[0, 0] > m[1, 1], m[0, 0] > m[2, 2] {
      let s = (1 + m[0, 0] - m[1, 1] - m[2, 2]).squareRoot() * 2
      q = Quaternion(w: (m[2, 1] - m[1, 2]) / s, x: s / 4, y: (m[0, 1] + m[1, 0]) / s, z: (m[0, 2] + m[2, 0]) / s)
    } else if m[1, 1] > m[2, 2] {
      let s = (1 + m[1, 1] - m[0, 0] - m[2, 2]).squareRoot() * 2
      q = Quaternion(w: (m[0, 2] - m[2, 0]) / s, x: (m[0, 1] + m[1, 0]) / s, y: s / 4, z: (m[1, 2] + m[2, 1]) / s)
    } else {
      let s = (1 + m[2, 2] - m[0, 0] - m[1, 1]).squareRoot() * 2
      q = Quaternion(w: (m[1, 0] - m[0, 1]) / s, x: (m[0, 2] + m[2, 0]) / s, y: (m[1, 2] + m[2, 1]) / s, z: s / 4)
    }
    self = q.normalized
  }

  /// Scaled to length 1; the identity where the length is 0 or not finite.
  public var normalized: Quaternion {
    let l = (w * w + x * x + y * y + z * z).squareRoot()
    guard l > 1e-12, l.isFinite else { return .identity }
    return Quaternion(w: w / l, x: x / l, y: y / l, z: z / l)
  }

  /// The inverse rotation.
  @inlinable public var conjugate: Quaternion { Quaternion(w: w, x: -x, y: -y, z: -z) }

  public var matrix: Matrix3 {
    Matrix3(
      rows: Vector3(1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
      Vector3(2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
      Vector3(2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)))
  }

  /// Axis times angle (radians, in [0, pi]): the logarithm of the rotation.
  public var rotationVector: Vector3 {
    let q = w < 0 ? Quaternion(w: -w, x: -x, y: -y, z: -z) : self
    let v = Vector3(q.x, q.y, q.z)
    let s = v.length
    return s < 1e-12 ? v * 2 : v * (2 * Elementary.atan2(s, q.w) / s)
  }

  /// The rotation by |v| radians about v.
  public init(rotationVector v: Vector3) {
    if let axis = v.normalized { self.init(axis: axis, angle: v.length) } else { self = .identity }
  }

  @inlinable public func rotate(_ v: Vector3) -> Vector3 {
    let u = Vector3(x, y, z)
    let t = 2 * u.cross(v)
    return v + w * t + u.cross(t)
  }

  @inlinable public static func * (a: Quaternion, b: Quaternion) -> Quaternion {
    Quaternion(
      w: a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
      x: a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
      y: a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
      z: a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w)
  }
}

extension Quaternion: Codable {
  private enum CodingKeys: String, CodingKey { case w, x, y, z }
}
