import Diagnostics
import SeedbedGeometry
import SeedbedScene
import URDF

/// Arms put together in code: one joint after the other, then a hand with two box fingers.
struct TestArm {
  struct JointFigures {
    var origin: Pose
    var lower: Double, upper: Double
    var effort: Double, velocity: Double
    var mass: Double
    var home: Double
    var kp: Double
    /// Capsules on the link that it moves: centre, whether along y, length, radius.
    var capsules: [(Vector3, Bool, Double, Double)]
  }

  var robot: RobotDescription
  var instance: RobotInstance

  static let here = SourceLocation(file: "arm.urdf", line: 1, column: 1)
  static let half = Double.pi / 2

  init(_ name: String, _ figures: [JointFigures], hand: Pose, base: Pose) {
    var links = [Link(name: "base", location: TestArm.here)]
    var joints: [Joint] = []
    let sphere = Matrix3.diagonal(Vector3(1, 1, 1))
    for (i, f) in figures.enumerated() {
      links.append(
        Link(
          name: "link\(i + 1)",
          inertial: Inertial(origin: .identity, mass: f.mass, inertia: sphere * (0.006 * f.mass)),
          collisions: f.capsules.map { center, alongY, length, radius in
            Collision(
              origin: Pose(center, alongY ? Quaternion(axis: .unitX, angle: TestArm.half) : .identity),
              geometry: .capsule(radius: radius, length: length), location: TestArm.here)
          }, location: TestArm.here))
      joints.append(
        Joint(
          name: "joint\(i + 1)", kind: .revolute, parent: i, child: i + 1, origin: f.origin, axis: .unitZ,
          lower: f.lower, upper: f.upper, effort: f.effort, velocity: f.velocity, location: TestArm.here))
    }
    let handIndex = links.count
    links.append(
      Link(
        name: "hand", inertial: Inertial(origin: Pose(Vector3(0, 0, 0.03)), mass: 0.7, inertia: sphere * 0.0015),
        collisions: [
          Collision(
            origin: Pose(Vector3(0, 0, 0.036), Quaternion(axis: .unitX, angle: TestArm.half)),
            geometry: .capsule(radius: 0.03, length: 0.144), location: TestArm.here)
        ], location: TestArm.here))
    joints.append(
      Joint(
        name: "hand_joint", kind: .fixed, parent: handIndex - 1, child: handIndex, origin: hand, location: TestArm.here)
    )
    for side in [1.0, -1.0] {
      let middle = Pose(Vector3(0, 0.005 * side, 0.027))
      links.append(
        Link(
          name: side > 0 ? "finger1" : "finger2",
          inertial: Inertial(origin: middle, mass: 0.015, inertia: .diagonal(Vector3(2.375e-6, 2.375e-6, 7.5e-7))),
          collisions: [
            Collision(origin: middle, geometry: .box(size: Vector3(0.021, 0.01, 0.054)), location: TestArm.here)
          ], location: TestArm.here))
      joints.append(
        Joint(
          name: side > 0 ? "finger_joint1" : "finger_joint2", kind: .prismatic, parent: handIndex,
          child: links.count - 1, origin: Pose(Vector3(0, 0, 0.0584)), axis: .unitY * side, lower: 0, upper: 0.04,
          effort: 70, mimic: side > 0 ? nil : Joint.Mimic(joint: "finger_joint1"), location: TestArm.here))
    }
    robot = RobotDescription(name: name, links: links, joints: joints, rootLink: 0)
    instance = RobotInstance(
      urdf: "arm.urdf", pose: base,
      arm: figures.enumerated().map { i, f in
        ArmJointInstance(
          joint: "joint\(i + 1)", home: f.home, kp: f.kp, kd: f.kp / 10, armature: 0.1, effort: f.effort,
          velocity: f.velocity)
      },
      gripper: GripperInstance(
        fingerJoints: ["finger_joint1", "finger_joint2"], closedOpening: 0, maxOpening: 0.08, home: 0.08, maxForce: 70,
        speed: 0.1), tcpLink: "hand", tcp: Pose(Vector3(0, 0, 0.1034)), fingerFriction: 1, linkFriction: 0.4)
  }

