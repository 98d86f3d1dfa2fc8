/// A linear map, then a shift: what scene graphs of mesh files are made of.
struct AffineTransform: Sendable, Equatable {
  var linear: Matrix3
  var offset: Vector3

  init(linear: Matrix3 = .identity, offset: Vector3 = .zero) {
    self.linear = linear
    self.offset = offset
  }

  static let identity = AffineTransform()

  func apply(_ p: Vector3) -> Vector3 { linear * p + offset }

  /// What normals are multiplied by (the transposed inverse, up to a positive factor).
  var normalMatrix: Matrix3 {
    let (a, b, c) = linear.rows
    let cofactors = Matrix3(rows: b.cross(c), c.cross(a), a.cross(b))
    return linear.determinant < 0 ? cofactors * -1 : cofactors
  }

  static func * (a: AffineTransform, b: AffineTransform) -> AffineTransform {
    AffineTransform(linear: a.linear * b.linear, offset: a.apply(b.offset))
  }
}
