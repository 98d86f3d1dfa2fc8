import SeedbedEpisodes
import SeedbedMapping
import Testing

/// Units, signs and meanings that numbers and names tell of.
@Suite struct DraftedUnitsTests {
  private let hand = ["x", "y", "z", "roll", "pitch", "yaw", "gripper"]

  @Test func placesInMillimetresAndAnglesInDegreesAreSeen() throws {
    let all = ranges([
      (250, 550, 250), (-200, 200, 0), (150, 400, 200), (-180, -170, -175), (-5, 5, 0), (-60, 60, 0), (200, 850, 850),
    ])
    let form = real([("observation.state", hand, 7), ("action", hand, 7)], robot: "xarm7")
    let (text, _, _) = try drafted(form, ["observation.state": all, "action": all])
    #expect(text.contains("{name: x, take: observation.ee_pose.ee.x, unit: mm}"), "\(text)")
    #expect(text.contains("{name: pitch, take: action.ee.pitch, unit: deg}"))
    #expect(text.contains("mm: its numbers reach 550") && text.contains("degrees: its angles' numbers reach 180"))
    // What is already in m and rad stays so, whatever it is called.
    let metres = ranges([(0.2, 0.6, 0.3), (-0.2, 0.3, 0.1), (0.1, 0.5, 0.3), (-3.1, 3.1, 0), (-0.3, 0.3, 0)])
    let names = ["ee.x", "tcp_y", "z.pos", "roll", "pitch_rad"]
    let plain = try drafted(real([("observation.pose", names, 5)]), ["observation.pose": metres]).text
    #expect(plain.contains("{name: z.pos, take: observation.ee_pose.ee.z}"), "\(plain)")
    #expect(plain.contains("{name: roll, take: observation.ee_pose.ee.roll}"))
  }

