import Diagnostics
import SeedbedScene
import Testing

/// The strictness of the YAML reader, seen through scenes.
@Suite struct YAMLReaderTests {
  static func first(_ text: String) -> String { problems(text).first ?? "loads" }

  @Test(arguments: [
    ("", "scene.yaml: error: The file is empty. Is this the right file?"),
    ("seedbed: 1\nseedbed: 1\n", "scene.yaml:2:1: error: The key `seedbed` stands twice in one map. Keep one of them."),
    ("seedbed: !!int 1\n", "scene.yaml:1:10: error: The tag `tag:yaml.org,2002:int` is not supported. Remove it."),
    ("a: &x {b: 1}\n<<: *x\n", "scene.yaml:2:1: error: Merge keys (`<<`) are not supported. Write the values out."),
    (
      "a: *b\n",
      "scene.yaml:1:4: error: The alias `*b` stands for nothing that was anchored before. Anchor the value with `&b`, or put the text in quotes."
    ),
    ("? a\n: b\n", "scene.yaml:1: error: Keys marked with `?` are not supported. Write `key: value`."),
    ("[1, 2]: 3\n", "scene.yaml:1:1: error: A key must be a word, not a list or a map. Write `word: value`."),
    (
      "a: 1\n---\nb: 2\n",
      "scene.yaml:2:1: error: A second document begins here. Keep one document in a file (remove `---`)."
    ),
    (
      "- 1\n",
      "scene.yaml:1:1: error: Here stands a list of 1, but a scene is a map. Write its keys: seedbed, robot, objects, placement, lighting, cameras, task, expert, sensors, rates, gravity, gates, actions, materials, sleeping."
    ),
  ])
  func refusals(text: String, message: String) { #expect(Self.first(text) == message) }

  /// Each repetition where it stands, in block and flow style, however often.
  @Test func repeatedKeysAreReportedWhereTheyAre() {
    let text = "a: 1\nb: {c: 1, \"c\": {c: 2}, c: 3}\na: 2\na: 3\n"
    #expect(
      problems(text).filter { $0.contains("stands twice") } == [
        "scene.yaml:2:11: error: The key `c` stands twice in one map. Keep one of them.",
        "scene.yaml:2:24: error: The key `c` stands twice in one map. Keep one of them.",
        "scene.yaml:3:1: error: The key `a` stands twice in one map. Keep one of them.",
        "scene.yaml:4:1: error: The key `a` stands twice in one map. Keep one of them.",
      ])
  }

  @Test func byteOrderMarksAreNoText() throws {
    #expect(try load("\u{FEFF}" + smallScene).description.objects.count == 3)
    #expect(Self.first("\u{FEFF}- 1\n").hasPrefix("scene.yaml:1:1: error: Here stands a list"))
  }

  @Test func syntaxErrorsNameTheLine() {
    let message = Self.first("seedbed: 1\nrobot: {urdf: a\nobjects: [\n")
    #expect(message.hasPrefix("scene.yaml:3:"), "\(message)")
    #expect(message.contains("not valid YAML"))
  }

  @Test func textThatIsNoUTF8() {
    struct Bytes: AssetSource { func read(_ path: String) throws(AssetError) -> [UInt8] { [0x61, 0xff, 0xfe] } }
    #expect(throws: InputError.self) { try loadScene(sceneFile: "scene.yaml", source: Bytes()) }
  }

  @Test func aliasesStandForTheirValue() throws {
    let scene = smallScene.replacing("{uniform: [0.75, 0.8]}", with: "&x {uniform: [0.75, 0.8]}")
      .replacing("{name: bin,", with: "{name: bin, friction: &f 0.25,").replacing(
        "mass: {logUniform: [0.05, 0.5]}", with: "mass: *f")
    #expect(try load(scene).sample(seed: 1, episode: 0).objects[2].mass == 0.25)
  }

  /// Ten lines that stand for ten thousand million values, as values and as keys.
  @Test(.timeLimit(.minutes(1))) func aliasBombsAreRefused() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for i in 1...10 { text += "a\(i): &a\(i) [" + (0..<10).map { _ in "*a\(i - 1)" }.joined(separator: ", ") + "]\n" }
    #expect(problems(text).count { $0.contains("holds more than 100000 values") } == 1)
    #expect(Self.first(text + "b: {[*a10]}\n").contains("holds more than 100000 values"))
  }

  @Test func deepNestingIsRefused() {
    #expect(Self.first(String(repeating: "[", count: 100_000)).contains("nested more than 64 deep"))
    #expect(Self.first(String(repeating: "{a: ", count: 900)).contains("nested more than 64 deep"))
    let blocks = (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(Self.first(blocks).contains("nested more than 64 deep"))
  }

  @Test func hugeFilesAreRefused() {
    #expect(Self.first(String(repeating: "# nothing\n", count: 60_000)).contains("more than the 524288"))
  }

  /// Cut anywhere and changed anywhere, a scene loads or is refused with messages; it never crashes.
  @Test func mutationsNeverCrash() throws {
    var state: UInt64 = 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let original = Array(smallScene.utf8)
    let insertions = [
      "{", "}", "[", "]", ":", "- ", "\"", "'", "*a", "&a ", "|", "\n", "  ", "#", "!x ", "1e999", ".nan", "-", "\u{0}",
      "\u{e000}", "% ", "? ", "{choice: []}", "null",
    ]
    var loaded = 0, refused = 0
    for round in 0..<1500 {
      var bytes = original
      if round < 500 { bytes.removeLast(random(bytes.count)) }
      for _ in 0...random(3) where !bytes.isEmpty {
        let place = random(bytes.count)
        switch random(round < 1000 ? 3 : 4) {
        case 0: bytes[place] = UInt8(random(256))
        case 1: bytes.insert(contentsOf: insertions[random(insertions.count)].utf8, at: place)
        case 3:
          if let digit = bytes[place...].firstIndex(where: { (48...57).contains($0) }) {
            bytes[digit] = UInt8(48 + random(10))
          }
        default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random(8)))
        }
      }
      struct Source: AssetSource {
        var bytes: [UInt8]
        func read(_ path: String) throws(AssetError) -> [UInt8] {
          if path == "scene.yaml" { return bytes }
          if path == "robot.urdf" { return Array(robotText().utf8) }
          throw AssetError(path: path, reason: "no such file")
        }
      }
      do {
        let scene = try loadScene(sceneFile: "scene.yaml", source: Source(bytes: bytes))
        loaded += 1
        _ = try? scene.sample(seed: 1, episode: round)
      } catch {
        refused += 1
        #expect(!error.diagnostics.isEmpty)
        #expect(error.diagnostics.allSatisfy { !$0.message.isEmpty })
      }
    }
    #expect(loaded > 10 && refused > 500, "\(loaded) loaded, \(refused) refused")
  }
}
