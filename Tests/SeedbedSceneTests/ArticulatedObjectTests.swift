import Diagnostics
import SeedbedGeometry
import SeedbedScene
import Testing

/// Objects whose shape is a URDF.
@Suite struct ArticulatedObjectTests {
  static let cabinet = """
    <robot name="cabinet">
      <link name="body"><collision><geometry><box size="0.3 0.3 0.3"/></geometry></collision></link>
      <link name="drawer">
        <inertial><mass value="1"/><inertia ixx="0.01" iyy="0.01" izz="0.01" ixy="0" ixz="0" iyz="0"/></inertial>
        <collision><geometry><box size="0.1 0.1 0.02"/></geometry></collision></link>
      <link name="knob"><collision><geometry><sphere radius="0.01"/></geometry></collision></link>
      <joint name="slide" type="prismatic"><parent link="body"/><child link="drawer"/><origin xyz="0 0 0.2"/><axis xyz="0 1 0"/>
        <limit lower="0.02" upper="0.2" effort="1" velocity="1"/><dynamics damping="3" friction="0.5"/></joint>
      <joint name="mount" type="fixed"><parent link="drawer"/><child link="knob"/></joint>
      <joint name="dial" type="continuous"><parent link="body"/><child link="wheel"/><axis xyz="1 0 0"/></joint>
      <link name="wheel"><collision><geometry><cylinder radius="0.03" length="0.02"/></geometry></collision></link>
    </robot>
    """

  static let object =
    "  - {name: cabinet, fixed: true, shape: {urdf: {file: cabinet.urdf}}, pose: {xyz: [3, 0, 0]}, density: 500, "
    + "joints: {slide: {position: {uniform: [0.05, 0.1]}, friction: {uniform: [0, 2]}}, dial: {velocity: {degrees: 90}}}}\n"

  static func scene(_ line: String = object) -> String {
    smallScene.replacing("  - name: cube\n", with: line + "  - name: cube\n")
  }

  @Test func jointsAreDrawn() throws {
    let scene = try load(Self.scene(), files: ["cabinet.urdf": Self.cabinet])
    #expect(scene.description.axisPaths.contains("objects/cabinet/joints/slide/position"))
    var positions: Set<Double> = []
    for episode in 0..<20 {
      let instance = try scene.sample(seed: 4, episode: episode)
      let joints = try #require(instance.objects.first { $0.name == "cabinet" }?.joints)
      #expect(joints.map(\.joint) == ["slide", "dial"] && joints.map(\.isPrismatic) == [true, false])
      #expect((0.05...0.1).contains(joints[0].position) && (0...2).contains(joints[0].friction))
      #expect(joints[0].damping == 3 && joints[0].velocity == 0)
      #expect(joints[1].position == 0 && abs(joints[1].velocity - Double.pi / 2) < 1e-12)
      #expect(instance.draws.first { $0.path == "objects/cabinet/joints/slide/position" }?.value == joints[0].position)
      positions.insert(joints[0].position)
    }
    #expect(positions.count == 20)
    // A joint that is not spoken of starts as near to 0 as its limits let it.
    let plain = try load(
      Self.scene().replacing("slide: {position: {uniform: [0.05, 0.1]}, friction: {uniform: [0, 2]}}, ", with: ""),
      files: ["cabinet.urdf": Self.cabinet])
    let joint = try plain.sample(seed: 1, episode: 0).objects.first { $0.name == "cabinet" }?.joints?.first
    #expect(joint?.position == 0.02 && joint?.friction == 0.5)
  }

  /// Nothing else is drawn otherwise, and nothing of it is written where no object is articulated.
  @Test func othersStayAsTheyWere() throws {
    let with = try load(Self.scene(), files: ["cabinet.urdf": Self.cabinet]).sample(seed: 4, episode: 7)
    let without = try load().sample(seed: 4, episode: 7)
    #expect(with.objects.filter { $0.name != "cabinet" } == without.objects)
    #expect(!String(decoding: without.canonicalJSON(), as: UTF8.self).contains("joints\""))
  }

