import Diagnostics
import Glibc
import SeedbedDatasets
import SeedbedMapping
import SeedbedScene

/// A real dataset whose form is asked for, as the user names it.
public struct LikeRequest: Sendable {
  /// The dataset's folder.
  public var real: String
  /// The mapping file; nil where a draft is to do.
  public var map: String?

  public init(real: String, map: String?) {
    self.real = real
    self.map = map
  }
}

/// A scene that is to be recorded in the form of a real dataset.
struct LikeScene {
  var like: LikeRecord
  /// With the rates and picture sizes of the real dataset.
  var overrides: SceneOverrides
  /// The scene's cameras that are used.
  var cameras: [String]
  /// What was changed, for the user.
  var notes: [String]

  /// - Parameters:
  ///   - stored: Of a run that goes on: its mapping serves where none is named.
  /// - Throws: What is wrong with the dataset or the mapping, or what does not fit without one.
  init(
    _ request: LikeRequest, scene: String, overrides: SceneOverrides, stateOnly: Bool, stored: LikeRecord? = nil
  ) throws {
    let source = try DatasetSource(directory: request.real)
    let schema = try RealSchema(source)
    let loaded = try loadScene(path: scene, overrides: overrides)
    let simulated = try Simulated(loaded, stateOnly: stateOnly)
    let text: String
    var conflict: String?
    if let path = request.map {
      text = try LikeScene.read(path)
    } else if let stored {
      text = stored.map
    } else {
      let draft = Draft(schema, evidence: RealEvidence(source, schema), simulated: simulated)
      let doubts = draft.doubts(withCameras: !stateOnly)
      guard doubts.isEmpty else {
        throw GenerationError(
          "the robot \(loaded.robotType) does not give the features of \(request.real) by itself:",
          details: doubts + [
            "Draft a mapping by `seedbed schema draft \(request.real) --scene \(scene)"
              + (overrides.robot.map { " --robot \($0)" } ?? "") + " --out map.yaml`, correct it, and name it by --map."
          ], kind: .input)
      }
      conflict = draft.conflict
      text = draft.yaml(source: request.real, robot: loaded.robotType, simulated: simulated)
    }
    try self.init(
      LikeRecord(schema: schema, map: text), mapName: request.map ?? LikeRecord.mapName, loaded: loaded,
      overrides: overrides, stateOnly: stateOnly)
    if let conflict { notes.append("note: " + conflict) }
  }

  /// The scene as a stored form wants it.
  init(
    _ like: LikeRecord, mapName: String = LikeRecord.mapName, loaded: LoadedScene, overrides: SceneOverrides,
    stateOnly: Bool
  ) throws {
    let simulated = try Simulated(loaded, stateOnly: stateOnly)
    let mapping = try SchemaMapping(
      yaml: Array(like.map.utf8), file: mapName, real: like.schema, simulated: simulated)
    self.like = like
    self.overrides = overrides
    cameras = []
    notes = []
    let rates = loaded.description.rates, control = like.schema.framesPerSecond
    if rates.control != control {
      // Physics steps at least as finely as the scene says, a whole number of times a frame.
      let physics = (rates.physics + control - 1) / control * control
      self.overrides.set.append("rates={physics: \(physics), control: \(control)}")
      notes.append(
        "note: the scene runs at \(control) frames a second as the real dataset does, not at \(rates.control)"
          + (physics == rates.physics ? "." : "; physics steps \(physics) times a second, not \(rates.physics)."))
    }
    guard !stateOnly else {
      if !like.schema.cameras.isEmpty {
        notes.append(
          "note: --state-only leaves out the real dataset's pictures (\(like.schema.cameras.map(\.name).joined(separator: ", "))): "
            + "LeRobot's merge will refuse the two datasets together.")
      }
      return
    }
    for (camera, name) in zip(like.schema.cameras, mapping.cameraNames) {
      guard let name, !cameras.contains(name) else { continue }
      cameras.append(name)
      let own = loaded.description.cameras.first { $0.name == name }
      if own?.width != camera.width || own?.height != camera.height {
        self.overrides.set.append("cameras.\(name).size=[\(camera.width), \(camera.height)]")
      }
    }
  }

  /// The scene of a request, loaded; with the form of the real dataset where one is asked for.
  ///
  /// - Parameters:
  ///   - directory: A folder whose stored form serves where a run that goes on does not name one.
  static func load(
    _ request: LikeRequest?, scene: String, overrides: SceneOverrides, stateOnly: Bool,
    resuming directory: String? = nil
  ) throws -> (loaded: LoadedScene, like: LikeScene?) {
    let stored = directory.flatMap(LikeScene.stored)
    let like: LikeScene
    if let request {
      like = try LikeScene(request, scene: scene, overrides: overrides, stateOnly: stateOnly, stored: stored)
    } else if let stored {
      like = try LikeScene(
        stored, loaded: loadScene(path: scene, overrides: overrides), overrides: overrides, stateOnly: stateOnly)
    } else {
      return (try loadScene(path: scene, overrides: overrides), nil)
    }
    return (try loadScene(path: scene, overrides: like.overrides), like)
  }

  /// Of the run in a folder; nil where there is none, or none that takes the form of another dataset.
  private static func stored(_ directory: String) -> LikeRecord? {
    guard let json = try? SidecarReader(directory: directory).run() else { return nil }
    return try? RunRecord(json: json, path: directory).like
  }

  private static let largestMap = 1 << 21

  private static func read(_ path: String) throws -> String {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw InputError(
        at: SourceLocation(file: path), "There is no such mapping file.",
        remedy: "Check the path, or draft one by `seedbed schema draft`.")
    }
    guard status.st_size <= largestMap else {
      throw InputError(
        at: SourceLocation(file: path), "The mapping has \(status.st_size) bytes, more than \(largestMap).",
        remedy: "Is this the right file?")
    }
    let bytes = try readFile(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InputError(at: SourceLocation(file: path), "The mapping is not UTF-8 text.", remedy: "Save it as UTF-8.")
    }
    return text
  }
}
