public import Diagnostics
import SeedbedRandomness
public import URDF

/// A robot by itself: what its URDF says, and how a scene would drive it.
public struct LoadedRobot: Sendable {
  public var robot: RobotDescription
  /// The profile beside the URDF, as the user would type its path; nil where there is none and all is inferred.
  public var profile: String?
  public var robotType: String
  /// Joints, gains, gripper and tool centre point; nil where `problems` say why there are none.
  public var drive: RobotInstance?
  /// Why the robot cannot be driven.
  public var problems: [Diagnostic]
  /// Odd, but no reason to stop.
  public var warnings: [Diagnostic]
}

/// Reads a URDF with its meshes and its profile as a scene does that names it.
///
/// Throws what is wrong with the URDF or its files; what only keeps it from being driven is part of the result.
public func loadRobot(path: String) throws(InputError) -> LoadedRobot {
  let prefix = folder(of: path)
  let name = String(path.dropFirst(prefix.count))
  let source = DiskAssetSource(folder: prefix.isEmpty ? "." : prefix == "/" ? "/" : String(prefix.dropLast()))
  let reader = AssetReader(source: source, prefix: prefix)
  let decoder = Decoder()
  let place = SourceLocation(file: path)
  let urdf = YAMLNode(content: .scalar(name, isPlain: false), location: place)
  let node = YAMLNode(
    content: .mapping([YAMLNode.Entry(key: "urdf", keyLocation: place, value: urdf)]), location: place)
  let files = AssetLoader(reader: reader, decoder: decoder)
  let robot = files.robot(node)
  let errors = decoder.problems.filter { $0.severity == .error }
  guard let robot, errors.allSatisfy({ $0.location.file == robot.profile }) else { throw InputError(errors) }
  let plan = decoder.robotPlan(robot)
  files.checkCollisionMeshes(of: robot)
  var drawing = Drawing(seed: 0, episode: 0)
  let isDriven = plan != nil && !decoder.hasErrors
  return LoadedRobot(
    robot: robot.robot, profile: reader.exists(profilePath(forURDF: name)) ? robot.profile : nil,
    robotType: plan?.robotType ?? "", drive: isDriven ? plan?.draw(&drawing) : nil,
    problems: decoder.problems.filter { $0.severity == .error },
    warnings: decoder.problems.filter { $0.severity == .warning })
}
