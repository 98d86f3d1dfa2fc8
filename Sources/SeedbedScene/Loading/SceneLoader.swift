import Diagnostics
import Digest
import SeedbedGeometry
import SeedbedRandomness
import URDF

/// Decodes a scene file and reads what it names.
struct SceneLoader {
  let reader: AssetReader
  let sceneFile: String
  let overrides: SceneOverrides
  private let decoder = Decoder()

  init(reader: AssetReader, sceneFile: String, overrides: SceneOverrides) {
    self.reader = reader
    self.sceneFile = sceneFile
    self.overrides = overrides
  }

  private static let topKeys = [
    "seedbed", "robot", "objects", "placement", "lighting", "cameras", "task", "expert", "sensors", "rates", "gravity",
    "gates", "actions", "materials", "sleeping",
  ]

  func load() throws(InputError) -> LoadedScene {
    let root = try editedScene()
    guard let fields = decoder.map(root, "a scene", keys: Self.topKeys) else { throw InputError(decoder.problems) }
    version(fields)
    decoder.materials = decoder.materials(fields["materials"])
    var objects = decoder.objects(fields.required("objects", "List the objects: objects: [...]."))
    let placement = decoder.placement(fields["placement"])
    let lighting = decoder.lighting(fields["lighting"])
    let cameras = decoder.cameras(fields["cameras"])
    let task = decoder.task(fields["task"], fields)
    let expert = decoder.expert(fields["expert"])
    let rates = decoder.rates(fields["rates"])
    let gates = decoder.gates(fields["gates"])
    let actions = decoder.actions(fields["actions"])
    let gravity =
      fields["gravity"].flatMap {
        decoder.vector($0, "gravity", .between("the gravity", "m/s²", -100, 100))
      } ?? VariableVector(constant: 0, 0, -9.81)
    let sleeping = fields["sleeping"].flatMap { decoder.flag($0, "sleeping") } ?? true

    let files = AssetLoader(reader: reader, decoder: decoder)
    let robotNode = fields.required("robot", "Write robot: {urdf: ../Robots/panda/panda.urdf}.")
    let robot = robotNode.flatMap { files.robot($0) }
    files.loadFiles(of: objects, in: root)
    files.checkSizes(of: objects)
    files.checkVolumes(of: objects)
    objects = files.articulated(objects, in: fields["objects"])
    if let robot { files.checkCollisionMeshes(of: robot) }
    let plan = robot.flatMap { decoder.robotPlan($0) }
    let declared = (fields["objects"]?.items ?? []).compactMap { $0["name"]?.text }
    decoder.check(objects: objects, declared: declared, task: task)
    if let robot { decoder.check(cameras: cameras, in: root, robot: robot.robot) }
    if let plan { decoder.check(expert: expert, plan: plan, at: fields["expert"] ?? root) }
    var sensors: [SensorDescription] = []
    if let robot, let plan {
      sensors = decoder.sensors(fields["sensors"], SensorContext(robot: robot.robot, plan: plan, rates: rates))
    }

    guard !decoder.hasErrors, let task, let robot, let plan else { throw InputError(sorted(decoder.problems)) }
    let description = SceneDescription(
      rates: rates, gravity: gravity, robot: plan, objects: objects, placement: placement, lighting: lighting,
      cameras: cameras, task: task, expert: expert, sensors: sensors, gates: gates, materials: decoder.materials,
      actions: actions, sleeping: sleeping, axisPaths: Set(decoder.axes).sorted())
    let assets = SceneAssets(
      files: reader.files, robot: orientedRobot(robot.robot, fingers: plan.gripper.fingerJoints, meshes: files.meshes),
      mechanisms: files.mechanisms, meshes: files.meshes, textures: files.textures)
    let scene = LoadedScene(
      description: description, assets: assets, sha256: digest(assets.files),
      warnings: sorted(decoder.problems.filter { $0.severity == .warning }), sceneFile: sceneFile, overrides: overrides)
    try checkThereIsRoom(scene)
    return scene
  }

