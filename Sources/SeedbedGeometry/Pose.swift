/// A rigid transform: rotate, then translate. As `a_T_b` it takes coordinates in frame b to frame a.
public struct Pose: Sendable, Hashable, Codable {
  /// Metres.
  public var position: Vector3
  public var orientation: Quaternion

  @inlinable public init(_ position: Vector3 = .zero, _ orientation: Quaternion = .identity) {
    self.position = position
    self.orientation = orientation
  }

  public static let identity = Pose()

  @inlinable public var inverse: Pose {
    let q = orientation.conjugate
    return Pose(-q.rotate(position), q)
  }

  /// The point p of this frame, in the parent's coordinates.
  @inlinable public func apply(_ p: Vector3) -> Vector3 { position + orientation.rotate(p) }
  /// The direction d of this frame, in the parent's coordinates.
  @inlinable public func rotate(_ d: Vector3) -> Vector3 { orientation.rotate(d) }

  @inlinable public static func * (a: Pose, b: Pose) -> Pose {
    Pose(a.apply(b.position), a.orientation * b.orientation)
  }

  public var isFinite: Bool {
    position.isFinite && orientation.w.isFinite && orientation.x.isFinite && orientation.y.isFinite
      && orientation.z.isFinite
  }
}
