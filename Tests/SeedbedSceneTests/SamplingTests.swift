import Diagnostics
import SeedbedGeometry
import SeedbedMath
import SeedbedScene
import Testing

@Suite struct SamplingTests {
  static func draws(_ scene: LoadedScene, _ episode: Int) throws -> [String: Double] {
    let instance = try scene.sample(seed: 99, episode: episode)
    return Dictionary(uniqueKeysWithValues: instance.draws.map { ($0.path, $0.value) })
  }

  /// Each axis in turn becomes a constant: every other draw of 20 episodes stays the same.
  @Test func switchingOneAxisOffLeavesTheOthers() throws {
    let whole = try load()
    let axes = whole.description.axisPaths.filter { !$0.hasSuffix("/attempts") }
    #expect(axes.count == 16)
    for axis in axes {
      let before = try Self.draws(whole, 0)
      let value = try #require(before[axis])
      let without = try load(set: ["\(axis.replacing("/", with: "."))=\(value)"])
      #expect(!without.description.axisPaths.contains(axis))
      for episode in 0..<20 {
        var expected = try Self.draws(whole, episode)
        expected[axis] = nil
        #expect(try Self.draws(without, episode) == expected, "\(axis)")
      }
    }
  }

  @Test func anotherObjectLeavesAllOthers() throws {
    let distractor = """
        - {name: ball, shape: {sphere: {radius: {uniform: [0.02, 0.04]}}}, mass: 0.1,
           pose: {on: table, xy: [{uniform: [0.1, 0.5]}, {uniform: [-0.3, 0.1]}]}}
      cameras:
      """
    let small = try load()
    let large = try load(smallScene.replacing("cameras:", with: distractor))
    var retried = 0
    for episode in 0..<200 {
      let before = try Self.draws(small, episode), after = try Self.draws(large, episode)
      #expect(after.count == before.count + 4)
      for (path, value) in before { #expect(after[path] == value) }
      if after["objects/ball/pose/attempts"] != 1 { retried += 1 }
    }
    // The ball does meet the cube now and then, and it is the ball that yields.
    #expect(retried > 5)
  }

  @Test func seedsAndEpisodesDiffer() throws {
    let scene = try load()
    let a = try scene.sample(seed: 1, episode: 0)
    #expect(try scene.sample(seed: 2, episode: 0).draws != a.draws)
    #expect(try scene.sample(seed: 1, episode: 1).draws != a.draws)
  }

  @Test func drawsReachTheInstance() throws {
    let instance = try load().sample(seed: 5, episode: 3)
    let draws = Dictionary(uniqueKeysWithValues: instance.draws.map { ($0.path, $0.value) })
    let cube = instance.objects[2]
    #expect(cube.mass == draws["objects/cube/mass"])
    #expect(cube.pose.position.x == draws["objects/cube/pose/xy/0"])
    #expect(abs(cube.pose.position.z - 0.0255) < 1e-12)
    #expect(instance.cameras[0].fovy == draws["cameras/front/fovy"])
    #expect(instance.expert.speed == draws["expert/speed"])
    #expect(instance.robot.fingerFriction == draws["robot/friction/finger"])
    #expect(instance.lighting.lights[0].intensity == draws["lighting/lights/key/intensity"])
    #expect(instance.task.timeLimit == 8 && instance.task.dwell == 0.5)
    #expect(instance.rates == Rates(physics: 240, control: 30))
  }

  @Test func camerasLookWhereTheyShould() throws {
    let scene = smallScene.replacing(
      "from: [1, {uniform: [-0.1, 0.1]}, 0.6], to: [0.4, 0, 0]", with: "from: [0, 0, 2], to: [3, 0, 2]")
    let camera = try load(scene).sample(seed: 1, episode: 0).cameras[0]
    #expect(camera.pose.position == Vector3(0, 0, 2))
    #expect((camera.pose.rotate(.unitZ) - .unitX).length < 1e-12)
    #expect((camera.pose.rotate(.unitX) + .unitY).length < 1e-12)
    #expect((camera.pose.rotate(.unitY) + .unitZ).length < 1e-12)
    // Square pixels: the narrower side has the smaller angle.
    let wide = try load(scene.replacing("fovy: {uniform: [0.8, 1]}", with: "fovx: 1.2")).sample(seed: 1, episode: 0)
    #expect(abs(Elementary.tan(wide.cameras[0].fovy / 2) / Elementary.tan(0.6) - 48.0 / 64) < 1e-12)
  }

  @Test func instructionsNameWhatIsThere() throws {
    let text = smallScene.replacing(
      "into: bin}",
      with: "into: bin}, instruction: 'Take the {object.color} {object.shape} ({object.name}) to the {into.name}.'"
    )
    .replacing("color: [{uniform: [0, 1]}, 0.2, 0.2]", with: "color: {choice: [red, teal]}")
    var seen = Set<String>()
    for episode in 0..<40 { seen.insert(try load(text).sample(seed: 1, episode: episode).task.instruction) }
    #expect(seen == ["Take the red box (cube) to the bin.", "Take the teal box (cube) to the bin."])
  }

  @Test func instancesSurviveJSONBitForBit() throws {
    let scene = try load()
    var instance = try scene.sample(seed: .max, episode: 7)
    let odd = [
      0.1, -0.0, 5e-324, 1.7976931348623157e308, 1e23, 123_456_789.123_456_79, 9_007_199_254_740_993, 1e-7, 1 / 3.0,
    ]
    for (index, value) in odd.enumerated() {
      instance.draws.append(Draw(path: "odd/\(index) \"/\\é\u{1F600}\u{7}", value: value))
    }
    instance.objects[0].appearance.texture = .noise(
      other: Vector3(0.1, -0.0, 1e-300), scale: 0.1, stretch: 3, pattern: .max)
    let json = instance.canonicalJSON()
    let back = try SceneInstance(canonicalJSON: json)
    #expect(back == instance)
    #expect(back.canonicalJSON() == json)
    for (a, b) in zip(back.draws, instance.draws) { #expect(a.value.bitPattern == b.value.bitPattern) }
    for cut in stride(from: 0, to: json.count - 1, by: 97) {
      #expect(throws: InputError.self) { try SceneInstance(canonicalJSON: Array(json[..<cut])) }
    }
  }

  @Test func sceneIdentityDependsOnEveryByte() throws {
    let plain = try load()
    #expect(plain.sha256.count == 64)
    #expect(try load().sha256 == plain.sha256)
    #expect(try load(smallScene + "# note\n").sha256 != plain.sha256)
    #expect(try load(robot: robotText() + "\n").sha256 != plain.sha256)
    #expect(try load(set: ["expert.speed=1"]).sha256 != plain.sha256)
    #expect(try load(files: ["robot.robot.yaml": "seedbed-robot: 1\n"]).sha256 != plain.sha256)
    #expect(plain.assets.files.map(\.path) == ["robot.urdf", "scene.yaml"])
  }
}
