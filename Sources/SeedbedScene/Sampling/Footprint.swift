import SeedbedGeometry
import SeedbedMath

/// What an object covers: an outline seen from above, and the heights between which it stands.
struct Footprint {
  enum Outline {
    case circle(radius: Double)
    /// Half edge lengths, turned by `yaw`.
    case rectangle(halfX: Double, halfY: Double, yaw: Double)
  }

  var x: Double, y: Double
  var outline: Outline
  var low: Double, high: Double

  /// - Parameter bounds: a mesh's box in its own frame, after scaling.
  init(_ shape: ShapeInstance, pose: Pose, bounds: AxisAlignedBox) {
    x = pose.position.x
    y = pose.position.y
    let rotation = pose.orientation
    let isUpright = rotation.rotate(.unitZ).z > 1 - 1e-9
    switch shape {
    case .sphere(let radius):
      outline = .circle(radius: radius)
      low = pose.position.z - radius
      high = pose.position.z + radius
      return
    case .cylinder(let radius, _) where isUpright, .capsule(let radius, _) where isUpright:
      outline = .circle(radius: radius)
      low = pose.position.z + bounds.lower.z
      high = pose.position.z + bounds.upper.z
      return
    default: break
    }
    // The box around the shape, turned by the heading of its x axis, or of its own axis where that lies: exact for upright
    // boxes and for what lies on its side, safe for all else.
    let axis = rotation.rotate(.unitZ)
    let heading = isUpright ? rotation.rotate(.unitX) : axis
    let yaw = isUpright || abs(axis.z) < 1e-9 ? Elementary.atan2(heading.y, heading.x) : 0
    let back = Quaternion(axis: .unitZ, angle: -yaw)
    let center = bounds.center
    let points = boxCorners(bounds.size * 0.5).map { back.rotate(rotation.rotate($0 + center)) }
    let box = AxisAlignedBox(containing: points) ?? AxisAlignedBox(lower: .zero, upper: .zero)
    let middle = Quaternion(axis: .unitZ, angle: yaw).rotate(box.center)
    x += middle.x
    y += middle.y
    outline = .rectangle(halfX: box.size.x / 2, halfY: box.size.y / 2, yaw: yaw)
    low = pose.position.z + box.lower.z
    high = pose.position.z + box.upper.z
  }

  /// What a box along the world's axes covers.
  init(_ box: AxisAlignedBox) {
    x = box.center.x
    y = box.center.y
    outline = .rectangle(halfX: box.size.x / 2, halfY: box.size.y / 2, yaw: 0)
    low = box.lower.z
    high = box.upper.z
  }

  /// Whether the gap to another footprint is at least `clearance`, or they stand at different heights.
  func isClear(of other: Footprint, by clearance: Double) -> Bool {
    if low >= other.high - 1e-9 || other.low >= high - 1e-9 { return true }
    let dx = other.x - x, dy = other.y - y
    switch (outline, other.outline) {
    case (.circle(let r1), .circle(let r2)):
      return (dx * dx + dy * dy).squareRoot() >= r1 + r2 + clearance
    case (.rectangle(let hx, let hy, let yaw), .circle(let r)):
      return Self.distance(dx, dy, hx, hy, yaw) >= r + clearance
    case (.circle(let r), .rectangle(let hx, let hy, let yaw)):
      return Self.distance(-dx, -dy, hx, hy, yaw) >= r + clearance
    case (.rectangle(let ax, let ay, let a), .rectangle(let bx, let by, let b)):
      guard Self.areApart(dx, dy, (ax, ay, a), (bx, by, b)) else { return false }
      // Between separate convex shapes, the smallest distance is at a corner of one of them.
      let here = Self.corners(ax, ay, a).map { Self.distance($0.x - dx, $0.y - dy, bx, by, b) }
      let there = Self.corners(bx, by, b).map { Self.distance($0.x + dx, $0.y + dy, ax, ay, a) }
      return (here + there).allSatisfy { $0 >= clearance }
    }
  }

