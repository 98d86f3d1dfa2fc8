public import Diagnostics
import SeedbedGeometry

/// A scene that is ready to be sampled: description and files.
public struct LoadedScene: Sendable {
  public var description: SceneDescription
  public var assets: SceneAssets
  /// Of the scene file, the overrides and all other files with their logical paths: 64 hexadecimal digits.
  public var sha256: String
  /// Odd, but no reason to stop.
  public var warnings: [Diagnostic]
  /// The word that LeRobot knows the robot by.
  public var robotType: String
  /// Logical path of the scene file: its name.
  public var sceneFile: String
  /// As applied, with logical paths: with these, `sceneFile` and `assets.files` the scene can be loaded again.
  public var overrides: SceneOverrides
  /// Boxes around the objects' meshes, by logical path.
  let meshBoxes: [String: AxisAlignedBox]
  let linkBoxes: LinkBoxes
  /// By the logical path of the URDF.
  let mechanismBoxes: [String: MechanismBoxes]

  init(
    description: SceneDescription, assets: SceneAssets, sha256: String, warnings: [Diagnostic], sceneFile: String,
    overrides: SceneOverrides
  ) {
    self.description = description
    self.assets = assets
    self.sha256 = sha256
    self.warnings = warnings
    self.robotType = description.robot.robotType
    self.sceneFile = sceneFile
    self.overrides = overrides
    linkBoxes = LinkBoxes(assets.robot, meshes: assets.meshes)
    mechanismBoxes = assets.mechanisms.mapValues { MechanismBoxes($0, meshes: assets.meshes) }
    meshBoxes = assets.meshes.compactMapValues(\.box)
  }
}
