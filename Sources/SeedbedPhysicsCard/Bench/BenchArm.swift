/// The arm that the card is measured with where no other is named: seven axes with the Panda's public kinematics, masses
/// and inertias (franka_description and the dynamic parameters of Gaz et al. 2019, as `Robots/panda/README.md` names
/// them), a hand and two fingers with flat pads. It needs no file beside the program.
enum BenchArm {
  static let file = "bench-arm.urdf"

  // Mass; centre of mass; ixx iyy izz ixy ixz iyz about it.
  private static let links: [(Double, String, [Double])] = [
    (4.970684, "0.003875 0.002081 -0.04762", [0.70337, 0.70661, 0.009117, -0.000139, 0.006772, 0.019169]),
    (0.646926, "-0.003141 -0.02872 0.003495", [0.007962, 0.02811, 0.025995, -0.003925, 0.010254, 0.000704]),
    (3.228604, "0.027518 0.039252 -0.066502", [0.037242, 0.036155, 0.01083, -0.004761, -0.011396, -0.012805]),
    (3.587895, "-0.05317 0.104419 0.027454", [0.025853, 0.019552, 0.028323, 0.007796, -0.001332, 0.008641]),
    (1.225946, "-0.011953 0.041065 -0.038437", [0.035549, 0.029474, 0.008627, -0.002117, -0.004037, 0.000229]),
    (1.666555, "0.060149 -0.014117 -0.010517", [0.001964, 0.004354, 0.005433, 0.000109, -0.001158, 0.000341]),
    (0.735522, "0.010517 -0.004252 0.061597", [0.012516, 0.010027, 0.004815, -0.000428, -0.001196, -0.000741]),
  ]
  // Of joint i in its parent: translation, roll; limits; torque.
  private static let half = "1.5707963267948966"
  private static let joints: [(String, String, Double, Double, Double)] = [
    ("0 0 0.333", "0", -2.8973, 2.8973, 87), ("0 0 0", "-" + half, -1.7628, 1.7628, 87),
    ("0 -0.316 0", half, -2.8973, 2.8973, 87), ("0.0825 0 0", half, -3.0718, -0.0698, 87),
    ("-0.0825 0.384 0", "-" + half, -2.8973, 2.8973, 12), ("0 0 0", half, -0.0175, 3.7525, 12),
    ("0.088 0 0", half, -2.8973, 2.8973, 12),
  ]
  /// Gains as in `Robots/panda/panda.robot.yaml`; the hand looks straight down at home.
  static let kp = [4500.0, 4500, 3500, 3500, 2000, 2000, 2000]
  static let home = [0, -0.3, 0, -2.2, 0, 1.9, Double.pi / 4]

  static let urdf: String = {
    var lines = ["<robot name=\"bench_arm\">", "<link name=\"base\"/>"]
    for (i, link) in links.enumerated() {
      lines.append(BenchArm.link("link\(i + 1)", mass: link.0, center: link.1, link.2, collision: ""))
    }
    lines.append(
      link(
        "hand", mass: 0.73, center: "-0.01 0 0.03", [0.001, 0.0025, 0.0017, 0, 0, 0],
        collision: shape("0 0 0.04", "\(half) 0 0", "<capsule radius=\"0.03\" length=\"0.12\"/>")))
    for (name, side) in [("finger1", "0.005"), ("finger2", "-0.005")] {
      let middle = "0 \(side) 0.027"
      lines.append(
        link(
          name, mass: 0.015, center: middle, [2.375e-6, 2.375e-6, 7.5e-7, 0, 0, 0],
          collision: shape(middle, "0 0 0", "<box size=\"0.021 0.01 0.054\"/>")))
    }
    for (i, joint) in joints.enumerated() {
      lines.append(
        """
        <joint name="joint\(i + 1)" type="revolute"><parent link="\(i == 0 ? "base" : "link\(i)")"/>\
        <child link="link\(i + 1)"/><origin xyz="\(joint.0)" rpy="\(joint.1) 0 0"/><axis xyz="0 0 1"/>\
        <limit lower="\(joint.2)" upper="\(joint.3)" effort="\(joint.4)" velocity="2.175"/></joint>
        """)
    }
    lines.append(
      """
      <joint name="hand_joint" type="fixed"><parent link="link7"/><child link="hand"/>\
      <origin xyz="0 0 0.107" rpy="0 0 -0.7853981633974483"/></joint>
      """)
    for (i, axis) in ["0 1 0", "0 -1 0"].enumerated() {
      lines.append(
        """
        <joint name="finger_joint\(i + 1)" type="prismatic"><parent link="hand"/><child link="finger\(i + 1)"/>\
        <origin xyz="0 0 0.0584"/><axis xyz="\(axis)"/><limit lower="0" upper="0.04" effort="70" velocity="0.2"/>\
        \(i == 0 ? "" : "<mimic joint=\"finger_joint1\"/>")</joint>
        """)
    }
    return (lines + ["</robot>", ""]).joined(separator: "\n")
  }()

  private static func link(
    _ name: String, mass: Double, center: String, _ i: [Double], collision: String
  ) -> String {
    """
    <link name="\(name)"><inertial><origin xyz="\(center)"/><mass value="\(mass)"/>\
    <inertia ixx="\(i[0])" iyy="\(i[1])" izz="\(i[2])" ixy="\(i[3])" ixz="\(i[4])" iyz="\(i[5])"/></inertial>\(collision)</link>
    """
  }

  private static func shape(_ xyz: String, _ rpy: String, _ geometry: String) -> String {
    "<collision><origin xyz=\"\(xyz)\" rpy=\"\(rpy)\"/><geometry>\(geometry)</geometry></collision>"
  }
}
