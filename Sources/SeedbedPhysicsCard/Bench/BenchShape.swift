import SeedbedGeometry
public import SeedbedScene

/// The shapes that are grasped: what a pad presses is `width` apart along y, the axis of those that have one is z.
public enum BenchShape: String, Sendable, CaseIterable {
  case box, cylinder, sphere
  /// A hexagonal prism as a mesh, two of its sides under the pads.
  case hull

  /// `width`: between the pads, m; `height`: along the fingers, m.
  public func instance(width: Double, height: Double) -> ShapeInstance {
    switch self {
    case .box: .box(size: Vector3(width, width, height))
    case .cylinder: .cylinder(radius: width / 2, length: height)
    case .sphere: .sphere(radius: width / 2)
    case .hull: .mesh(path: Self.prism, scale: Vector3(width, width, height))
    }
  }

  private static let prism = "bench-prism"

  /// One unit between opposite sides, one high.
  static let meshes: [String: MeshAsset] = {
    let corner = 1 / 3.0.squareRoot()
    let ring = [(1.0, 0.0), (0.5, 1), (-0.5, 1), (-1, 0), (-0.5, -1), (0.5, -1)]
    let points = [-0.5, 0.5].flatMap { z in
      ring.map { Vector3($0.0 * corner, $0.1 * 0.5, z) }
    }
    return [prism: MeshAsset(parts: [MeshAsset.Part(mesh: TriangleMesh(positions: points))])]
  }()

  static let meshObjects = [
    thing("prism", .mesh(path: prism, scale: Vector3(1, 1, 1)), mass: 1, friction: 0, at: .identity)
  ]

  /// A movable object without looks.
  static func thing(
    _ name: String, _ shape: ShapeInstance, mass: Double, friction: Double, restitution: Double = 0, at pose: Pose
  ) -> ObjectInstance {
    ObjectInstance(
      name: name, shape: shape, isFixed: false, mass: mass, friction: friction, restitution: restitution, pose: pose,
      appearance: looks)
  }

  /// A level floor whose top is z = 0, around the place.
  static func floor(friction: Double, restitution: Double = 0, around place: Vector3 = .zero) -> ObjectInstance {
    ObjectInstance(
      name: "floor", shape: .box(size: Vector3(40, 40, 1)), isFixed: true, mass: 0, friction: friction,
      restitution: restitution, pose: Pose(place + Vector3(0, 0, -0.5)), appearance: looks)
  }

  private static let looks = Appearance(color: Vector3(0.5, 0.5, 0.5), roughness: 0.5, metallic: 0)
}
