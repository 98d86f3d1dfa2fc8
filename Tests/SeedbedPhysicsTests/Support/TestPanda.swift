import Diagnostics
import SeedbedGeometry
import SeedbedScene
import URDF

/// A Panda-like arm from the public kinematic and inertial figures, 15 g fingers with box pads.
enum TestPanda {
  static let half = Double.pi / 2
  static let translations = [
    Vector3(0, 0, 0.333), .zero, Vector3(0, -0.316, 0), Vector3(0.0825, 0, 0), Vector3(-0.0825, 0.384, 0), .zero,
    Vector3(0.088, 0, 0),
  ]
  static let rolls = [0, -half, half, half, -half, half, half]
  static let lower = [-2.8973, -1.7628, -2.8973, -3.0718, -2.8973, -0.0175, -2.8973]
  static let upper = [2.8973, 1.7628, 2.8973, -0.0698, 2.8973, 3.7525, 2.8973]
  static let efforts = [87.0, 87, 87, 87, 12, 12, 12]
  static let kp = [4500.0, 4500, 3500, 3500, 2000, 2000, 2000]
  static let home = [0, -0.3, 0, -2.2, 0, 2.0, Double.pi / 4]
  static let masses = [4.970684, 0.646926, 3.228604, 3.587895, 1.225946, 1.666555, 0.735522]
  static let centers = [
    Vector3(0.003875, 0.002081, -0.04762), Vector3(-0.003141, -0.02872, 0.003495),
    Vector3(0.027518, 0.039252, -0.066502), Vector3(-0.05317, 0.104419, 0.027454),
    Vector3(-0.011953, 0.041065, -0.038437), Vector3(0.060149, -0.014117, -0.010517),
    Vector3(0.010517, -0.004252, 0.061597),
  ]
  // xx, yy, zz, xy, xz, yz
  static let inertias = [
    [0.70337, 0.70661, 0.009117, -0.000139, 0.006772, 0.019169],
    [0.007962, 0.02811, 0.025995, -0.003925, 0.010254, 0.000704],
    [0.037242, 0.036155, 0.01083, -0.004761, -0.011396, -0.012805],
    [0.025853, 0.019552, 0.028323, 0.007796, -0.001332, 0.008641],
    [0.035549, 0.029474, 0.008627, -0.002117, -0.004037, 0.000229],
    [0.001964, 0.004354, 0.005433, 0.000109, -0.001158, 0.000341],
    [0.012516, 0.010027, 0.004815, -0.000428, -0.001196, -0.000741],
  ]
  /// Link number (1...7, 8 = hand), centre, along y instead of z, length, radius.
  static let capsules: [(Int, Vector3, Bool, Double, Double)] = [
    (1, Vector3(0, 0, -0.19), false, 0.28, 0.06), (2, .zero, false, 0.12, 0.06),
    (3, Vector3(0, 0, -0.145), false, 0.15, 0.06), (4, .zero, false, 0.12, 0.06),
    (5, Vector3(0, 0, -0.26), false, 0.1, 0.06), (5, Vector3(0, 0.08, -0.13), false, 0.14, 0.05),
    (6, Vector3(0, 0, -0.03), false, 0.08, 0.05), (7, Vector3(0, 0, 0.01), false, 0.14, 0.045),
    (8, Vector3(0, 0, 0.04), true, 0.12, 0.03),
  ]
  static let handInArm7 = Pose(Vector3(0, 0, 0.107), Quaternion(axis: .unitZ, angle: -Double.pi / 4))
  static let tcp = Pose(Vector3(0, 0, 0.1034))
  static let hand = 8
  static let fingers = [9, 10]

  static let here = SourceLocation(file: "panda.urdf", line: 1, column: 1)

  static func symmetric(_ i: [Double]) -> Matrix3 {
    Matrix3(rows: Vector3(i[0], i[3], i[4]), Vector3(i[3], i[1], i[5]), Vector3(i[4], i[5], i[2]))
  }

  static func jointOrigin(_ i: Int) -> Pose { Pose(translations[i], Quaternion(axis: .unitX, angle: rolls[i])) }

  static let description: RobotDescription = {
    var links = [Link(name: "base", location: here)]
    var joints: [Joint] = []
    for i in 0..<7 {
      links.append(
        Link(
          name: "link\(i + 1)",
          inertial: Inertial(origin: Pose(centers[i]), mass: masses[i], inertia: symmetric(inertias[i])),
          location: here))
      joints.append(
        Joint(
          name: "joint\(i + 1)", kind: .revolute, parent: i, child: i + 1, origin: jointOrigin(i), axis: .unitZ,
          lower: lower[i], upper: upper[i], effort: efforts[i], location: here))
    }
    links.append(
      Link(
        name: "hand",
        inertial: Inertial(
          origin: Pose(Vector3(-0.01, 0, 0.03)), mass: 0.73, inertia: .diagonal(Vector3(0.001, 0.0025, 0.0017))),
        location: here))
    joints.append(Joint(name: "hand_joint", kind: .fixed, parent: 7, child: 8, origin: handInArm7, location: here))
    for (link, center, alongY, length, radius) in capsules {
      let turn = alongY ? Quaternion(axis: .unitX, angle: half) : .identity
      links[link].collisions.append(
        Collision(origin: Pose(center, turn), geometry: .capsule(radius: radius, length: length), location: here))
    }
    for side in [1.0, -1.0] {
      let middle = Pose(Vector3(0, 0.005 * side, 0.027))
      links.append(
        Link(
          name: side > 0 ? "finger1" : "finger2",
          inertial: Inertial(
            origin: middle, mass: 0.015, inertia: .diagonal(Vector3(2.375e-6, 2.375e-6, 7.5e-7))),
          collisions: [
            Collision(origin: middle, geometry: .box(size: Vector3(0.021, 0.01, 0.054)), location: here)
          ], location: here))
      joints.append(
        Joint(
          name: side > 0 ? "finger_joint1" : "finger_joint2", kind: .prismatic, parent: 8, child: links.count - 1,
          origin: Pose(Vector3(0, 0, 0.0584)), axis: .unitY * side, lower: 0, upper: 0.04, effort: 20,
          mimic: side > 0 ? nil : Joint.Mimic(joint: "finger_joint1"), location: here))
    }
    return RobotDescription(name: "panda", links: links, joints: joints, rootLink: 0)
  }()

  static let instance = RobotInstance(
    urdf: "panda.urdf", pose: .identity,
    arm: (0..<7).map {
      ArmJointInstance(
        joint: "joint\($0 + 1)", home: home[$0], kp: kp[$0], kd: kp[$0] / 10, armature: 0.1, effort: efforts[$0],
        velocity: 2)
    },
    gripper: GripperInstance(
      fingerJoints: ["finger_joint1", "finger_joint2"], closedOpening: 0, maxOpening: 0.08, home: 0.08, maxForce: 70,
      speed: 0.2), tcpLink: "hand", tcp: tcp, fingerFriction: 1, linkFriction: 0.5)
}
