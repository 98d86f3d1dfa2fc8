import Diagnostics
import SeedbedScene
import Testing

@Suite struct MaterialTests {
  /// The fixture with materials for the cube, the table and the robot.
  static func scene(
    cube: String = "material: wood", table: String = "material: steel",
    robot: String = "{urdf: robot.urdf, material: {finger: rubber}}", top: String = ""
  ) -> String {
    smallScene
      .replacing("friction: {normal: {mean: 0.8, stddev: 0.1, clip: [0.4, 1.2]}}", with: cube)
      .replacing(
        "pose: {xyz: [0.5, 0, -0.05]}, friction: {uniform: [0.5, 1]}", with: "pose: {xyz: [0.5, 0, -0.05]}, \(table)"
      )
      .replacing("{urdf: robot.urdf, friction: {finger: {uniform: [0.8, 1.2]}}}", with: robot)
      .replacing("expert:", with: "\(top)expert:")
  }

  static func sample(_ text: String, files: [String: String] = [:]) throws -> SceneInstance {
    try load(text, files: files).sample(seed: 3, episode: 0)
  }

  static func pair(_ instance: SceneInstance, _ a: String, _ b: String) -> MaterialPair? {
    instance.materialPairs?.first { $0.first == min(a, b) && $0.second == max(a, b) }
  }

  @Test func pairsComeFromTheTable() throws {
    let instance = try Self.sample(Self.scene())
    #expect(instance.objects[0].material == SurfaceMaterial("steel"))
    #expect(instance.objects[2].material == SurfaceMaterial("wood"))
    #expect(instance.robot.fingerMaterial == SurfaceMaterial("rubber"))
    #expect(instance.robot.linkMaterial == nil)
    #expect(instance.materialPairs?.count == 6)
    let listed = try #require(Self.pair(instance, "wood", "steel"))
    #expect((listed.friction, listed.kineticFriction) == (0.5, 0.3))
    // Not listed: the geometric mean of what each does to a hard counterpart.
    let mean = try #require(Self.pair(instance, "wood", "rubber"))
    #expect(abs(mean.friction - (0.5 * 1.0).squareRoot()) < 1e-12)
    // Against what has no material.
    #expect(instance.objects[2].friction == 0.5)
  }

  /// A scene without materials stores nothing new.
  @Test func nothingWithoutMaterials() throws {
    let instance = try Self.sample(smallScene)
    let text = String(decoding: instance.canonicalJSON(), as: UTF8.self)
    #expect(!text.contains("aterial"))
    #expect(!text.contains("pad"))
  }

  /// The scene's figures go before the table's, and may vary; other draws stay as they were.
  @Test func theSceneSaysOtherwise() throws {
    let own =
      "materials:\n  - {pair: [steel, wood], friction: {uniform: [0.6, 0.7]}, kineticFriction: 0.55, restitution: 0.1}\n"
      + "  - {name: felt, friction: 0.4}\n"
    let instance = try Self.sample(Self.scene(robot: "{urdf: robot.urdf, material: {finger: felt}}", top: own))
    let pair = try #require(Self.pair(instance, "wood", "steel"))
    #expect((0.6...0.7).contains(pair.friction) && pair.kineticFriction == 0.55 && pair.restitution == 0.1)
    #expect(instance.draws.contains { $0.path == "materials/steel+wood/friction" && $0.value == pair.friction })
    let felt = try #require(Self.pair(instance, "felt", "wood"))
    #expect(abs(felt.friction - (0.4 * 0.5).squareRoot()) < 1e-12)
    let plain = try Self.sample(Self.scene())
    let others = instance.draws.filter { !$0.path.hasPrefix("materials/") }
    #expect(others == plain.draws)
  }

  @Test func frictionOfItsOwnWins() throws {
    let instance = try Self.sample(
      Self.scene(cube: "material: wood, friction: 0.33, restitution: 0.2".replacing(", ", with: "\n    ")))
    let cube = instance.objects[2]
    #expect(cube.friction == 0.33 && cube.restitution == 0.2)
    #expect(cube.material == SurfaceMaterial("wood", setsFriction: false, setsRestitution: false))
  }

