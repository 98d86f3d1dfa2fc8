import Diagnostics
import SeedbedEpisodes
import SeedbedGeometry
import SeedbedMapping
import SeedbedTestSupport
import Testing

@Suite struct MappingTests {
  private func mapping(_ yaml: String, _ real: RealSchema) throws(InputError) -> SchemaMapping {
    try SchemaMapping(yaml: Array(yaml.utf8), file: "map.yaml", real: real, simulated: simulated())
  }

  /// Two frames of an arm whose k-th joint stands at k / 10, then at k / 5, is sent to k / 4, and whose hand moves.
  private let columns: [Column] = {
    func joints(_ scale: Float) -> [Float] { (1...7).map { Float($0) * scale } }
    let quarter = Float(0.5).squareRoot()
    return [
      .float32(joints(0.1) + [0.02] + joints(0.2) + [0.08]), .float32([Float](repeating: 0, count: 16)),
      .float32([Float](repeating: 0, count: 16)),
      .float32([0.4, 0, 0.3, 1, 0, 0, 0, 0.5, 0.1, 0.3, quarter, 0, 0, quarter]),
      .float32(joints(0.25) + [0.04] + joints(0.25) + [0]), .bool([false, true]), .float32([0, 1]),
      .bool([false, true]),
    ]
  }()

  private func values(_ lines: [String], type: Feature.DataType = .float64) throws -> [Double] {
    let form = real([("action", [], lines.count)], type: type)
    let text = "seedbed-map: 1\nfeatures:\n  action:\n" + lines.map { "    - {\($0)}\n" }.joined() + "cameras: {}\n"
    let column = try mapping(text, form).columns(
      form, own: simulated().features, columns, frames: 2, task: "lift it",
      forward: { Pose(Vector3($0[0], $0[1], 0), Quaternion(roll: 0, pitch: 0, yaw: $0[2])) })[0]
    switch column {
    case .float64(let v): return v
    case .int64(let v): return v.map { Double($0) }
    case .bool(let v): return v.map { $0 ? 1 : 0 }
    case .float32(let v): return v.map { Double($0) }
    case .text: return []
    }
  }

