import Diagnostics
import SeedbedGeometry
import SeedbedMath
import SeedbedScene
import URDF

import SeedbedRendering

/// Scenes for the tests, from plain numbers.
enum TestScene {
  static let origin = SourceLocation(file: "test.urdf", line: 1, column: 1)

  /// A base, an upper arm and a hand: cylinder, capsule and box, 0.6 m long when stretched.
  static var robot: RobotDescription {
    func link(_ name: String, _ visuals: [Visual]) -> Link { Link(name: name, visuals: visuals, location: origin) }
    func visual(_ geometry: Geometry, z: Double, _ color: [Double]) -> Visual {
      Visual(origin: Pose(Vector3(0, 0, z)), geometry: geometry, color: color, location: origin)
    }
    return RobotDescription(
      name: "arm",
      links: [
        link("base", [visual(.cylinder(radius: 0.08, length: 0.2), z: 0.1, [0.9, 0.9, 0.92, 1])]),
        link(
          "upper",
          [
            visual(.capsule(radius: 0.05, length: 0.3), z: 0.15, [0.9, 0.5, 0.1, 1]),
            visual(.sphere(radius: 0.06), z: 0, [0.2, 0.2, 0.22, 1]),
          ]),
        link("hand", [visual(.box(size: Vector3(0.08, 0.16, 0.06)), z: 0.03, [0.3, 0.3, 0.33, 1])]),
        link("eye", []),
      ],
      joints: [
        Joint(
          name: "shoulder", kind: .revolute, parent: 0, child: 1, origin: Pose(Vector3(0, 0, 0.22)), axis: .unitY,
          location: origin),
        Joint(
          name: "wrist", kind: .revolute, parent: 1, child: 2, origin: Pose(Vector3(0, 0, 0.34)), axis: .unitZ,
          location: origin),
        Joint(name: "mount", kind: .fixed, parent: 2, child: 3, origin: Pose(Vector3(0.1, 0, 0)), location: origin),
      ], rootLink: 0)
  }

  static let linkPoses: [Pose] = {
    let tilt = Pose(Vector3(-0.25, 0, 0.22), Quaternion(axis: .unitY, angle: 0.9))
    let hand = tilt * Pose(Vector3(0, 0, 0.34), Quaternion(axis: .unitZ, angle: 0.4))
    return [Pose(Vector3(-0.25, 0, 0)), tilt, hand, hand * Pose(Vector3(0.1, 0, 0))]
  }()

  static func assets(
    robot: RobotDescription = robot, meshes: [String: MeshAsset] = [:], textures: [String: TextureImage] = [:]
  ) -> SceneAssets {
    SceneAssets(files: [], robot: robot, meshes: meshes, textures: textures)
  }

  /// A robot without visuals: only the objects are drawn.
  static var nobody: RobotDescription {
    RobotDescription(name: "nobody", links: [Link(name: "base", location: origin)], joints: [], rootLink: 0)
  }

  static func object(
    _ name: String, _ shape: ShapeInstance, at pose: Pose, color: Vector3 = Vector3(0.8, 0.8, 0.8),
    isFixed: Bool = false, roughness: Double = 0.5, metallic: Double = 0, texture: TextureInstance? = nil
  ) -> ObjectInstance {
    ObjectInstance(
      name: name, shape: shape, isFixed: isFixed, mass: 0.1, friction: 0.8, restitution: 0, pose: pose,
      appearance: Appearance(color: color, roughness: roughness, metallic: metallic, texture: texture))
  }

  /// An optical frame at `from` that looks at `to`, world z up.
  static func lookAt(from: Vector3, to: Vector3) -> Pose {
    let forward = (to - from).normalized ?? .unitX
    let right = forward.cross(.unitZ).normalized ?? forward.anyOrthogonal
    return Pose(from, Quaternion(Matrix3(columns: right, forward.cross(right), forward)))
  }

  static func camera(
    _ name: String, _ width: Int, _ height: Int, pose: Pose, link: String? = nil, fovy: Double = 0.9
  ) -> CameraInstance {
    CameraInstance(name: name, width: width, height: height, fovy: fovy, link: link, pose: pose, near: 0.02, far: 10)
  }