  /// What the scene says about the fingers goes before the robot's profile, whichever of the two it is.
  @Test(arguments: [
    ("friction: {finger: 0.9}", "material: {finger: rubber}", true),
    ("material: {finger: rubber}", "friction: {finger: 0.9}", false),
  ]) func profileAndScene(profile: String, scene: String, follows: Bool) throws {
    let text = Self.scene(robot: "{urdf: robot.urdf, \(scene)}")
    let robot = try Self.sample(text, files: ["robot.robot.yaml": "seedbed-robot: 1\n\(profile)\n"]).robot
    #expect(robot.fingerMaterial?.setsFriction == follows)
    #expect(robot.fingerFriction == (follows ? 1.0 : 0.9))
  }

  @Test func pads() throws {
    let text = Self.scene(robot: "{urdf: robot.urdf, gripper: {pad: {stiffness: {uniform: [1e4, 2e4]}}}}")
    let pad = try #require(try Self.sample(text).robot.gripper.pad)
    #expect((1e4...2e4).contains(pad.stiffness) && abs(pad.damping - 2e-3 * pad.stiffness) < 1e-9)
  }

  @Test(arguments: [
    (Self.scene(cube: "material: rubbr"), "There is no material `rubbr`. Did you mean `rubber`?"),
    (
      Self.scene(robot: "{urdf: robot.urdf, material: {finger: 5}}"), "There is no material `5`."
    ),
    (Self.scene(robot: "{urdf: robot.urdf, material: {fingr: wood}}"), "`fingr` is no key of the robot's `material`."),
    (Self.scene(top: "materials: [{pair: [wood, unobtainium], friction: 1}]\n"), "There is no material `unobtainium`."),
    (Self.scene(top: "materials: [{pair: [wood], friction: 1}]\n"), "A pair of materials has 1 entry, but needs 2."),
    (Self.scene(top: "materials: [{name: felt}]\n"), "A material has no `friction`."),
    (Self.scene(top: "materials: [{friction: 1}]\n"), "A material has no `name` or `pair`."),
    (
      Self.scene(top: "materials: [{name: felt, friction: 0.3, kineticFriction: 0.4}]\n"),
      "The kinetic friction is 0.4, above the static one of 0.3."
    ),
    (
      Self.scene(top: "materials: [{name: felt, friction: 0.3}, {name: felt, friction: 0.4}]\n"),
      "There is another entry for the material `felt`."
    ),
    (Self.scene(top: "materials: [{pair: [wood, steel], friction: -1}]\n"), "The friction is -1, but must be"),
    (Self.scene(robot: "{urdf: robot.urdf, gripper: {pad: {stiffness: 3}}}"), "The pad's stiffness is 3, but must be"),
    (Self.scene(robot: "{urdf: robot.urdf, gripper: {pad: {}}}"), "A pad has no `stiffness`."),
  ]) func problemsAreTold(text: String, message: String) {
    let told = problems(text)
    #expect(told.count == 1 && told[0].contains(message), "\(told)")
  }

  /// The document lists what the program uses.
  @Test func theDocumentIsTrue() throws {
    let path = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Documentation/materials.md"
    let text = String(decoding: try DiskAssetSource(folder: "/").read(String(path.dropFirst())), as: UTF8.self)
    func short(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
    for pair in MaterialTable.pairs {
      #expect(
        text.contains("| \(pair.first), \(pair.second) | \(short(pair.friction)) | \(short(pair.kineticFriction)) |"))
    }
    for (name, entry) in MaterialTable.entries {
      let row = [entry.friction, entry.kineticFriction, entry.restitution].map(short).joined(separator: " | ")
      #expect(text.contains("| \(name) | \(row) |"), "\(name) \(row)")
    }
  }

  /// Every pair is of known materials, stands once, and slides no harder than it rests.
  @Test func theTableIsWhole() {
    var seen: Set<String> = []
    for pair in MaterialTable.pairs {
      #expect(seen.insert(pair.first + "+" + pair.second).inserted)
      #expect(MaterialTable.entries[pair.first] != nil && MaterialTable.entries[pair.second] != nil)
      #expect(pair.kineticFriction <= pair.friction && pair.friction <= 1.5 && pair.kineticFriction > 0)
    }
    for (name, entry) in MaterialTable.entries {
      #expect(entry.kineticFriction <= entry.friction && entry.kineticFriction > 0, "\(name)")
    }
    for name in ["rubber", "steel", "aluminium", "wood", "glass", "cardboard", "ceramic", "abs"] {
      #expect(MaterialTable.entries[name] != nil)
    }
  }
}