  /// Seven joints by the Panda's public figures.
  static let panda: TestArm = {
    let t = [
      Vector3(0, 0, 0.333), .zero, Vector3(0, -0.316, 0), Vector3(0.0825, 0, 0), Vector3(-0.0825, 0.384, 0), .zero,
      Vector3(0.088, 0, 0),
    ]
    let roll = [0, -half, half, half, -half, half, half]
    let lower = [-2.8973, -1.7628, -2.8973, -3.0718, -2.8973, -0.0175, -2.8973]
    let upper = [2.8973, 1.7628, 2.8973, -0.0698, 2.8973, 3.7525, 2.8973]
    let home = [0, -0.3, 0, -2.2, 0, 2.0, Double.pi / 4]
    let mass = [4.97, 0.647, 3.23, 3.59, 1.23, 1.67, 0.736]
    let capsules: [[(Vector3, Bool, Double, Double)]] = [
      [(Vector3(0, 0, -0.19), false, 0.28, 0.06)], [(.zero, false, 0.12, 0.06)],
      [(Vector3(0, 0, -0.145), false, 0.15, 0.06)], [(.zero, false, 0.12, 0.06)],
      [(Vector3(0, 0, -0.26), false, 0.1, 0.06), (Vector3(0, 0.08, -0.13), false, 0.14, 0.05)],
      [(Vector3(0, 0, -0.03), false, 0.08, 0.05)], [(Vector3(0, 0, 0.01), false, 0.14, 0.045)],
    ]
    return TestArm(
      "panda",
      (0..<7).map { i in
        JointFigures(
          origin: Pose(t[i], Quaternion(axis: .unitX, angle: roll[i])), lower: lower[i], upper: upper[i],
          effort: i < 4 ? 87 : 12, velocity: i < 4 ? 2.175 : 2.61, mass: mass[i], home: home[i],
          kp: i < 2 ? 4500 : i < 4 ? 3500 : 2000, capsules: capsules[i])
      }, hand: Pose(Vector3(0, 0, 0.107), Quaternion(axis: .unitZ, angle: -Double.pi / 4)), base: .identity)
  }()

  /// The same arm, started as a URDF alone has it: every joint at 0, stretched out.
  static let stretched: TestArm = {
    var arm = six
    for j in arm.instance.arm.indices { arm.instance.arm[j].home = 0 }
    return arm
  }()

  /// Six joints by the public figures of a UR5e, turned so that it works along +x.
  static let six: TestArm = {
    let origins = [
      Pose(Vector3(0, 0, 0.1625)), Pose(.zero, Quaternion(roll: half, pitch: 0, yaw: 0)), Pose(Vector3(-0.425, 0, 0)),
      Pose(Vector3(-0.3922, 0, 0.1333)), Pose(Vector3(0, -0.0997, 0), Quaternion(roll: half, pitch: 0, yaw: 0)),
      Pose(Vector3(0, 0.0996, 0), Quaternion(roll: half, pitch: Double.pi, yaw: Double.pi)),
    ]
    let capsules: [[(Vector3, Bool, Double, Double)]] = [
      [(.zero, false, 0.1, 0.06)], [(Vector3(-0.2, 0, 0.13), false, 0.05, 0.05)],
      [(Vector3(-0.2, 0, 0.01), false, 0.05, 0.045)],
      [(.zero, false, 0.06, 0.045)], [(.zero, false, 0.06, 0.045)], [(Vector3(0, 0, -0.03), false, 0.02, 0.035)],
    ]
    return TestArm(
      "six",
      (0..<6).map { i in
        JointFigures(
          origin: origins[i], lower: i == 2 ? -Double.pi : -2 * Double.pi, upper: i == 2 ? Double.pi : 2 * Double.pi,
          effort: i < 3 ? 150 : 28, velocity: Double.pi, mass: [3.8, 8.1, 2.8, 1.4, 1.3, 0.4][i],
          home: [0, -1.75, 1.9, -1.72, -half, 0][i], kp: i < 3 ? 5000 : 2000, capsules: capsules[i])
      }, hand: .identity, base: Pose(.zero, Quaternion(axis: .unitZ, angle: Double.pi)))
  }()
}