  /// The separating-axis test for two rectangles (half edges and yaw), the second's centre at (dx, dy).
  private static func areApart(
    _ dx: Double, _ dy: Double, _ first: (Double, Double, Double), _ second: (Double, Double, Double)
  ) -> Bool {
    for angle in [first.2, second.2] {
      for quarter in [0, Double.pi / 2] {
        let (s, c) = Elementary.sinCos(angle + quarter)
        let reach =
          reach(first.0, first.1, first.2, c, s) + reach(second.0, second.1, second.2, c, s)
        if abs(dx * c + dy * s) >= reach { return true }
      }
    }
    return false
  }

  private static func corners(_ hx: Double, _ hy: Double, _ yaw: Double) -> [(x: Double, y: Double)] {
    let (s, c) = Elementary.sinCos(yaw)
    return [(hx, hy), (hx, -hy), (-hx, hy), (-hx, -hy)].map { (c * $0.0 - s * $0.1, s * $0.0 + c * $0.1) }
  }

  /// Whether this footprint lies wholly on the top of a support.
  func lies(on support: Footprint) -> Bool {
    let dx = x - support.x, dy = y - support.y
    let tolerance = 1e-9
    switch support.outline {
    case .circle(let radius):
      switch outline {
      case .circle(let r): return (dx * dx + dy * dy).squareRoot() + r <= radius + tolerance
      case .rectangle(let hx, let hy, let yaw):
        return Self.corners(hx, hy, yaw).allSatisfy { corner in
          let px = dx + corner.x, py = dy + corner.y
          return (px * px + py * py).squareRoot() <= radius + tolerance
        }
      }
    case .rectangle(let hx, let hy, let yaw):
      let (s, c) = Elementary.sinCos(yaw)
      return abs(dx * c + dy * s) + extent(c, s) <= hx + tolerance
        && abs(-dx * s + dy * c) + extent(-s, c) <= hy + tolerance
    }
  }

  /// Half of the width along a direction.
  private func extent(_ c: Double, _ s: Double) -> Double {
    switch outline {
    case .circle(let radius): radius
    case .rectangle(let hx, let hy, let yaw): Self.reach(hx, hy, yaw, c, s)
    }
  }

  private static func reach(_ hx: Double, _ hy: Double, _ yaw: Double, _ c: Double, _ s: Double) -> Double {
    let (sy, cy) = Elementary.sinCos(yaw)
    return hx * abs(cy * c + sy * s) + hy * abs(-sy * c + cy * s)
  }

  /// From a rectangle around the origin to a point; 0 inside.
  private static func distance(_ dx: Double, _ dy: Double, _ hx: Double, _ hy: Double, _ yaw: Double) -> Double {
    let (s, c) = Elementary.sinCos(yaw)
    let px = max(0, abs(dx * c + dy * s) - hx), py = max(0, abs(-dx * s + dy * c) - hy)
    return px == 0 && py == 0 ? 0 : (px * px + py * py).squareRoot()
  }
}

extension ShapeInstance {
  /// Things can stand on it.
  var isFlatTopped: Bool {
    switch self {
    case .box, .cylinder: true
    default: false
    }
  }

  /// The box around the shape in its own frame; nil for a mesh without vertices and for
  /// articulated objects.
  func bounds(_ meshBoxes: [String: AxisAlignedBox]) -> AxisAlignedBox? {
    func around(_ x: Double, _ y: Double, _ z: Double) -> AxisAlignedBox {
      AxisAlignedBox(lower: Vector3(-x, -y, -z), upper: Vector3(x, y, z))
    }
    switch self {
    case .box(let size), .bin(let size, _): return around(size.x / 2, size.y / 2, size.z / 2)
    case .cylinder(let radius, let length): return around(radius, radius, length / 2)
    case .sphere(let radius): return around(radius, radius, radius)
    case .capsule(let radius, let length): return around(radius, radius, length / 2 + radius)
    case .mesh(let path, let scale):
      return meshBoxes[path].map {
        AxisAlignedBox(lower: $0.lower.scaled(by: scale), upper: $0.upper.scaled(by: scale))
      }
    case .urdf: return nil
    }
  }
}
