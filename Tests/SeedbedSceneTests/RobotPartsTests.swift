import Diagnostics
import SeedbedGeometry
import SeedbedScene
import Testing
import URDF

/// Robots whose numbers no world could work with are refused when the scene is read, at their place in the URDF.
@Suite struct RobotPartsTests {
  static func refused(_ old: String, _ new: String) -> [String] {
    let text = robotText().replacing(old, with: new, maxReplacements: 1)
    #expect(text != robotText())
    return problems(smallScene, robot: text)
  }

  static let upper = "<mass value=\"1\"/><inertia ixx=\"0.1\" iyy=\"0.1\" izz=\"0.1\""
  static let finger = "<box size=\"0.02 0.01 0.06\"/>"

  @Test(arguments: [
    (
      upper, "<mass value=\"1e300\"/><inertia ixx=\"0.1\" iyy=\"0.1\" izz=\"0.1\"",
      "robot.urdf:3:3: error: The link `upper` moves and has a mass of 1e+300 kg. Correct its <mass>: at most 1000000 kg."
    ),
    (
      upper, "<mass value=\"1\"/><inertia ixx=\"1e300\" iyy=\"1e300\" izz=\"1e300\"",
      "robot.urdf:3:3: error: The link `upper` moves and has an inertia of up to 1e+300 kg m²: with 1 kg that is a body of more than"
    ),
    (
      upper, "<mass value=\"1\"/><inertia ixx=\"2e6\" iyy=\"2e6\" izz=\"2e6\"",
      "robot.urdf:3:3: error: The link `upper` moves and has an inertia of up to 2000000 kg m²: with 1 kg that is a body of more than a kilometre."
    ),
    (
      "<mass value=\"1\"/>", "<mass value=\"1\"/><origin xyz=\"1e200 0 0\"/>",
      "robot.urdf:3:3: error: The centre of mass of the link `upper` lies inf m away from it."
    ),
    (
      "xyz=\"0.3 0 0\"", "xyz=\"30000 0 0\"",
      "robot.urdf:11:3: error: The joint `elbow` lies 30000 m away from its parent link."
    ),
    (
      "effort=\"80\"", "effort=\"1e-9\"",
      "robot.urdf:9:3: error: The effort limit of the joint `shoulder` is 1e-09 Nm: it could hardly move. Correct its <limit>, or write `arm: {effort: {shoulder: ...}}` in robot.robot.yaml."
    ),
    (
      "velocity=\"3\"", "velocity=\"1e-9\"",
      "robot.urdf:11:3: error: The velocity limit of the joint `elbow` is 1e-09 rad/s: it could hardly move."
    ),
    (
      finger, "<box size=\"1e-7 0.01 0.06\"/>",
      "robot.urdf:6:5: error: The box (collision of the link `left`) has a size of 1e-07 m. Correct its size: metres, from 1e-05 to 1000."
    ),
    (
      "multiplier=\"1\"", "multiplier=\"1e300\"",
      "robot.urdf:15:3: error: The joint `slide_right` follows `slide_left` with multiplier 1e+300 and offset 0."
    ),
  ])
  func numbersBeyondPhysics(old: String, new: String, message: String) {
    let found = Self.refused(old, new)
    #expect(found.contains { $0.hasPrefix(message) }, "\(found)")
  }

  /// The joints before and beyond it can be driven, but it cannot.
  @Test func floatingJointsInTheArm() throws {
    let found = Self.refused("name=\"elbow\" type=\"continuous\"", "name=\"elbow\" type=\"floating\"")
    #expect(found.count == 1 && found[0].hasPrefix("robot.urdf:11:3: error: The joint `elbow` on the way"), "\(found)")
    // Below all driven joints it stays where it is, and that is said.
    let scene = try load(
      robot: robotText().replacing(
        "name=\"shoulder\" type=\"revolute\"", with: "name=\"shoulder\" type=\"floating\""))
    #expect(scene.warnings.contains { $0.message.contains("`shoulder` on the way to the gripper is floating") })
  }

