/// The box between two corners, metres.
public struct AxisAlignedBox: Sendable, Hashable {
  public var lower: Vector3, upper: Vector3

  public init(lower: Vector3, upper: Vector3) {
    self.lower = lower
    self.upper = upper
  }

  /// The smallest box around the points; nil without points.
  public init?(containing points: some Sequence<Vector3>) {
    var box: AxisAlignedBox?
    for p in points {
      guard let b = box else {
        box = AxisAlignedBox(lower: p, upper: p)
        continue
      }
      box = AxisAlignedBox(
        lower: Vector3(min(b.lower.x, p.x), min(b.lower.y, p.y), min(b.lower.z, p.z)),
        upper: Vector3(max(b.upper.x, p.x), max(b.upper.y, p.y), max(b.upper.z, p.z)))
    }
    guard let box else { return nil }
    self = box
  }

  public var size: Vector3 { upper - lower }
  public var center: Vector3 { (lower + upper) * 0.5 }

  public func intersects(_ other: AxisAlignedBox) -> Bool {
    lower.x <= other.upper.x && other.lower.x <= upper.x && lower.y <= other.upper.y && other.lower.y <= upper.y
      && lower.z <= other.upper.z && other.lower.z <= upper.z
  }
}