  private func expect(_ line: String, _ expected: [Double]) throws {
    for (a, b) in zip(try values([line]), expected) { #expect(abs(a - b) < 1e-5, "\(line): \(a), not \(b)") }
  }

  @Test func numbersAreConverted() throws {
    try expect("take: observation.state.panda_joint2.pos", [0.2, 0.4])
    try expect("take: observation.state.panda_joint2.pos, unit: deg", [11.459156, 22.918312])
    try expect("take: observation.state.panda_joint1.pos, scale: -1, offset: 0.5", [0.4, 0.3])
    try expect("take: observation.state.gripper.opening, range: {ours: [0, 0.08], real: [100, 0]}", [75, 0])
    try expect("take: observation.state.gripper.opening, unit: mm, clip: [0, 50]", [20, 50])
    try expect("fill: 1.5", [1.5, 1.5])
    try expect("take: next.done.done", [0, 1])
  }

  @Test func conventionsAreSignals() throws {
    try expect("take: action.panda_joint1.pos.delta", [0.15, 0.05])
    try expect("take: observation.state.panda_joint1.pos.next", [0.2, 0.2])
    try expect("take: observation.ee_pose.ee.yaw", [0, 1.570796])
    try expect("take: observation.ee_pose.ee.rz", [0, 1.570796])
    try expect("take: action.ee.x", [0.25, 0.25])
    try expect("take: action.ee.yaw", [0.75, 0.75])
    try expect("take: action.ee_delta.x", [-0.15, -0.25])
    try expect("take: action.ee_delta.yaw", [0.75, 0.75 - 1.570796])
  }

  @Test func typesAreThoseOfTheRealDataset() throws {
    #expect(try values(["fill: 2.5", "fill: -0.4"], type: .int64) == [3, 0, 3, 0])
    #expect(try values(["fill: true", "take: next.done.done"], type: .bool) == [1, 0, 1, 1])
  }

  @Test func textsAreTheInstructionOrFilled() throws {
    let form = real([("language", [], 1), ("note", [], 1)], type: .string)
    let (text, _, mapping) = try drafted(form, [:])
    #expect(text.contains("{take: task}") && text.contains("{fill: \"\"}"), "\(text)")
    let made = mapping.columns(form, own: [], [], frames: 2, task: "lift it", forward: { _ in .identity })
    #expect(made == [.text(["lift it", "lift it"]), .text(["", ""])])
  }

  @Test func theSchemaSaysWhatIsFilled() throws {
    let form = real([("action", ["a", "b"], 2)], cameras: [("observation.images.top", 64, 64)])
    let text = """
      seedbed-map: 1
      features: {action: [{name: a, fill: 3}, {name: b, take: action.panda_joint1.pos, unit: deg}]}
      cameras: {observation.images.top: {fill: black}}
      """
    let own = FeatureSchema(framesPerSecond: 30, robotType: "panda", features: simulated().features, cameras: [])
    let schema = try mapping(text, form).schema(form, own: own, withPictures: true)
    #expect(schema.features[0].dimensions.map(\.isFilled) == [true, false])
    #expect(schema.features[0].dimensions.map(\.unit) == ["1", "deg"])
    #expect(schema.cameras[0].isFilled && schema.cameras[0].key == "observation.images.top")
  }

  @Test func theDocumentationIsOfTheRecordedNumber() throws {
    func convention(_ line: String) throws -> String {
      let text = "seedbed-map: 1\nfeatures: {action: [{\(line)}]}\ncameras: {}"
      let form = real([("action", [], 1)])
      let own = FeatureSchema(framesPerSecond: 30, robotType: "panda", features: simulated().features, cameras: [])
      return try mapping(text, form).schema(form, own: own, withPictures: true).features[0].dimensions[0].convention
    }
    let opening = "take: action.gripper.opening"
    let inverted = try convention("\(opening), range: {ours: [0, 0.08], real: [1, 0]}")
    #expect(
      inverted.hasSuffix("recorded: 1 = closed, 0 = open (0.08 m)") && !inverted.contains("0 = closed"), "\(inverted)")
    #expect(try convention(opening).hasSuffix("distance between the pads; 0 = closed"))
    #expect(
      try convention("\(opening), unit: mm").hasSuffix("distance between the pads; 0 = closed, 80 = open (0.08 m)"))
    let speed = "take: observation.velocity.gripper.vel"
    #expect(try convention("\(speed), scale: -1").contains("negative = opening"))
    #expect(try convention("\(speed), unit: mm/s").contains("positive = opening"))
    let joint = try convention("take: observation.state.panda_joint1.pos.next, scale: -1, offset: 0.5")
    #expect(
      joint.hasSuffix(
        "before that: in the next frame; URDF sign and zero; recorded with the other sign, and 0.5 stands for its 0"),
      "\(joint)")
    #expect(try convention("take: action.ee.x, unit: mm").contains("position x of the tool centre point"))
  }

  @Test func speedsAndMarksAreSignals() throws {
    try expect("take: action.panda_joint1.pos.rate", [4.5, 1.5])
    try expect("take: observation.ee_rate.x", [3, 3])
    try expect("take: action.ee_rate.x", [-4.5, -7.5])
    try expect("take: episode.first", [1, 0])
    try expect("take: episode.last", [0, 1])
    try expect("take: episode.frame", [0, 1])
    try expect("take: episode.terminal", [0, 1])
    try expect("take: episode.truncated", [0, 0])
    try expect("take: episode.success", [1, 1])
  }

  @Test func allProblemsAreToldAtOnce() throws {
    let form = real(
      [("observation.state", ["a", "b", "c"], 3), ("action", [], 2)],
      cameras: [("observation.images.top", 640, 480), ("observation.images.side", 320, 240)])
    let text = """
      seedbed-map: 2
      features:
        observation.state:
          - {name: b, take: observation.state.panda_joint9.pos}
          - {take: observation.state.panda_joint1.pos, unit: mm}
          - {take: action.gripper.opening, fill: 0}
        acton: []
      cameras:
        observation.images.top: {take: front}
        observation.images.side: {take: front, fill: black}
        extra: 1
      """
    var messages: [String] = []
    do throws(InputError) { _ = try mapping(text, form) } catch { messages = error.diagnostics.map(\.description) }
    let expected = [
      "map.yaml:1:14: error: The mapping's format is the number 2; this program reads 1.",
      "map.yaml:3:3: error: `features` says nothing of `action`",
      "map.yaml:4:14: error: `observation.state`[0] is called `a` in the real dataset, not the text \"b\".",
      "map.yaml:4:23: error: The robot of the simulation has no `observation.state.panda_joint9.pos`. Did you mean `observation.state.panda_joint1.pos`?",
      "map.yaml:5:56: error: `observation.state.panda_joint1.pos` is in rad, which is no matter of `mm`.",
      "map.yaml:6:44: error: `observation.state`[2] has both `take` and `fill`.",
      "map.yaml:7:3: error: `acton` is no key of `features`. Did you mean `action`?",
      "map.yaml:10:28: error: A camera needs `take` or `fill`.",
      "map.yaml:11:3: error: `extra` is no key of `cameras`.",
    ]
    #expect(messages.count == expected.count, "\(messages.joined(separator: "\n"))")
    for (message, start) in zip(messages, expected) { #expect(message.hasPrefix(start), "\(message)") }
  }

  @Test func damagedMappingsNeverTrap() throws {
    let names = (1...7).map { "panda_joint\($0).pos" } + ["gripper.opening"]
    let form = real(
      [("observation.state", names, 8), ("action", names, 8)], cameras: [("observation.images.up", 64, 64)])
    let (text, _, _) = try drafted(form, [:])
    let original = Array(text.split(separator: "\n").drop { !$0.hasPrefix("seedbed-map") }.joined(separator: "\n").utf8)
    var mutator = ByteMutator(seed: 5)
    var refused = 0
    for _ in 0..<1500 {
      do throws(InputError) {
        _ = try SchemaMapping(yaml: mutator.mutate(original), file: "map.yaml", real: form, simulated: simulated())
      } catch {
        refused += 1
        #expect(!error.diagnostics.isEmpty)
      }
    }
    #expect(refused > 500)
  }
}
