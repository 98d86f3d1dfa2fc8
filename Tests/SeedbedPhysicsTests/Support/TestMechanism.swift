import Diagnostics
import SeedbedGeometry
import SeedbedPhysics
import SeedbedScene
import URDF

/// Small articulated objects out of reach of the arm, and what happens to them.
enum TestMechanism {
  static let here = SourceLocation(file: "cabinet.urdf", line: 1, column: 1)
  static let place = Vector3(0, 3, 1)

  static func link(_ name: String, mass: Double, size: Vector3, at center: Vector3 = .zero) -> Link {
    let s = size.scaled(by: size) * (mass / 12)
    return Link(
      name: name,
      inertial: Inertial(
        origin: Pose(center), mass: mass, inertia: .diagonal(Vector3(s.y + s.z, s.x + s.z, s.x + s.y))),
      collisions: [Collision(origin: Pose(center), geometry: .box(size: size), location: here)], location: here)
  }

  /// A block of 1.5 kg that slides along x from 0 to `upper`.
  static func drawer(lower: Double? = -10, upper: Double? = 10) -> RobotDescription {
    RobotDescription(
      name: "cabinet",
      links: [Link(name: "body", location: here), link("drawer", mass: 1.5, size: Vector3(0.3, 0.2, 0.1))],
      joints: [
        Joint(
          name: "slide", kind: .prismatic, parent: 0, child: 1, axis: .unitX, lower: lower, upper: upper, location: here
        )
      ], rootLink: 0)
  }

  /// A door of 2 kg, 0.4 m wide (along x), that turns about `axis` at its edge; 0.1 m thick across.
  static func door(
    axis: Vector3 = .unitZ, kind: Joint.Kind = .revolute, lower: Double? = -1.5, upper: Double? = 1.5
  ) -> RobotDescription {
    RobotDescription(
      name: "cupboard",
      links: [
        Link(name: "body", location: here),
        link("door", mass: 2, size: Vector3(0.4, 0.1, 0.1), at: Vector3(0.2, 0, 0)),
      ],
      joints: [
        Joint(
          name: "hinge", kind: kind, parent: 0, child: 1, axis: axis, lower: lower, upper: upper, location: here)
      ], rootLink: 0)
  }

  /// Of `door()` about its hinge, kg m².
  static let doorInertia = 2 * (0.4 * 0.4 + 0.1 * 0.1) / 12 + 2 * 0.2 * 0.2

  static func object(
    _ joint: ObjectJointInstance, at pose: Pose = Pose(place), isFixed: Bool = true
  ) -> ObjectInstance {
    ObjectInstance(
      name: "thing", shape: .urdf(path: "thing.urdf"), isFixed: isFixed, mass: 0, friction: 0.5, restitution: 0,
      pose: pose, appearance: TestScene.appearance, joints: [joint])
  }

  static func world(
    _ model: RobotDescription, _ objects: [ObjectInstance], gravity: Vector3 = Vector3(0, 0, -9.81),
    dynamics: ArmDynamics = .hybrid
  ) throws -> World {
    var robot = TestPanda.instance
    robot.dynamics = dynamics
    let assets = SceneAssets(
      files: [], robot: TestPanda.description, mechanisms: ["thing.urdf": model], meshes: [:], textures: [:])
    return try World(TestScene.instance(objects, gravity: gravity, robot: robot), assets: assets)
  }

  /// Position and velocity of the first joint after each frame (1/30 s).
  static func run(
    _ model: RobotDescription, _ joint: ObjectJointInstance, frames: Int, gravity: Vector3 = Vector3(0, 0, -9.81),
    at pose: Pose = Pose(place), isFixed: Bool = true
  ) throws -> [(q: Double, v: Double)] {
    var world = try world(model, [object(joint, at: pose, isFixed: isFixed)], gravity: gravity)
    var track: [(q: Double, v: Double)] = []
    for _ in 0..<frames {
      guard world.advanceFrame(TestScene.home) == .ok else { break }
      track.append((world.objectJointPositions[0], world.objectJointVelocities[0]))
    }
    return track
  }
}