  /// 0 and figures that no motor has mean "not given" in the files that have them.
  @Test func limitsThatSayNothing() throws {
    let scene = try load(
      robot: robotText().replacing("effort=\"80\" velocity=\"2\"", with: "effort=\"0\" velocity=\"1e300\""))
    let shoulder = try scene.sample(seed: 1, episode: 0).robot.arm[0]
    #expect(shoulder.effort == 100 && shoulder.velocity == 2)
    #expect(
      scene.warnings.map(\.message) == [
        "The effort limit of `shoulder` is 0 or above 1000000 Nm and says nothing; 100 Nm is used.",
        "The velocity limit of `shoulder` is 0 or above 1000 rad/s and says nothing; 2 rad/s is used.",
      ])
  }

  /// Where nothing moves any mass will do; what moves without one is given one, and that is said.
  @Test func massesThatCanBeUsed() throws {
    #expect(
      problems(smallScene, robot: robotText().replacing("<mass value=\"2\"/>", with: "<mass value=\"1e300\"/>")) == [])
    let scene = try load(robot: robotText().replacing("<mass value=\"0.05\"/>", with: "<mass value=\"1e-12\"/>"))
    #expect(scene.warnings.contains { $0.message.hasPrefix("The links `left`, `right` move without a mass") })
  }

  /// Real files are full of inertias that are wrong by far; they are used, or mended where no body has them, and told.
  @Test func inertiasOfOtherBodies() throws {
    func told(_ moment: String) throws -> [String] {
      let old = "ixx=\"1e-4\" iyy=\"1e-4\" izz=\"1e-4\""
      let new = "ixx=\"\(moment)\" iyy=\"\(moment)\" izz=\"\(moment)\""
      return try load(robot: robotText().replacing(old, with: new)).warnings.map(\.description)
    }
    #expect(try told("1e-5").isEmpty)
    #expect(
      try told("1") == [
        "robot.urdf:5:3: warning: The inertia of `left` is that of 0.05 kg at 4.5 m from their centre, but its shapes measure 0.064 m. Likewise: `right`. Correct ixx … izz: kg m², about the centre of mass; they are used as they are."
      ])
    let tiny = try told("1e-20")
    #expect(
      tiny.count == 2
        && tiny[0].hasPrefix(
          "robot.urdf:5:51: warning: The inertia of 'left' is that of a body of less than a hundredth"),
      "\(tiny)")
  }

  /// A thing to handle needs an inside, or the word that its holes are meant; a robot's links collide as their hulls anyway.
  @Test func meshesWithHoles() throws {
    let box = "{box: [{uniform: [0.02, 0.06]}, 0.04, 0.05]}"
    func scene(_ settings: String) -> String { smallScene.replacing(box, with: "{mesh: {file: a.obj\(settings)}}") }
    #expect(problems(scene(""), files: ["a.obj": tetrahedron]) == [])
    let found = problems(scene(""), files: ["a.obj": openTetrahedron])
    #expect(
      found.count == 1
        && found[0].hasPrefix(
          "scene.yaml:6:5: error: The mesh a.obj of `cube` is not closed (its holes have 58 % of the area of its surface)"
        ),
      "\(found)")
    #expect(problems(scene(", open: true"), files: ["a.obj": openTetrahedron]) == [])
    let wall =
      "  - {name: wall, fixed: true, shape: {mesh: {file: a.obj}}, pose: {xyz: [5, 0, 0]}}\n  - name: cube\n"
    let fixed = try load(
      smallScene.replacing("  - name: cube\n", with: wall), files: ["a.obj": openTetrahedron]
    ).warnings.map(\.message)
    #expect(fixed == ["The mesh a.obj of `wall` is not closed (its holes have 58 % of the area of its surface)."])
    #expect(problems(scene(", open: perhaps"), files: ["a.obj": tetrahedron]).count == 1)
    let robot = robotText().replacing(Self.finger, with: "<mesh filename=\"a.obj\" scale=\"0.3 0.3 1\"/>")
    let told = try load(robot: robot, files: ["a.obj": openTetrahedron]).warnings.map(\.description)
    #expect(
      told.count == 1
        && told[0].hasPrefix(
          "robot.urdf:6:5: warning: The robot `small arm` has 1 collision mesh that is not closed (a.obj)."),
      "\(told)")
  }

  @Test func meshesOfAnySizeAreRefusedOrUsed() throws {
    func robot(_ shape: String) -> String { robotText().replacing(Self.finger, with: shape, maxReplacements: 1) }
    func found(_ shape: String, _ size: String, in scene: String = smallScene) -> [String] {
      let obj = "v 0 0 0\nv \(size) 0 0\nv 0 \(size) 0\nv 0 0 \(size)\nf 1 2 3\nf 1 2 4\nf 1 3 4\nf 2 3 4\n"
      do {
        _ = try load(scene, robot: robot(shape), files: ["a.obj": obj])
        return []
      } catch { return error.diagnostics.filter { $0.severity == .error }.map(\.description) }
    }
    let mesh = "<mesh filename=\"a.obj\"/>"
    #expect(found(mesh, "0.02") == [])
    for (shape, size) in [(mesh, "1e38"), (mesh, "1e-9"), ("<mesh filename=\"a.obj\" scale=\"1e300 1 1\"/>", "1")] {
      let messages = found(shape, size)
      #expect(
        messages.count == 1
          && messages[0].hasPrefix("robot.urdf:6:5: error: The mesh a.obj (collision of the link `left`)"),
        "\(messages)")
    }
    let scene = smallScene.replacing("{box: [{uniform: [0.02, 0.06]}, 0.04, 0.05]}", with: "{mesh: {file: a.obj}}")
    #expect(found(mesh, "0.03", in: scene) == [])
    #expect(
      found(Self.finger, "1e38", in: scene).first?.hasPrefix("scene.yaml:6:5: error: The mesh a.obj of `cube` is 1.7")
        == true)
  }

  /// What the gripper's and the arm's drives take for granted.
  @Test func jointsThatCannotBeDrivenTogether() {
    func found(_ robot: String, _ text: String = robotText()) -> [String] {
      problems(smallScene.replacing("{urdf: robot.urdf, ", with: "{urdf: robot.urdf, \(robot)"), robot: text)
    }
    let skewed = robotText().replacing("<axis xyz=\"0 -1 0\"/>", with: "<axis xyz=\"0.3 -1 0\"/>")
    let line = found("", skewed)
    #expect(
      line.count == 1
        && line[0].hasPrefix(
          "robot.urdf:15:3: error: The joints `slide_left` and `slide_right` of the gripper do not move along one line"),
      "\(line)")
    let mimic = found("arm: {joints: [shoulder, slide_right]}, gripper: {joints: [slide_left, slide_right]}, ")
    #expect(
      mimic.contains { $0.contains("The joint `slide_right` follows `slide_left` and is not driven by itself.") }
        && mimic.contains { $0.contains("The joint `slide_right` is of both the arm and the gripper.") }, "\(mimic)")
    let typo = found("arm: {effort: {elbw: 3}}, ")
    #expect(
      typo.count == 1 && typo[0].contains("`elbw` is no key of the arm's joints. Did you mean `elbow`?"), "\(typo)")
  }

  /// A pair of springs under the base is no gripper, though it comes first; fingers may interlock at their roots; a texture
  /// of another format leaves its surface a plain colour.
  @Test func robotsAsTheyAre() throws {
    let springs = ["l", "r"].map {
      "<link name=\"s\($0)\"/><joint name=\"spring_\($0)\" type=\"prismatic\"><parent link=\"base\"/><child link=\"s\($0)\"/>"
        + "<axis xyz=\"0 0 1\"/><limit lower=\"-0.01\" upper=\"0.01\" effort=\"1\" velocity=\"1\"/></joint>"
    }.joined()
    let first = robotText().replacing("<joint name=\"shoulder\"", with: springs + "<joint name=\"shoulder\"")
    #expect(
      try load(robot: first).sample(seed: 1, episode: 0).robot.gripper.fingerJoints == ["slide_left", "slide_right"])

    var roots = robotText()
    for sign in ["", "-"] {
      let old = "<collision><origin xyz=\"0 \(sign)0.005 0.03\"/>"
      let root = "<collision><origin xyz=\"0 0 0.005\"/><geometry><box size=\"0.01 0.08 0.01\"/></geometry></collision>"
      roots = roots.replacing(old, with: root + old)
    }
    let gripper = try load(robot: roots).sample(seed: 1, episode: 0).robot.gripper
    #expect(abs(gripper.closedOpening) < 1e-12 && abs(gripper.maxOpening - 0.06) < 1e-12)

    let material =
      "<visual><geometry><box size=\"1 1 1\"/></geometry><material name=\"m\"><texture filename=\"a.jpg\"/></material></visual>"
    let pictured = robotText().replacing("<link name=\"base\">", with: "<link name=\"base\">" + material)
    let told = try load(robot: pictured, files: ["a.jpg": "JFIF"]).warnings.map(\.description)
    #expect(
      told.count == 1 && told[0].contains("a.jpg: warning: The picture") && told[0].contains("plain colour"), "\(told)")
  }

  /// Fingers that are beside their place at 0, as in many Interbotix arms: their limits lie beyond the crossing.
  @Test func fingersThatCrossAtZero() throws {
    let text = robotText()
      .replacing("<origin xyz=\"0 0.005 0.03\"/>", with: "<origin xyz=\"0 -0.035 0.03\"/>")
      .replacing("<origin xyz=\"0 -0.005 0.03\"/>", with: "<origin xyz=\"0 0.035 0.03\"/>")
      .replacing("lower=\"0\" upper=\"0.03\"", with: "lower=\"0.045\" upper=\"0.07\"")
    let robot = try load(robot: text).sample(seed: 1, episode: 0).robot
    #expect(abs(robot.gripper.closedOpening + 0.08) < 1e-12 && abs(robot.gripper.maxOpening - 0.06) < 1e-12)
    #expect((robot.tcp.rotate(.unitZ) - .unitZ).length < 1e-12)
  }

  /// A hand whose frame lies beyond its fingers still points away from the arm.
  @Test func handFramesBeyondTheFingers() throws {
    let text = robotText().replacing(
      "<joint name=\"slide_left\"",
      with:
        "<link name=\"base2\"/><joint name=\"far\" type=\"fixed\"><parent link=\"hand\"/><child link=\"base2\"/><origin xyz=\"0 0 0.7\"/></joint><joint name=\"slide_left\""
    ).replacing(
      "<parent link=\"hand\"/><child link=\"left\"/><origin xyz=\"0 0 0.05\"/>",
      with: "<parent link=\"base2\"/><child link=\"left\"/><origin xyz=\"0 0 -0.65\"/>"
    )
    .replacing(
      "<parent link=\"hand\"/><child link=\"right\"/><origin xyz=\"0 0 0.05\"/>",
      with: "<parent link=\"base2\"/><child link=\"right\"/><origin xyz=\"0 0 -0.65\"/>")
    let robot = try load(robot: text).sample(seed: 1, episode: 0).robot
    #expect(robot.tcpLink == "base2")
    #expect((robot.tcp.rotate(.unitZ) - .unitZ).length < 1e-12 && abs(robot.tcp.position.z + 0.6) < 1e-9)
  }

  /// Both fingers move alike, so the shorter way is the way of both.
  @Test func fingersWithUnequalLimits() throws {
    let text = robotText().replacing("upper=\"0.03\"", with: "upper=\"1e300\"", maxReplacements: 1)
    #expect(abs(try load(robot: text).sample(seed: 1, episode: 0).robot.gripper.maxOpening - 0.06) < 1e-12)
    let wide = smallScene.replacing(
      "urdf: robot.urdf,", with: "urdf: robot.urdf, gripper: {maxOpening: 0.5, home: 0.5},")
    #expect(
      problems(wide).contains {
        $0.contains(
          "error: The gripper's home opening puts the joint `slide_left` at 0.25 m, outside its limits 0 to 0.03.")
      })
  }
}
