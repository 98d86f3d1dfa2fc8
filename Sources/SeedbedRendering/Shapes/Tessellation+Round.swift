import SeedbedGeometry
import SeedbedMath

extension Tessellation {
  /// Along z, centred.
  static func cylinder(radius: Double, length: Double) -> DrawMesh {
    var mesh = DrawMesh()
    let half = 0.5 * length
    mesh.addRevolution(
      [
        ProfilePoint(radius: radius, z: -half, normalRadius: 1, normalZ: 0, v: 0),
        ProfilePoint(radius: radius, z: half, normalRadius: 1, normalZ: 0, v: length),
      ], segments: segments(radius), uRadius: radius)
    mesh.addDisc(radius: radius, z: half, up: true)
    mesh.addDisc(radius: radius, z: -half, up: false)
    return mesh
  }

  static func sphere(radius: Double) -> DrawMesh { capsule(radius: radius, length: 0) }

  /// Along z, centred; `length` is the cylindrical part's.
  static func capsule(radius: Double, length: Double) -> DrawMesh {
    let count = segments(radius)
    let rings = count / 4
    let half = 0.5 * length
    var profile: [ProfilePoint] = []
    for hemisphere in [-1.0, 1.0] {
      for k in 0...rings {
        if hemisphere > 0, k == 0, length == 0 { continue }
        let step = hemisphere < 0 ? rings - k : k
        let latitude = hemisphere * 0.5 * Double.pi * Double(step) / Double(rings)
        let (s, c) = step == rings ? (hemisphere, 0) : Elementary.sinCos(latitude)
        let v = radius * (0.5 * Double.pi + latitude) + (hemisphere > 0 ? length : 0)
        profile.append(
          ProfilePoint(radius: radius * c, z: hemisphere * half + radius * s, normalRadius: c, normalZ: s, v: v))
      }
    }
    var mesh = DrawMesh()
    mesh.addRevolution(profile, segments: count, uRadius: radius)
    return mesh
  }

  /// Enough segments for a smooth outline in a picture of a few hundred pixels; a multiple of 4.
  private static func segments(_ radius: Double) -> Int { radius < 0.015 ? 24 : radius < 0.06 ? 40 : 64 }

  struct ProfilePoint {
    var radius: Double, z: Double
    var normalRadius: Double, normalZ: Double
    /// Texture coordinate along the profile, metres.
    var v: Double
  }
}

extension DrawMesh {
  /// The surface that a profile (from the lowest point up) makes when it turns about z. The seam lies at -x.
  fileprivate mutating func addRevolution(_ profile: [Tessellation.ProfilePoint], segments: Int, uRadius: Double) {
    let base = UInt32(vertices.count), row = UInt32(segments + 1)
    for point in profile {
      for k in 0...segments {
        let (sine, cosine) = circle(k, of: segments)
        let direction = Vector3(-cosine, -sine, 0)
        let around = 2 * Double.pi * Double(k) / Double(segments)
        add(
          direction * point.radius + Vector3(0, 0, point.z),
          normal: direction * point.normalRadius + Vector3(0, 0, point.normalZ), u: uRadius * around, v: point.v)
      }
    }
    for i in 0..<UInt32(profile.count - 1) {
      for k in 0..<UInt32(segments) {
        let a = base + i * row + k, b = a + 1, c = a + row + 1, d = a + row
        if profile[Int(i)].radius > 0 { addTriangle(a, b, c) }
        if profile[Int(i) + 1].radius > 0 { addTriangle(a, c, d) }
      }
    }
  }

  fileprivate mutating func addDisc(radius: Double, z: Double, up: Bool) {
    let segments = radius < 0.015 ? 24 : radius < 0.06 ? 40 : 64
    let normal: Vector3 = up ? .unitZ : -.unitZ
    let center = add(Vector3(0, 0, z), normal: normal, u: radius, v: radius)
    for k in 0..<segments {
      let (sine, cosine) = circle(k, of: segments)
      let p = Vector3(-cosine * radius, -sine * radius, z)
      add(p, normal: normal, u: radius + (up ? p.x : -p.x), v: radius + p.y)
    }
    for k in 0..<UInt32(segments) {
      let a = center + 1 + k, b = center + 1 + (k + 1) % UInt32(segments)
      if up { addTriangle(center, a, b) } else { addTriangle(center, b, a) }
    }
  }

  /// Closes exactly: the last point is the first one.
  private func circle(_ k: Int, of segments: Int) -> (sin: Double, cos: Double) {
    let turn = k % segments
    return Elementary.sinCos(2 * Double.pi * Double(turn) / Double(segments))
  }
}
