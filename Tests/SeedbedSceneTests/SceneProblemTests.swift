import Diagnostics
import SeedbedScene
import SeedbedTestSupport
import Testing

/// One fault at a time in a scene that loads: the message says where, what and what to do.
@Suite struct SceneProblemTests {
  @Test func theFixtureLoads() { #expect(problems(smallScene) == []) }

  struct Fault: Sendable, CustomTestStringConvertible {
    var old: String, new: String, message: String
    init(_ old: String, _ new: String, _ message: String) {
      (self.old, self.new, self.message) = (old, new, message)
    }
    var testDescription: String { new }
  }

  static let faults = [
    Fault("mass:", "mas:", "scene.yaml:8:5: error: `mas` is no key of an object. Did you mean `mass`?"),
    Fault(
      "[0.05, 0.5]", "[-0.1, 0.5]",
      "scene.yaml:8:24: error: logUniform from -0.1 is impossible: the logarithm needs limits above 0. Raise the lower limit."
    ),
    Fault(
      "{logUniform: [0.05, 0.5]}", "{uniform: [-0.1, 0.5]}",
      "scene.yaml:8:11: error: The mass can come out as -0.1, but must be from 0.0001 to 1000 kg. Narrow the range."),
    Fault(
      "[0.05, 0.5]", "[0.5, 0.05]",
      "scene.yaml:8:24: error: The range of the mass runs from 0.5 down to 0.05. Exchange the limits."),
    Fault(
      "{logUniform: [0.05, 0.5]}", "-1",
      "scene.yaml:8:11: error: The mass is -1, but must be from 0.0001 to 1000 kg. Change it."),
    Fault(
      "{logUniform: [0.05, 0.5]}", ".nan",
      "scene.yaml:8:11: error: The mass is .nan, which is not finite. Write a number."),
    Fault(
      "{logUniform: [0.05, 0.5]}", "heavy",
      "scene.yaml:8:11: error: Here stands the text \"heavy\", but the mass is a number. Write a number, or a distribution such as {uniform: [a, b]}."
    ),
    Fault(
      "logUniform", "logunifrom", "scene.yaml:8:12: error: `logunifrom` is no distribution. Did you mean `logUniform`?"),
    Fault(
      "0.04, 0.05]}", "-0.04, 0.05]}",
      "scene.yaml:7:44: error: The y of the edge length is -0.04, but must be from 0.0001 to 100 m. Change it."),
    Fault(
      "shape: {box: [{", "shape: {sphere: {radius: 0.02}, box: [{",
      "scene.yaml:7:12: error: A shape can have only one of `box` and `sphere`. Write for example {box: [0.05, 0.05, 0.05]}; there are: box, cube, cylinder, sphere, capsule, bin, mesh, urdf."
    ),
    Fault(
      "stddev: 0.1", "stddev: -0.1",
      "scene.yaml:9:44: error: The stddev is -0.1, but cannot be negative. Make it 0 or more."),
    Fault(
      "clip: [0.4, 1.2]", "clip: [2, 3]",
      "scene.yaml:9:55: error: The clip from 2 to 3 lies more than six stddev away from the mean 0.8. Move the mean or the clip."
    ),
    Fault(
      "- name: cube", "- name: bin",
      "scene.yaml:6:11: error: There is another object called `bin`. Give each its own name."),
    Fault(
      "- name: cube", "- name: a/b",
      "scene.yaml:6:11: error: \"a/b\" cannot be a name. Use 1 to 64 letters, digits, `_` and `-` (no spaces, dots or slashes)."
    ),
    Fault(
      "{on: table, xy: [{uniform: [0.2", "{on: tabel, xy: [{uniform: [0.2",
      "scene.yaml:6:5: error: `cube` stands on `tabel`, but there is no such object. Did you mean `table`?"),
    Fault(
      "{on: table, xy: [{uniform: [0.2", "{on: bin, xy: [{uniform: [0.2",
      "scene.yaml:6:5: error: `cube` stands on `bin`, which is no box or cylinder and has no flat top. Use a box or a cylinder, or give `cube` an xyz."
    ),
    Fault(
      "[{uniform: [0.2, 0.4]},", "[{uniform: [2, 4]},",
      "scene.yaml:6:5: error: `cube` has x from 2 to 4, which is off `table`. xy is in the world frame: move it over `table`."
    ),
    Fault(
      "size: [64, 48]", "size: [64, 47]",
      "scene.yaml:13:30: error: The height is 47 pixels, but H.264 needs an even number. Write 48 or 46."),
    Fault(
      "size: [64, 48]", "size: [64, 4000]",
      "scene.yaml:13:30: error: The height is 4000, but must be a whole number from 16 to 1920. Change it."),
    Fault(
      "fovy: {uniform: [0.8, 1]}", "fovy: 3.2",
      "scene.yaml:13:41: error: The fovy is 3.2, but must be from 0.01 to 3.1 rad. Change it."),
    Fault(
      "mount: tcp", "link: hnad",
      "scene.yaml:14:50: error: The camera `wrist` is mounted on `hnad`, but the robot `small arm` has no such link. Did you mean `hand`? `mount: tcp` fits every robot."
    ),
    Fault(
      "object: cube", "object: cub",
      "scene.yaml:19:22: error: The task's object `cub` is no object of the scene. Did you mean `cube`?"),
    Fault(
      "object: cube", "object: table",
      "scene.yaml:19:22: error: The task's object `table` is fixed and cannot be moved. Give it a mass instead of fixed: true."
    ),
    Fault(
      "into: bin}", "into: cube}",
      "scene.yaml:19:22: error: `cube` is where the object goes, but it is not fixed. Write fixed: true for it."),
    Fault(
      "urdf: robot.urdf", "urdf: robto.urdf",
      "scene.yaml:2:15: error: The robot robto.urdf cannot be read: no such file. Check the path; it is relative to the file that names it."
    ),
    Fault(
      "urdf: robot.urdf", "urdf: /robot.urdf",
      "scene.yaml:2:15: error: \"/robot.urdf\" is not relative, and so would mean another file on another machine. Write the path from the folder of this file."
    ),
    Fault(
      "seedbed: 1", "seedbed: 2",
      "scene.yaml:1:10: error: This is scene format 2, but this program reads format 1. Write `seedbed: 1`, or use the program that wrote the file."
    ),
    Fault(
      "into: bin}}", "into: bin, within: 0.5}}",
      "scene.yaml:19:22: error: The dwell time of 0.5 s does not fit into the time limit of 0.5 s. Enlarge `within`."),
    Fault(
      "into: bin}}", "into: bin}, instruction: \"Take {object.colour}\"}",
      "scene.yaml:19:62: error: `{object.colour}` is no placeholder of an instruction. Did you mean `{object.color}`?"),
    Fault(
      "into: bin}}", "into: bin}, instruction: \"Take {object.name now\"}",
      "scene.yaml:19:62: error: The placeholder `{object.name now` is not closed. Write } after it, for example {object.name}; an instruction cannot hold { for itself."
    ),
    Fault(
      "seedbed: 1", "seedbed: \"1\"",
      "scene.yaml:1:10: error: Here stands the text \"1\", but the scene's format is a number. Write `seedbed: 1`."),
    Fault(
      "[{uniform: [0, 1]}, 0.2, 0.2]", "redd",
      "scene.yaml:10:12: error: `redd` is no colour known here. Did you mean `red`?"),
    Fault(
      "shadow: true", "shadow: yes",
      "scene.yaml:18:100: error: Here stands the text \"yes\", but shadow is true or false. Write `true` or `false`."),
    Fault(
      "gripForce: {integer: [10, 25]}", "gripForce: {integer: [10.5, 25]}",
      "scene.yaml:20:61: error: The limits of an integer range are 10.5 and 25. Write whole numbers."),
    Fault(
      "speed: {uniform: [0.8, 1.2]}", "speed: {choice: [{value: 1, weight: 0}]}",
      "scene.yaml:20:26: error: The weights add up to 0: nothing could be chosen. Give at least one entry a weight above 0."
    ),
    Fault(
      "speed: {uniform: [0.8, 1.2]}", "speed: {degrees: 3}",
      "scene.yaml:20:18: error: The expert's speed is no angle and has no degrees. Write it in plain numbers."),
    Fault(
      "lighting:", "rates: {physics: 250, control: 30}\nlighting:",
      "scene.yaml:15:18: error: The physics rate 250 is no multiple of the control rate 30. Write 240 or 270."),
    Fault(
      "  ambient: 0.3", "  ambient:",
      "scene.yaml:16:11: error: Here stands nothing, but the ambient light is a number. Write a number, or a distribution such as {uniform: [a, b]}."
    ),
  ]

  @Test(arguments: faults) func message(fault: Fault) {
    let text = smallScene.replacing(fault.old, with: fault.new, maxReplacements: 1)
    #expect(text != smallScene)
    #expect(problems(text).contains(fault.message), "\(problems(text).joined(separator: "\n"))")
  }

  /// All faults of scene, robot profile and robot come together, the scene's in the order of its lines.
  @Test func allProblemsAtOnce() {
    let text = smallScene.replacing("mass:", with: "mas:").replacing("fovx: 1", with: "fovx: -1")
      .replacing("object: cube", with: "object: cub")
    #expect(
      problems(text).map { $0.prefix(16) } == [
        "scene.yaml:6:5: ", "scene.yaml:8:5: ", "scene.yaml:14:41", "scene.yaml:19:22",
      ])
  }

