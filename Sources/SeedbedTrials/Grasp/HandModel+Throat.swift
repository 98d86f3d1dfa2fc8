import SeedbedGeometry
import SeedbedPhysics

/// Finds how deep the hand is between its fingers.
struct Throat {
  /// Deeper is of no use to anybody, metres.
  static let deepest = 0.2
  /// Lines along the approach that are looked at: across the fingers and along the closing direction, metres.
  private static let xs = [-0.008, 0, 0.008], ys = [-0.015, 0, 0.015]

  private(set) var depth = Throat.deepest

  /// A part of the palm in the TCP frame.
  mutating func add(_ bound: SolidBound) {
    let axes = bound.pose.orientation.matrix
    let normals = [axes.column(0), axes.column(1), axes.column(2)].flatMap { [$0, -$0] }
    add(planes: normals.map { ($0, $0.dot(bound.pose.position) + bound.extent(along: $0)) })
  }

  /// A hull of the palm, `pose` in the TCP frame.
  mutating func add(_ hull: ConvexPolyhedron, at pose: Pose) {
    add(
      planes: zip(hull.faces, hull.normals).compactMap { face, normal in
        guard let corner = face.first else { return nil }
        let d = pose.rotate(normal)
        return (d, d.dot(pose.apply(hull.vertices[corner])))
      })
  }

  /// Where the lines leave the solid n · x <= d towards the fingertips.
  private mutating func add(planes: [(normal: Vector3, offset: Double)]) {
    for x in Throat.xs {
      for y in Throat.ys {
        var low = -10.0, high = 10.0
        for plane in planes {
          let rest = plane.offset - plane.normal.x * x - plane.normal.y * y
          if abs(plane.normal.z) < 1e-9 {
            if rest < 0 { high = -.infinity }
          } else if plane.normal.z > 0 {
            high = min(high, rest / plane.normal.z)
          } else {
            low = max(low, rest / plane.normal.z)
          }
        }
        if high >= low { depth = min(depth, max(0, -high)) }
      }
    }
  }
}
