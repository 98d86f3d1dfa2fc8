import SeedbedGeometry

/// Triangles of the primitive shapes. Texture coordinates are metres from each face's lower left corner, u to the right
/// and v up as one looks at the face.
enum Tessellation {
  /// Centred on the origin; `size` are full edge lengths.
  static func box(size: Vector3) -> DrawMesh {
    var mesh = DrawMesh()
    mesh.addBox(center: .zero, size: size)
    return mesh
  }

  /// An open box with floor and walls of the thickness `wall`, centred on its outer size: five boxes, but only the faces
  /// that can be seen, so that no two faces lie in each other.
  static func bin(size: Vector3, wall: Double) -> DrawMesh {
    let w = min(wall, 0.5 * min(size.x, size.y), size.z)
    let inner = Vector3(size.x - 2 * w, size.y - 2 * w, size.z - w)
    var mesh = DrawMesh()
    mesh.addBox(center: .zero, size: size, faces: Face.all.filter { $0.axis != 2 || !$0.positive })
    mesh.addBox(
      center: Vector3(0, 0, 0.5 * w), size: inner, faces: Face.all.filter { $0.axis != 2 || !$0.positive }, inward: true
    )
    let rim = 0.5 * size.z
    for side in [-1.0, 1.0] {
      mesh.addRectangle(
        center: Vector3(side * 0.5 * (size.x - w), 0, rim), right: Vector3(0.5 * w, 0, 0),
        up: Vector3(0, 0.5 * size.y, 0))
      mesh.addRectangle(
        center: Vector3(0, side * 0.5 * (size.y - w), rim), right: Vector3(0.5 * inner.x, 0, 0),
        up: Vector3(0, 0.5 * w, 0))
    }
    return mesh
  }

  struct Face: Sendable {
    var axis: Int
    var positive: Bool
    static let all = [0, 1, 2].flatMap { axis in [Face(axis: axis, positive: false), Face(axis: axis, positive: true)] }

    var normal: Vector3 {
      let unit: Vector3 = axis == 0 ? .unitX : axis == 1 ? .unitY : .unitZ
      return positive ? unit : -unit
    }

    /// What points up on the face: z on the sides; y on the top and the bottom.
    var up: Vector3 { axis == 2 ? .unitY : .unitZ }
  }
}

extension DrawMesh {
  /// Some faces of a box; seen from inside where `inward`.
  mutating func addBox(
    center: Vector3, size: Vector3, faces: [Tessellation.Face] = Tessellation.Face.all, inward: Bool = false
  ) {
    for face in faces {
      let normal = inward ? -face.normal : face.normal
      let right = face.up.cross(normal)
      addRectangle(
        center: center + face.normal.scaled(by: size) * 0.5, right: right.scaled(by: size) * 0.5,
        up: face.up.scaled(by: size) * 0.5)
    }
  }

  /// A rectangle from its centre and half edges; the front is where right x up points to.
  mutating func addRectangle(center: Vector3, right: Vector3, up: Vector3) {
    let width = 2 * right.length, height = 2 * up.length
    guard width > 0, height > 0, let normal = right.cross(up).normalized else { return }
    let a = add(center - right - up, normal: normal, u: 0, v: 0)
    let b = add(center + right - up, normal: normal, u: width, v: 0)
    let c = add(center + right + up, normal: normal, u: width, v: height)
    let d = add(center - right + up, normal: normal, u: 0, v: height)
    addQuad(a, b, c, d)
  }
}
