/// What the command line changes in a scene.
public struct SceneOverrides: Sendable, Codable, Equatable {
  /// A URDF in place of the scene's robot. Where a scene is loaded from disk: relative to the working directory, as
  /// typed; else, and in `LoadedScene.overrides`: the logical path.
  public var robot: String?
  /// `path=value` each: keys, names of list entries or positions with dots between, then a YAML value, for example
  /// `objects.cube.mass=0.2` or `cameras.front.size=[128, 128]`.
  public var set: [String]

  public init(robot: String? = nil, set: [String] = []) {
    self.robot = robot
    self.set = set
  }
}
