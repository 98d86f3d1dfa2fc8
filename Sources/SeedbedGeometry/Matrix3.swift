/// A 3x3 matrix by rows; as a rotation its columns are the images of the axes.
public struct Matrix3: Sendable, Hashable {
  public var rows: (Vector3, Vector3, Vector3)

  @inlinable public init(rows r0: Vector3, _ r1: Vector3, _ r2: Vector3) { rows = (r0, r1, r2) }
  @inlinable public init(columns c0: Vector3, _ c1: Vector3, _ c2: Vector3) {
    rows = (Vector3(c0.x, c1.x, c2.x), Vector3(c0.y, c1.y, c2.y), Vector3(c0.z, c1.z, c2.z))
  }

  public static let identity = Matrix3(rows: .unitX, .unitY, .unitZ)
  public static let zero = Matrix3(rows: .zero, .zero, .zero)

  public static func diagonal(_ v: Vector3) -> Matrix3 {
    Matrix3(rows: Vector3(v.x, 0, 0), Vector3(0, v.y, 0), Vector3(0, 0, v.z))
  }

  @inlinable public subscript(row: Int, column: Int) -> Double {
    (row == 0 ? rows.0 : row == 1 ? rows.1 : rows.2)[column]
  }
  @inlinable public func column(_ j: Int) -> Vector3 { Vector3(rows.0[j], rows.1[j], rows.2[j]) }

  @inlinable public var transposed: Matrix3 { Matrix3(columns: rows.0, rows.1, rows.2) }
  @inlinable public var determinant: Double { rows.0.dot(rows.1.cross(rows.2)) }
  @inlinable public var trace: Double { rows.0.x + rows.1.y + rows.2.z }

  @inlinable public static func * (m: Matrix3, v: Vector3) -> Vector3 {
    Vector3(m.rows.0.dot(v), m.rows.1.dot(v), m.rows.2.dot(v))
  }
  @inlinable public static func * (a: Matrix3, b: Matrix3) -> Matrix3 {
    Matrix3(columns: a * b.column(0), a * b.column(1), a * b.column(2))
  }
  @inlinable public static func + (a: Matrix3, b: Matrix3) -> Matrix3 {
    Matrix3(rows: a.rows.0 + b.rows.0, a.rows.1 + b.rows.1, a.rows.2 + b.rows.2)
  }
  @inlinable public static func * (a: Matrix3, s: Double) -> Matrix3 {
    Matrix3(rows: a.rows.0 * s, a.rows.1 * s, a.rows.2 * s)
  }

  @inlinable public static func == (a: Matrix3, b: Matrix3) -> Bool { a.rows == b.rows }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rows.0)
    hasher.combine(rows.1)
    hasher.combine(rows.2)
  }
}
