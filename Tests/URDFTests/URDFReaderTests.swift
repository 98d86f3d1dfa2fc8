import Diagnostics
import SeedbedGeometry
import Testing
import URDF

@Test func readsThePanda() throws {
  let (panda, warnings) = try parseURDF(bytes(of: "Robots/panda/panda.urdf"), path: "Robots/panda/panda.urdf")
  #expect(warnings.isEmpty)
  #expect(panda.name == "panda" && panda.links.count == 13 && panda.joints.count == 12)
  #expect(panda.links[panda.rootLink].name == "panda_link0")
  let mass = panda.links.reduce(0) { $0 + ($1.inertial?.mass ?? 0) }
  #expect(
    abs(mass - (0.629769 + 4.970684 + 0.646926 + 3.228604 + 3.587895 + 1.225946 + 1.666555 + 0.735522 + 0.76)) < 1e-9)
  #expect(panda.links.compactMap(\.inertial).count { $0.isPhysical } == 11)
  let finger = panda.joints[try #require(panda.jointIndex("panda_finger_joint2"))]
  #expect(finger.kind == .prismatic && finger.axis == Vector3(0, -1, 0) && finger.mimic?.joint == "panda_finger_joint1")
  #expect(finger.lower == 0 && finger.upper == 0.04)
  let velocity = panda.joints.prefix(7).map(\.velocity)
  #expect(velocity == [2.175, 2.175, 2.175, 2.175, 2.61, 2.61, 2.61])
  #expect(panda.links[1].visuals[0].geometry == .mesh(path: "Robots/panda/meshes/link1.obj", scale: Vector3(1, 1, 1)))
}

@Test func readsOddButRealFiles() throws {
  let (odd, warnings) = try parseURDF(bytes(of: "Tests/Fixtures/urdf/odd-but-real.urdf"), path: "robots/odd.urdf")
  #expect(odd.links.map(\.name) == ["base", "arm", "tip", "slide", "follower", "second follower", "world"])
  #expect(odd.links[odd.rootLink].name == "world")
  #expect(odd.links[0].inertial == nil)
  #expect(
    odd.links[0].visuals[0].geometry == .mesh(path: "robots/meshes/part.STL", scale: Vector3(0.001, -0.001, 0.001)))
  #expect(odd.links[0].visuals[0].color == [0.6, 0.6, 0.65, 1])
  #expect(odd.links[0].collisions.isEmpty)
  #expect(odd.links[1].inertial?.isPhysical == false)
  #expect(odd.links[1].visuals[0].geometry == .capsule(radius: 0.05, length: 0.3))
  #expect(odd.links[2].visuals[0].color == [1, 0, 0, 1])
  let hip = odd.joints[1]
  #expect((hip.axis - Vector3(0, 0.6, 0.8)).length < 1e-15 && hip.lower == nil && hip.upper == nil && hip.effort == 10)
  #expect(odd.joints[2].axis == .unitX && odd.joints[3].axis == .unitZ)
  let expected = [
    "The mass of 'base' is 0", "size of 0", "larger than the two others", "'world' is not declared",
    "no position limits",
  ]
  #expect(warnings.count == expected.count)
  for (warning, text) in zip(warnings, expected) {
    #expect(warning.severity == .warning && warning.message.contains(text))
  }
}

@Test func namesAllFaultsAtOnce() throws {
  let error = #expect(throws: InputError.self) {
    try parseURDF(bytes(of: "Tests/Fixtures/urdf/many-faults.urdf"), path: "f.urdf")
  }
  let faults = try #require(error).diagnostics
  let expected = [
    (3, 9, "already defined in line 2"), (5, 21, "The mass of 'arm' is -1"), (5, 42, "'ixx' of <inertia> is nan"),
    (6, 21, "with commas"),
    (6, 44, "<cilinder> is not known"), (7, 24, "2 numbers"), (7, 50, "2 numbers"), (9, 20, "type 'revolut'"),
    (10, 44, "'bse' of the joint 'j2' does not exist"), (11, 76, "axis of the joint 'j3' is zero"),
    (11, 95, "inverted"),
  ]
  #expect(faults.count == expected.count)
  for (fault, (line, column, text)) in zip(faults, expected) {
    #expect(fault.location == SourceLocation(file: "f.urdf", line: line, column: column))
    #expect(fault.message.contains(text) && !fault.remedy.isEmpty)
  }
  #expect(faults[4].remedy == "Did you mean <cylinder>?")
  #expect(faults[7].remedy == "Did you mean 'revolute'?")
  #expect(faults[8].remedy == "Did you mean 'base'?")
}