  /// Refuses a scene of which no trial episode can be drawn, before a run begins with it.
  private func checkThereIsRoom(_ scene: LoadedScene) throws(InputError) {
    let trials = 4
    for episode in 0..<trials {
      do throws(SamplingError) {
        _ = try scene.sample(seed: 0, episode: episode)
        return
      } catch {
        guard episode == trials - 1 else { continue }
        throw InputError(
          at: error.location,
          "No room for object `\(error.object)` in any of \(trials) trial episodes: \(error.reason).",
          remedy: error.remedy)
      }
    }
  }

  /// The scene file's tree with the overrides applied.
  private func editedScene() throws(InputError) -> YAMLNode {
    let display = reader.prefix + sceneFile
    let bytes: [UInt8]
    do { bytes = try reader.read(sceneFile) } catch {
      throw InputError(
        at: SourceLocation(file: display), "The scene cannot be read: \(error.reason).",
        remedy: error.isMissing ? "Check the path." : "Restore the file.")
    }
    var root = try readYAML(bytes, file: display)
    var problems: [Diagnostic] = []
    if let robot = overrides.robot {
      let place = SourceLocation(file: "--robot \(reader.displayed(robot))")
      let path = YAMLNode(content: .scalar(robot, isPlain: false), location: place)
      let entry = YAMLNode.Entry(key: "urdf", keyLocation: place, value: path)
      // What the scene says about driving its own robot does not fit another one.
      let kept = (root["robot"] ?? path).removing(["urdf"] + Decoder.profileKeys).entries ?? []
      try? root.set(["robot"], to: YAMLNode(content: .mapping([entry] + kept), location: place))
    }
    for text in overrides.set { if let problem = apply(text, to: &root) { problems += problem } }
    guard problems.isEmpty else { throw InputError(problems) }
    return root
  }

  private func apply(_ text: String, to root: inout YAMLNode) -> [Diagnostic]? {
    let place = SourceLocation(file: "--set \(text)")
    guard let equals = text.firstIndex(of: "=") else {
      return [Diagnostic(.error, at: place, "There is no `=`.", remedy: "Write --set objects.cube.mass=0.2.")]
    }
    let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard path.allSatisfy({ !$0.isEmpty }), path.count <= 16 else {
      return [
        Diagnostic(.error, at: place, "The path has an empty part.", remedy: "Write --set objects.cube.mass=0.2.")
      ]
    }
    do {
      let value = try readYAML(Array(text[text.index(after: equals)...].utf8), file: place.file)
      try root.set(path[...], to: value)
      return nil
    } catch let error as InputError {
      return error.diagnostics
    } catch let error as EditProblem {
      return [Diagnostic(.error, at: place, error.message, remedy: error.remedy)]
    } catch {
      return [Diagnostic(.error, at: place, "The value cannot be set.", remedy: "Check the path.")]
    }
  }

  private func version(_ fields: Fields) {
    guard let node = fields.required("seedbed", "Write `seedbed: 1` at the top.") else { return }
    decoder.checkFormat(node, "scene", "seedbed")
  }

  /// The scene file's problems by line, then those of other files.
  private func sorted(_ problems: [Diagnostic]) -> [Diagnostic] {
    let scene = reader.prefix + sceneFile
    return problems.enumerated().sorted { a, b in
      let first = a.element.location, second = b.element.location
      if (first.file == scene) != (second.file == scene) { return first.file == scene }
      if first.file == scene, first.line != second.line { return first.line < second.line }
      if first.file == scene, first.column != second.column { return first.column < second.column }
      return a.offset < b.offset
    }.map(\.element)
  }

  private func digest(_ files: [AssetFile]) -> String {
    var text = "seedbed scene 1\n"
    for file in files { text += "\(file.path == sceneFile ? "scene" : "file \(file.path)") \(file.sha256)\n" }
    if let robot = overrides.robot { text += "robot \(robot)\n" }
    for change in overrides.set { text += "set \(change)\n" }
    return sha256Hex(text.utf8)
  }
}

/// The robot as the instance's gripper wants it: positive finger values open.
func orientedRobot(
  _ robot: RobotDescription, fingers: [String], meshes: [String: MeshAsset]
) -> RobotDescription {
  guard fingers.count == 2, let first = robot.jointIndex(fingers[0]), let second = robot.jointIndex(fingers[1])
  else { return robot }
  return robot.openingPositively(fingers: (first, second), meshes: meshes)
}
