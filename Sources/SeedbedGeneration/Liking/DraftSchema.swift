import Diagnostics
import SeedbedDatasets
import SeedbedMapping
import SeedbedScene

/// What a draft came to.
public struct DraftedSchema: Sendable {
  /// Dimensions and cameras.
  public var entries: Int
  /// What a person should look at, one line each.
  public var doubts: [String]
}

/// Drafts the mapping from a simulated robot to a real dataset's features into a file.
///
/// - Parameters:
///   - scene: Says which cameras there are and, without `robot`, which robot.
/// - Throws: `InputError`, `DatasetError`, or `GenerationError` where the file exists.
public func draftSchema(
  real: String, robot: String?, scene: String?, out: String
) throws -> DraftedSchema {
  let source = try DatasetSource(directory: real)
  let schema = try RealSchema(source)
  let simulated: Simulated, name: String
  if let scene {
    let loaded = try loadScene(path: scene, overrides: SceneOverrides(robot: robot))
    (simulated, name) = (try Simulated(loaded, stateOnly: false), loaded.robotType)
  } else if let robot {
    let loaded = try loadRobot(path: robot)
    guard let drive = loaded.drive else { throw InputError(loaded.problems) }
    (simulated, name) = (Simulated(drive, description: loaded.robot), loaded.robotType)
  } else {
    throw GenerationError("there is no robot. Name it with --robot R.urdf, or a scene with --scene.", kind: .usage)
  }
  guard !isThere(out) else {
    throw GenerationError("\(out) exists already. Choose another --out, or delete it.", kind: .cannotWrite)
  }
  let draft = Draft(schema, evidence: RealEvidence(source, schema), simulated: simulated)
  try writeFile(out, Array(draft.yaml(source: real, robot: name, simulated: simulated).utf8))
  return DraftedSchema(
    entries: schema.numbers.reduce(0) { $0 + $1.width } + schema.cameras.count,
    doubts: draft.doubts(withCameras: true))
}