@Test func refusesWhatIsNoTree() throws {
  let error = #expect(throws: InputError.self) {
    try parseURDF(bytes(of: "Tests/Fixtures/urdf/cycle.urdf"), path: "c.urdf")
  }
  let faults = try #require(error).diagnostics
  #expect(
    faults.count == 1 && faults[0].message == "The joints 'cd', 'dc' form a cycle." && faults[0].location.line == 5)
  let both = refusal("<robot name='r'><link name='a'/><link name='b'/><link name='c'/></robot>")
  #expect(both.map(\.message).allSatisfy { $0.contains("3 roots ('a', 'b', 'c')") } && both.count == 2)
  let loop = "<joint name='k' type='fixed'><parent link='b'/><child link='a'/></joint></robot>"
  let whole = refusal(robot().replacing("</robot>", with: loop))
  #expect(whole.count == 1 && whole[0].message.contains("form a cycle"))
  let twice = "<joint name='k' type='fixed'><parent link='a'/><child link='b'/></joint></robot>"
  #expect(refusal(robot().replacing("</robot>", with: twice))[0].message.contains("already the child of the joint 'j'"))
  #expect(refusal(robot().replacing("child link=\"b\"", with: "child link=\"a\""))[0].message.contains("to itself"))
}

@Test(arguments: [
  ("<sdf version='1.6'/>", "SDF"), ("<mujoco/>", "MJCF"), ("<html/>", "web page"),
  ("<robto/>", "root element is <robot"),
  ("<robot name='r'><xacro:arm/></robot>", "xacro FILE"),
  ("version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
  ("<robot name='r'/>", "at least one <link"), ("", "empty"), ("<robot><link name='a'></robot>", "Close <link>"),
])
func refusesOtherFilesWithAdvice(_ text: String, advice: String) {
  let faults = refusal(text)
  #expect(faults.count == 1)
  #expect(faults.first?.remedy.contains(advice) == true)
}

@Test func readsMaterialsAndColours() throws {
  let link = """
    <visual><geometry><sphere radius="1"/></geometry><material name="x"/></visual>
    <visual><geometry><sphere radius="1"/></geometry><material name=""><color rgba="1 2 0 .5"/></material></visual>
    <visual><geometry><sphere radius="1"/></geometry><material name="gren"/></visual>
    <visual><geometry><sphere radius="1"/></geometry><material name="t"><texture filename="../t.png"/></material></visual>
    """
  let materials =
    "<material name='x'><color rgba='0 0 1 1'/></material><material name='green'><color rgba='0 1 0 1'/></material>"
  let (r, warnings) = try parse(
    robot(link: link).replacing("</robot>", with: materials + "</robot>"), path: "a/b/r.urdf")
  #expect(r.links[0].visuals.map(\.color) == [[0, 0, 1, 1], [1, 1, 0, 0.5], nil, nil])
  #expect(r.links[0].visuals[3].texture == "a/t.png")
  #expect(warnings.map(\.remedy) == ["Write red, green, blue and alpha, each 0 to 1.", "Did you mean 'green'?"])
}

@Test func limitsFollowTheSpecification() throws {
  let open = try parse(robot(joint: "<limit effort='1' velocity='1'/>"))
  #expect(open.robot.joints[0].lower == nil && open.robot.joints[0].upper == nil && open.warnings.count == 1)
  let half = try parse(robot(joint: "<limit upper='2'/>")).robot.joints[0]
  #expect(half.lower == 0 && half.upper == 2 && half.effort == nil && half.velocity == nil)
  let infinite = try parse(robot(joint: "<limit lower='-inf' upper='inf' effort='inf'/>")).robot.joints[0]
  #expect(infinite.lower == nil && infinite.upper == nil && infinite.effort == nil)
  #expect(try parse(robot(joint: "<limit lower='0' upper='0'/>")).warnings[0].message.contains("cannot move"))
  #expect(refusal(robot(joint: "<limit lower='nan' upper='1'/>"))[0].message == "'lower' of <limit> is nan.")
  #expect(try parse(robot(joint: "<axis xyz='0 0 0'/>", type: "fixed")).warnings.isEmpty)
}

@Test func checksMimics() throws {
  func three(_ first: String, _ second: String) -> String {
    let joint =
      "<joint name='k' type='prismatic'><parent link='b'/><child link='c'/><limit lower='0' upper='1'/>\(second)</joint>"
    return robot(joint: "<limit lower='0' upper='1'/>\(first)")
      .replacing("</robot>", with: "<link name='c'/>\(joint)</robot>")
  }
  let circle = refusal(three("<mimic joint='k'/>", "<mimic joint='j'/>"))
  #expect(circle.count == 1 && circle[0].message == "The mimic joints 'j', 'k' follow each other in a circle.")
  #expect(refusal(three("<mimic joint='j'/>", ""))[0].message == "The joint 'j' mimics itself.")
  let unknown = try parse(three("", "<mimic joint='jj'/>"))
  #expect(unknown.robot.joints[1].mimic == nil && unknown.warnings[0].remedy == "Did you mean 'j'?")
}

@Test func warnsOfSlipsOfThePen() throws {
  let link = "<colision/><inertia/><visual><origin xzy='0 0 0'/><geometry><box size='1 1 1'/></geometry></visual>"
  let warnings = try parse(robot(link: link)).warnings
  #expect(warnings.map(\.remedy) == ["Did you mean <collision>?", "Did you mean <inertial>?", "Did you mean 'xyz'?"])
}