  @Test func missingSections() {
    let found = problems("seedbed: 1\n")
    for key in ["robot", "objects", "task"] { #expect(found.contains { $0.contains("A scene has no `\(key)`") }) }
  }

  @Test func robotProblemsComeThroughWithTheirOwnPlace() {
    let found = problems(smallScene, robot: robotText().replacing("<mass value=\"1\"/>", with: "<mass value=\"-1\"/>"))
    #expect(found.count == 1 && found[0].hasPrefix("robot.urdf:3:"), "\(found)")
  }

  @Test func overridesNameThemselves() {
    #expect(
      problems(smallScene, set: ["objects.cub.mass=1"]) == [
        "--set objects.cub.mass=1: error: The list has no entry `cub`. Did you mean `cube`?"
      ])
    #expect(
      problems(smallScene, set: ["nonsense"]) == [
        "--set nonsense: error: There is no `=`. Write --set objects.cube.mass=0.2."
      ])
    #expect(
      problems(smallScene, set: ["objects.cube.mass=-3"]).first?.contains(
        "--set objects.cube.mass=-3:1:1: error: The mass is -3") == true)
    #expect(problems(smallScene, set: ["expert.sped=1"]).first?.contains("Did you mean `speed`?") == true)
  }

  /// Too few commands a second for any arm to succeed: said before a run is spent on it.
  @Test func slowControlIsAWarning() throws {
    #expect(try load(set: ["rates={control: 1}"]).warnings.contains { $0.message.contains("only 1 time a second") })
    #expect(try load(set: ["rates={control: 10}"]).warnings == load().warnings)
  }

  /// Everything of a robot from the command line is named from where the user named it.
  @Test func robotsAreNamedAsTyped() throws {
    let folder = try TemporaryDirectory()
    let urdf = folder.file("robot.urdf")
    try writeFile(urdf, robotText().replacing("effort=\"80\"", with: "effort=\"1e-9\"").utf8)
    do {
      _ = try loadScene(
        path: "\(repository)/Scenes/pick-place.yaml", overrides: SceneOverrides(robot: urdf))
      Issue.record("loaded")
    } catch {
      let found = error.diagnostics.filter { $0.severity == .error }.map(\.description)
      #expect(found.count == 1 && found[0].hasPrefix("\(urdf):9:3: error: The effort limit"), "\(found)")
      #expect(found.first?.hasSuffix("in \(folder.path)/robot.robot.yaml.") == true, "\(found)")
    }
  }

  @Test func filesOnDiskAreNamedAsTyped() {
    do {
      _ = try loadScene(path: "no/such/../scene.yaml")
      Issue.record("loaded")
    } catch {
      #expect(
        error.description == "no/such/../scene.yaml: error: The scene cannot be read: no such file. Check the path.")
    }
    do {
      _ = try loadScene(
        path: "\(repository)/Scenes/pick-place.yaml", overrides: SceneOverrides(robot: "/nowhere/arm.urdf"))
      Issue.record("loaded")
    } catch {
      #expect(
        error.description
          == "--robot /nowhere/arm.urdf: error: The folder of the robot or of the scene does not exist. Check the paths."
      )
    }
    #expect(throws: InputError.self) { try loadScene(path: "/dev/zero") }
    #expect(throws: InputError.self) { try loadScene(path: "/tmp") }
    #expect(throws: InputError.self) { try loadScene(path: "/tmp/") }
  }
}
