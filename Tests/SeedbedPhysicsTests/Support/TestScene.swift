import SeedbedGeometry
import SeedbedScene
import URDF

import SeedbedPhysics

enum TestScene {
  static let appearance = Appearance(color: Vector3(0.5, 0.5, 0.5), roughness: 0.5, metallic: 0)
  static let table = fixed("table", .box(size: Vector3(0.8, 1.2, 0.1)), at: Vector3(0.6, 0, -0.05), friction: 1)

  static func object(
    _ name: String, _ shape: ShapeInstance, mass: Double, friction: Double = 1, restitution: Double = 0,
    at position: Vector3, _ orientation: Quaternion = .identity
  ) -> ObjectInstance {
    ObjectInstance(
      name: name, shape: shape, isFixed: false, mass: mass, friction: friction, restitution: restitution,
      pose: Pose(position, orientation), appearance: appearance)
  }

  static func fixed(
    _ name: String, _ shape: ShapeInstance, at position: Vector3, friction: Double = 1, restitution: Double = 0,
    _ orientation: Quaternion = .identity
  ) -> ObjectInstance {
    ObjectInstance(
      name: name, shape: shape, isFixed: true, mass: 0, friction: friction, restitution: restitution,
      pose: Pose(position, orientation), appearance: appearance)
  }

  static func instance(
    _ objects: [ObjectInstance], gripForce: Double = 20, gravity: Vector3 = Vector3(0, 0, -9.81),
    robot: RobotInstance = TestPanda.instance, rates: Rates = Rates(physics: 240, control: 30), episode: Int = 0
  ) -> SceneInstance {
    SceneInstance(
      seed: 1, episode: episode, rates: rates, gravity: gravity, robot: robot, objects: objects,
      lighting: LightingInstance(ambient: .zero, background: .zero, lights: []), cameras: [],
      task: TaskInstance(
        kind: .pickAndPlace(object: "cube", into: "table"), timeLimit: 8, dwell: 0.5, instruction: ""),
      expert: ExpertInstance(
        approachTilt: 0, approachAzimuth: 0, gripForce: gripForce, speed: 1, graspOffset: .zero,
        transportHeight: 0.1), draws: [])
  }

  static func assets(
    _ robot: RobotDescription = TestPanda.description, meshes: [String: MeshAsset] = [:]
  ) -> SceneAssets {
    SceneAssets(files: [], robot: robot, meshes: meshes, textures: [:])
  }

  static func world(_ instance: SceneInstance, meshes: [String: MeshAsset] = [:]) throws -> World {
    try World(instance, assets: assets(meshes: meshes))
  }

  /// A cube as a mesh asset.
  static func cubeMesh(_ edge: Double) -> MeshAsset {
    let box = ConvexPolyhedron(box: Vector3(edge, edge, edge))
    return MeshAsset(parts: [MeshAsset.Part(mesh: TriangleMesh(positions: box.vertices))])
  }

  static let home = RobotCommand(arm: TestPanda.home.map { Float($0) }, opening: 0.08)
}
