package import SeedbedGeometry
public import SeedbedScene
internal import URDF

/// The convex hulls of a scene's collision meshes, computed once and shared by all its episodes.
///
/// Each mesh file collides as one hull of at most 64 vertices, all its parts together; a mesh without volume as its
/// bounding box.
public struct CollisionHulls: Sendable {
  /// By logical path, in the mesh's own frame and scale.
  private var hulls: [String: ConvexPolyhedron] = [:]

  /// Hulls of all meshes that the robot collides with and that the objects are made of. Meshes that the assets lack
  /// are left out: `World` reports them.
  public init(_ assets: SceneAssets, objects: [ObjectInstance] = []) {
    add(assets.robot, assets)
    addMissing(assets, objects: objects)
  }

  private mutating func add(_ model: RobotDescription, _ assets: SceneAssets) {
    for link in model.links {
      for collision in link.collisions {
        if case .mesh(let path, _) = collision.geometry { add(path, assets) }
      }
    }
  }

  private mutating func add(_ path: String, _ assets: SceneAssets) {
    guard hulls[path] == nil, let mesh = assets.meshes[path] else { return }
    hulls[path] = ConvexPolyhedron(hullOf: mesh.parts.lazy.flatMap(\.mesh.positions))
  }

  mutating func addMissing(_ assets: SceneAssets, objects: [ObjectInstance]) {
    for object in objects {
      switch object.shape {
      case .mesh(let path, _): add(path, assets)
      case .urdf(let path): if let model = assets.mechanisms[path] { add(model, assets) }
      case .box, .cylinder, .sphere, .capsule, .bin: continue
      }
    }
  }

  /// The scaled hull; a negative factor mirrors. nil where there is no such mesh.
  package func hull(_ path: String, scale: Vector3) -> ConvexPolyhedron? {
    guard var hull = hulls[path] else { return nil }
    if scale == Vector3(1, 1, 1) { return hull }
    let inverse = Vector3(1 / scale.x, 1 / scale.y, 1 / scale.z)
    hull.vertices = hull.vertices.map { $0.scaled(by: scale) }
    hull.normals = hull.normals.map { $0.scaled(by: inverse).normalized ?? $0 }
    if scale.x * scale.y * scale.z < 0 { hull.faces = hull.faces.map { $0.reversed() } }
    return hull
  }
}