  static let sun = LightInstance(
    name: "sun", kind: .directional(direction: Vector3(-0.45, -0.5, -0.9).normalized ?? -.unitZ),
    color: Vector3(1, 0.97, 0.92), intensity: 0.75, castsShadow: true)
  static let lamp = LightInstance(
    name: "lamp", kind: .point(position: Vector3(1.1, 0.9, 1.2)), color: Vector3(0.8, 0.9, 1), intensity: 0.4,
    castsShadow: false)

  static func instance(
    objects: [ObjectInstance], cameras: [CameraInstance], ambient: Vector3 = Vector3(0.35, 0.36, 0.38),
    background: Vector3 = Vector3(0.55, 0.6, 0.65), lights: [LightInstance] = [sun, lamp]
  ) -> SceneInstance {
    SceneInstance(
      seed: 1, episode: 0, rates: Rates(physics: 240, control: 30), gravity: Vector3(0, 0, -9.81),
      robot: RobotInstance(
        urdf: "test.urdf", pose: linkPoses[0], arm: [],
        gripper: GripperInstance(fingerJoints: [], closedOpening: 0, maxOpening: 0, home: 0, maxForce: 0, speed: 0),
        tcpLink: "hand", tcp: .identity, fingerFriction: 1, linkFriction: 1), objects: objects,
      lighting: LightingInstance(ambient: ambient, background: background, lights: lights), cameras: cameras,
      task: TaskInstance(
        kind: .pickAndPlace(object: "cube", into: "bin"), timeLimit: 8, dwell: 0.5, instruction: "test"),
      expert: ExpertInstance(
        approachTilt: 0, approachAzimuth: 0, gripForce: 20, speed: 1, graspOffset: .zero, transportHeight: 0.1),
      draws: [])
  }

  static var tableObjects: [ObjectInstance] {
    let wood = TextureInstance.noise(other: Vector3(0.45, 0.29, 0.16), scale: 0.04, stretch: 6, pattern: 7)
    return [
      object(
        "floor", .box(size: Vector3(6, 6, 0.02)), at: Pose(Vector3(0, 0, -0.71)), color: Vector3(0.6, 0.6, 0.58),
        isFixed: true, roughness: 0.8, texture: .checker(other: Vector3(0.42, 0.43, 0.45), edge: 0.3)),
      object(
        "table", .box(size: Vector3(1.0, 1.4, 0.04)), at: Pose(Vector3(0.2, 0, -0.02)), color: Vector3(0.7, 0.5, 0.3),
        isFixed: true, texture: wood),
      object(
        "bin", .bin(size: Vector3(0.22, 0.3, 0.1), wall: 0.006), at: Pose(Vector3(0.3, 0.3, 0.05)),
        color: Vector3(0.25, 0.35, 0.6), isFixed: true),
      object(
        "cube", .box(size: Vector3(0.05, 0.05, 0.05)),
        at: Pose(Vector3(0.3, -0.05, 0.025), Quaternion(axis: .unitZ, angle: 0.5)), color: Vector3(0.85, 0.15, 0.12)),
      object(
        "can", .cylinder(radius: 0.033, length: 0.12), at: Pose(Vector3(0.38, -0.2, 0.06)),
        color: Vector3(0.75, 0.76, 0.78), roughness: 0.3, metallic: 0.9),
      object(
        "ball", .sphere(radius: 0.04), at: Pose(Vector3(0.45, 0.08, 0.04)), color: Vector3(0.2, 0.65, 0.25),
        roughness: 0.3),
      object(
        "pill", .capsule(radius: 0.02, length: 0.06),
        at: Pose(Vector3(0.5, -0.1, 0.02), Quaternion(axis: .unitY, angle: 1.5707963267948966)),
        color: Vector3(0.95, 0.85, 0.2)),
      object(
        "white", .box(size: Vector3(0.08, 0.06, 0.04)), at: Pose(Vector3(0.25, -0.3, 0.02)),
        color: Vector3(1, 1, 1), roughness: 0.9),
    ]
  }

  static func table(width: Int = 256, height: Int = 256) -> SceneInstance {
    let wrist = linkPoses[3].inverse * lookAt(from: linkPoses[3].position, to: Vector3(0.35, 0.05, 0))
    return instance(
      objects: tableObjects,
      cameras: [
        camera("front", width, height, pose: lookAt(from: Vector3(1.05, 0.15, 0.6), to: Vector3(0.25, 0, 0.05))),
        camera("wrist", width, height, pose: wrist, link: "eye", fovy: 1.2),
      ])
  }
}