  /// A thing may stand under a drawer that is out, not where the drawer is.
  @Test func partsArePlacedOneByOne() throws {
    let cube = "pose: {on: table, xy: [{uniform: [0.2, 0.4]}, {uniform: [-0.2, 0]}], yaw: {uniform: [-3, 3]}}"
    func place(z: Double) -> String {
      Self.scene().replacing("xyz: [3, 0, 0]", with: "xyz: [0.3, 0.25, \(z)]")
        .replacing(cube, with: "pose: {xyz: [0.3, 0.45, 0.05]}")
        .replacing("{uniform: [0.05, 0.1]}", with: "0.19")
    }
    _ = try load(place(z: 0.15), files: ["cabinet.urdf": Self.cabinet])
    #expect(
      problems(place(z: -0.15), files: ["cabinet.urdf": Self.cabinet]).contains {
        $0.contains("too close to `cabinet`")
      })
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    /// In the scene's line, or in the URDF.
    var isInURDF = false
    var old: String, new: String, message: String
    var testDescription: String { new }
  }

  static let faults = [
    Fault(
      old: "slide: {pos", new: "slid: {pos",
      message: "`slid` is no key of the joints of `cabinet`. Did you mean `slide`?"),
    Fault(
      old: "{uniform: [0.05, 0.1]}", new: "0.3",
      message: "The position of the joint `slide` is 0.3, but must be from 0.02 to 0.2 m. Change it."),
    Fault(
      old: "{uniform: [0, 2]}", new: "-1",
      message: "The friction of the joint `slide` is -1, but must be from 0 to 1000000 N. Change it."),
    Fault(
      old: "friction:", new: "frction:", message: "`frction` is no key of the joint `slide`. Did you mean `friction`?"),
    Fault(
      old: "{uniform: [0.05, 0.1]}", new: "{degrees: 3}",
      message: "The position of the joint `slide` is no angle and has no degrees."),
    Fault(old: " density: 500,", new: "", message: "The link 'knob' moves, but has no <inertial>."),
    Fault(
      old: "{urdf: {file: cabinet.urdf}}", new: "{cube: 0.1}",
      message: "`joints` is said of `cabinet`, whose shape is no URDF."),
    Fault(
      old: "{urdf: {file: cabinet.urdf}}", new: "{choice: [{cube: 0.1}, {urdf: {file: cabinet.urdf}}]}",
      message: "A URDF is among the shapes to choose from"),
    Fault(old: "file: cabinet.urdf", new: "file: missing.urdf", message: "missing.urdf cannot be read: no such file."),
    Fault(
      isInURDF: true, old: "type=\"continuous\"", new: "type=\"planar\"",
      message: "cabinet.urdf:10:3: error: The joint 'dial' is planar; joints of objects are"),
    Fault(
      isInURDF: true, old: "<axis xyz=\"1 0 0\"/>", new: "<mimic joint=\"slide\"/>",
      message: "cabinet.urdf:10:3: error: The joint 'dial' mimics another one"),
    Fault(
      isInURDF: true, old: "ixx=\"0.01\"", new: "ixx=\"0.5\"",
      message: "cabinet.urdf:3:3: error: The link 'drawer' moves, but its inertia has a principal moment larger than"),
    Fault(
      isInURDF: true, old: "ixy=\"0\"", new: "ixy=\"0.2\"",
      message: "cabinet.urdf:3:3: error: The link 'drawer' moves, but its inertia is not positive definite"),
    Fault(
      isInURDF: true, old: "ixx=\"0.01\" iyy=\"0.01\" izz=\"0.01\"", new: "ixx=\"9\" iyy=\"9\" izz=\"9\"",
      message:
        "but its inertia is that of 1 kg at 3 m from their centre, but its shapes measure 0.14 m: no body has that."),
    Fault(
      isInURDF: true, old: "ixx=\"0.01\" iyy=\"0.01\" izz=\"0.01\"",
      new: "ixx=\"1e-20\" iyy=\"1e-20\" izz=\"1e-20\"",
      message: "but its inertia is that of a body of less than a hundredth of a millimetre: no body has that."),
    Fault(
      isInURDF: true, old: "<box size=\"0.1 0.1 0.02\"/>", new: "<box size=\"0.1 0 0.02\"/>",
      message: "cabinet.urdf:5:26: error: This <box> has a size of 0 and is left out."),
    Fault(
      isInURDF: true, old: "<sphere radius=\"0.01\"/>", new: "<plane normal=\"0 0 1\"/>",
      message: "error: The shape <plane> is not modelled"),
    Fault(
      isInURDF: true, old: "damping=\"3\"", new: "damping=\"-3\"",
      message: "error: The damping of the joint 'slide' is -3.0. Write 0 or a positive number."),
    Fault(
      isInURDF: true, old: "friction=\"0.5\"", new: "friction=\"-1e-3\"",
      message: "error: The friction of the joint 'slide' is -0.001."),
    Fault(
      isInURDF: true, old: "<axis xyz=\"1 0 0\"/>", new: "<mimic joint=\"dial\"/>",
      message: "cabinet.urdf:10:3: error: The joint 'dial' mimics itself."),
    Fault(
      isInURDF: true, old: "lower=\"0.02\" upper=\"0.2\"", new: "lower=\"0.2\" upper=\"0.02\"",
      message: "The limits of the joint 'slide' are inverted"),
    Fault(
      isInURDF: true, old: "upper=\"0.2\"", new: "upper=\"2e9\"",
      message: "cabinet.urdf:7:3: error: The upper limit of the joint 'slide' is 2000000000.0 m."),
    Fault(
      isInURDF: true, old: "damping=\"3\"", new: "damping=\"1e12\"",
      message: "cabinet.urdf:7:3: error: The damping of the joint 'slide' is 1000000000000.0"),
    Fault(
      isInURDF: true, old: "radius=\"0.03\"", new: "radius=\"3000\"",
      message: "A collision shape of the link 'wheel' is 6000 m in size"),
    Fault(
      isInURDF: true, old: "xyz=\"0 0 0.2\"", new: "xyz=\"0 0 1e200\"",
      message: "cabinet.urdf:7:3: error: The origin of the joint 'slide' is"),
    Fault(
      isInURDF: true, old: "<mass value=\"1\"/>", new: "<mass value=\"nan\"/>", message: "'value' of <mass> is nan."),
    Fault(
      isInURDF: true, old: "name=\"dial\"", new: "name=\"slide\"",
      message: "The joint 'slide' is already defined in line 7."),
  ]

  @Test(arguments: faults) func faultsAreNamed(fault: Fault) {
    let line = fault.isInURDF ? Self.object : Self.object.replacing(fault.old, with: fault.new)
    let urdf = fault.isInURDF ? Self.cabinet.replacing(fault.old, with: fault.new) : Self.cabinet
    #expect(line != Self.object || urdf != Self.cabinet)
    let found = problems(Self.scene(line), files: ["cabinet.urdf": urdf])
    #expect(found.contains { $0.contains(fault.message) }, "\(found.joined(separator: "\n"))")
  }

  /// All at once, of the URDF and of the scene.
  @Test func allFaultsTogether() {
    let urdf = Self.cabinet.replacing("ixx=\"0.01\"", with: "ixx=\"0.5\"").replacing(
      "\"continuous\"", with: "\"floating\"")
    let found = problems(
      Self.scene(Self.object.replacing("{uniform: [0, 2]}", with: "-1")), files: ["cabinet.urdf": urdf])
    #expect(found.count >= 3, "\(found)")
  }

  /// A mass from a density needs a closed mesh; as a mere collision shape its hull will do, and that is said.
  @Test func meshesWithHoles() throws {
    let urdf = Self.cabinet.replacing(
      "<cylinder radius=\"0.03\" length=\"0.02\"/>", with: "<mesh filename=\"part.obj\"/>")
    var files = ["cabinet.urdf": urdf, "part.obj": tetrahedron]
    #expect(try load(Self.scene(), files: files).warnings.isEmpty)
    files["part.obj"] = openTetrahedron
    let found = problems(Self.scene(), files: files)
    #expect(
      found.count == 1 && found[0].hasPrefix("cabinet.urdf:11:22: error: The collision mesh part.obj"), "\(found)")
    let inertial = "<inertial><mass value=\"1\"/><inertia ixx=\"1e-4\" iyy=\"1e-4\" izz=\"1e-4\"/></inertial>"
    files["cabinet.urdf"] = urdf.replacing("<link name=\"wheel\">", with: "<link name=\"wheel\">" + inertial)
    let told = try load(Self.scene(), files: files).warnings.map(\.message)
    #expect(told == ["The URDF of `cabinet` has 1 collision mesh that is not closed (part.obj)."])
  }

  /// Whoever writes joints means that something moves.
  @Test func allJointsAreFixed() throws {
    let urdf = Self.cabinet.replacing("\"prismatic\"", with: "\"fixed\"").replacing("\"continuous\"", with: "\"fixed\"")
    let line = Self.object.replacing(", joints: {slide", with: "}\n").split(separator: "\n")[0] + "\n"
    let told = try load(Self.scene(String(line)), files: ["cabinet.urdf": urdf]).warnings.map(\.description)
    #expect(
      told.contains { $0.hasPrefix("cabinet.urdf:7:3: warning: None of the URDF's 3 joints can move") }, "\(told)")
  }

  /// Nothing is guessed of what moves.
  @Test func whatMovesHasAMass() {
    let scene = Self.scene().replacing(" density: 500,", with: "")
    let knob = "<collision><geometry><sphere radius=\"0.01\"/></geometry></collision>"
    let wheel = "<collision><geometry><cylinder radius=\"0.03\" length=\"0.02\"/></geometry></collision>"
    let urdf = Self.cabinet.replacing(knob, with: "").replacing(wheel, with: "")
    for (mass, message) in [("1e-9", "'drawer' moves, but has the mass 1e-09 kg"), ("0", "'drawer' moves, but has no")]
    {
      let found = problems(
        scene, files: ["cabinet.urdf": urdf.replacing("value=\"1\"", with: "value=\"\(mass)\"")])
      #expect(found.contains { $0.contains(message) }, "\(found)")
      #expect(found.contains { $0.contains("'wheel' moves, but has the mass 0.0 kg") }, "\(found)")
    }
  }

  @Test func theExpertHandlesRigidThings() {
    let found = problems(
      Self.scene().replacing("object: cube, into: bin", with: "object: cube, into: cabinet"),
      files: ["cabinet.urdf": Self.cabinet])
    #expect(found.contains { $0.contains("`cabinet` is articulated") })
  }

  @Test func assetsComeBack() throws {
    let folder = "\(repository)/Scenes"
    let scene = try loadScene(path: "\(folder)/drawer.yaml")
    let assets = try loadAssets(for: try scene.sample(seed: 1, episode: 0), source: DiskAssetSource(folder: folder))
    #expect(assets.mechanisms == scene.assets.mechanisms && assets.mechanisms.count == 1)
  }
}