  @Test func stepsOfAControllerAreNormalised() throws {
    let all = ranges(
      [
        (-0.94, 0.94, 0), (-0.9, 0.94, 0), (-0.94, 0.9, 0), (-0.2, 0.2, 0), (-0.3, 0.34, 0), (-0.38, 0.36, 0),
        (-1, 1, -1),
      ])
    let (text, draft, _) = try drafted(real([("action", hand, 7)], robot: "panda"), ["action": all])
    #expect(
      text.contains("take: action.ee_delta.x, range: {ours: [-0.05, 0.05], real: [-1, 1]}, clip: [-1, 1]"), "\(text)")
    #expect(text.contains("take: action.ee_delta.yaw, range: {ours: [-0.5, 0.5], real: [-1, 1]}, clip: [-1, 1]"))
    #expect(draft.doubts(withCameras: true)[0].contains("output_max"))
    let small = ranges([(Double, Double, Double)](repeating: (-0.03, 0.03, 0), count: 6) + [(0, 1, 1)])
    let metres = try drafted(real([("action", hand, 7)]), ["action": small]).text
    #expect(metres.contains("{name: x, take: action.ee_delta.x}"), "\(metres)")
    let millimetres = ranges([(Double, Double, Double)](repeating: (-12, 14, 0), count: 6) + [(0, 1, 1)])
    let large = try drafted(real([("action", hand, 7)]), ["action": millimetres]).text
    #expect(
      large.contains("take: action.ee_delta.x, unit: mm}") && large.contains("ee_delta.yaw, unit: deg}"), "\(large)")
  }

  @Test func eachFingerHasItsSign() throws {
    let names = ["x", "y", "z", "rx", "ry", "rz", "gripper_l", "gripper_r"]
    let all = ranges([
      (-0.2, 0.1, 0), (-0.2, 0.25, 0), (0.9, 1.2, 1), (3, 3.3, 3), (-0.2, 0.2, 0), (-0.2, 0.2, 0), (0.012, 0.04, 0.04),
      (-0.04, -0.012, -0.04),
    ])
    for (names, left, right) in [(names, "{name: gripper_l, ", "{name: gripper_r, "), ([], "{", "{")] {
      let (text, _, _) = try drafted(real([("observation.state", names, 8)]), ["observation.state": all])
      #expect(text.contains("\(left)take: observation.state.gripper.opening, unit: m, scale: 0.5}"), "\(text)")
      #expect(text.contains("\(right)take: observation.state.gripper.opening, unit: m, scale: -0.5}"))
      #expect(text.contains("take: observation.ee_pose.ee.rx}"))
    }
    let arm = (1...7).map { "panda_joint\($0)" } + ["left_finger", "right_finger"]
    let joints = ranges(
      [(Double, Double, Double)](repeating: (-1, 1.5, 0), count: 7) + [(0, 0.04, 0.04), (0, 0.04, 0.04)])
    let (text, _, _) = try drafted(real([("observation.state", arm, 9)]), ["observation.state": joints])
    #expect(
      !text.contains("other arm") && text.contains("{name: left_finger, take: observation.state.gripper"), "\(text)")
  }

  @Test func stepsWithoutNamesAreOfTheHand() throws {
    let all = ranges(
      [(Double, Double, Double)](repeating: (-0.94, 0.94, 0), count: 3)
        + [(Double, Double, Double)](repeating: (-0.3, 0.3, 0), count: 3) + [(-1, 1, -1)])
    let (text, _, _) = try drafted(real([("action", [], 7)]), ["action": all])
    #expect(text.contains("take: action.ee_delta.z, range") && text.contains("take: action.gripper.opening"), "\(text)")
    let joints = ranges([(Double, Double, Double)](repeating: (-0.9, 0.8, 0), count: 7))
    #expect(try drafted(real([("action", [], 7)]), ["action": joints]).text.contains("take: action.panda_joint7.pos"))
  }

  @Test func speedsAreNoPlaces() throws {
    let seven = (0..<7).map { "joint_\($0)" }
    let slow = ranges([(Double, Double, Double)](repeating: (-0.5, 0.5, 0), count: 7))
    let form = real([
      ("action.joint_velocity", seven, 7), ("action.gripper_velocity", ["gripper"], 1),
      ("action.cartesian_velocity", Array(hand.prefix(6)), 6), ("observation.joint_velocities", [], 7),
      ("observation.state.gripper_position", [], 1),
    ])
    let (text, _, _) = try drafted(
      form,
      [
        "action.joint_velocity": slow, "action.gripper_velocity": [slow[0]],
        "action.cartesian_velocity": Array(slow.prefix(6)),
        "observation.joint_velocities": slow, "observation.state.gripper_position": ranges([(0, 0.8, 0)]),
      ])
    #expect(text.contains("{name: joint_0, take: action.panda_joint1.pos.rate}"), "\(text)")
    #expect(text.contains("{name: gripper, take: action.gripper.opening.rate}"))
    #expect(text.contains("{name: yaw, take: action.ee_rate.yaw}"))
    #expect(text.contains("{take: observation.velocity.panda_joint7.vel}"))
    #expect(text.contains("{take: observation.state.gripper.opening, range: {ours: [0, 0.08], real: [1, 0]}}"))
  }

  @Test func speedsAreJudgedByThePlacesThatChange() throws {
    let seven = (0..<7).map { "joint_\($0)" }
    let form = real([("observation.state.joint_position", seven, 7), ("action.joint_velocity", seven, 7)])
    // A way of 0.02 rad a frame at 30 frames a second is 0.6 rad/s.
    for (speed, expected) in [
      (0.6, ".rate}"), (0.02, ".rate, scale: 0.0333333}"), (34, ".rate, unit: deg/s}"), (0.2, ".rate, scale: 0.333}"),
    ] {
      var places = ranges([(Double, Double, Double)](repeating: (-2, 2, 0), count: 7)), speeds = places
      for d in 0..<7 { (places[d].step, speeds[d].magnitude) = (0.02, speed) }
      let all = ["observation.state.joint_position": places, "action.joint_velocity": speeds]
      let (text, _, _) = try drafted(form, all)
      #expect(text.contains("{name: joint_6, take: action.panda_joint7.pos\(expected)"), "\(text)")
    }
  }

  @Test func speedsOfTwoArmsAreJudgedByTheSameOnes() throws {
    let names = ["left", "right"].flatMap { side in (1...7).map { "\(side)_j\($0)" } }
    var places = ranges([(Double, Double, Double)](repeating: (-2, 2, 0), count: 14)), speeds = places
    for d in 0..<14 { (places[d].step, speeds[d].magnitude) = (0.02, 0.02) }
    let form = real([("observation.state", names, 14), ("observation.velocity", names, 14)])
    let (text, _, _) = try drafted(form, ["observation.state": places, "observation.velocity": speeds])
    #expect(text.contains("right_j7, take: observation.velocity.panda_joint7.vel, scale: 0.0333333}"), "\(text)")
  }

  @Test func actionsWhereNoJointIsAreSpeeds() throws {
    let places = ranges([(-0.3, 0.3, 0), (-2.5, -1.6, 0), (1.5, 2.5, 0), (0, 0.8, 0)])
    let speeds = ranges([(-1, 1, 0), (-1.1, 1.1, 0), (-1.2, 1.2, 0), (0, 1, 0)])
    let form = real([("joint_position", [], 3), ("gripper_position", [], 1), ("actions", [], 4)])
    let three = simulated(["a", "b", "c"])
    let all = ["joint_position": Array(places.prefix(3)), "gripper_position": [places[3]], "actions": speeds]
    let (text, _, _) = try drafted(form, all, for: three)
    #expect(
      text.contains("{take: action.c.pos.rate}") && text.contains("{take: action.gripper.opening, range"), "\(text)")
    let (plain, _, _) = try drafted(form, all.merging(["actions": places]) { $1 }, for: three)
    #expect(plain.contains("{take: action.c.pos, unit: rad}"), "\(plain)")
  }

  @Test func aMobileBaseIsNoArm() throws {
    let arm = ["arm_shoulder_pan.pos", "arm_gripper.pos"]
    for base in [
      ["x.vel", "y.vel", "theta.vel"], ["vx", "vy", "wz"], ["base_x_vel", "wheel_left.vel", "head_pan.vel"],
    ] {
      let all = ranges([(-50, 50, 0), (5, 60, 60), (0, 1, 0), (0, 2, 0), (0, 10, 0)])
      let form = real([("action", arm + base, 5), ("observation.base_pose", ["x", "y", "theta"], 3)], robot: "lekiwi")
      let (text, _, _) = try drafted(form, ["action": all])
      for (name, mean) in zip(base, ["0.5", "1", "5"]) {
        #expect(text.contains("{name: \(name), fill: \(mean)}"), "\(text)")
      }
      #expect(text.contains("- {name: x, fill: 0}"))
    }
  }

  @Test func anEyeAtTheWristIsTheWristCamera() throws {
    func names(_ cameras: [String], _ joints: [String] = ["joint1", "joint2"]) throws -> [String?] {
      let form = real(
        [("observation.state", joints, joints.count)], cameras: cameras.map { ("observation.images.\($0)", 64, 48) })
      return try drafted(form, [:]).mapping.cameraNames
    }
    #expect(try names(["exterior_1_left", "exterior_2_left", "wrist_left"]) == ["front", nil, "wrist"])
    #expect(try names(["exterior_image_1_left", "wrist_image_left"]) == ["front", "wrist"])
    #expect(try names(["wrist_image_right", "wrist_image_left"]) == [nil, "wrist"])
    #expect(try names(["cam_left_wrist", "cam_right_wrist"]) == [nil, "wrist"])
    #expect(try names(["left_wrist"]) == ["wrist"])
    #expect(try names(["left_wrist"], ["left_waist", "right_waist"]) == [nil])
  }
}
