public import Diagnostics
import Digest
import Glibc
import URDF

/// Reads a scene and all that it names from the disk.
///
/// - Parameters:
///   - path: the scene file as the user typed it; messages call it so.
///   - overrides: from the command line; `robot` is relative to the working directory.
/// - Throws: every problem of the scene, its robot and its other files at once.
public func loadScene(path: String, overrides: SceneOverrides = SceneOverrides()) throws(InputError) -> LoadedScene {
  let prefix = folder(of: path)
  let name = String(path.dropFirst(prefix.count))
  guard !name.isEmpty, name != ".", name != ".." else {
    throw InputError(
      at: SourceLocation(file: path), "\"\(path)\" is a folder, not a scene file.", remedy: "Name a .yaml file.")
  }
  var logical = overrides
  var typed: (logical: String, shown: String)?
  if let robot = overrides.robot {
    let path = try logicalPath(ofTyped: robot, fromFolder: prefix)
    logical.robot = path
    typed = (LogicalPath.folder(of: path), LogicalPath.folder(of: robot))
  }
  let source = DiskAssetSource(folder: prefix.isEmpty ? "." : prefix == "/" ? "/" : String(prefix.dropLast()))
  let reader = AssetReader(source: source, prefix: prefix, typed: typed)
  return try SceneLoader(reader: reader, sceneFile: name, overrides: logical).load()
}

/// Reads a scene and all that it names from any store.
///
/// - Parameters:
///   - sceneFile: the scene's logical path: its file name.
///   - overrides: with logical paths, as `LoadedScene.overrides` has them.
public func loadScene(
  sceneFile: String, source: some AssetSource, overrides: SceneOverrides = SceneOverrides()
) throws(InputError) -> LoadedScene {
  try SceneLoader(reader: AssetReader(source: source, prefix: ""), sceneFile: sceneFile, overrides: overrides).load()
}

/// A path relative to the working directory as a path relative to the scene's folder.
private func logicalPath(ofTyped path: String, fromFolder sceneFolder: String) throws(InputError) -> String {
  let place = SourceLocation(file: "--robot \(path)")
  let robotFolder = folder(of: path), name = path.dropFirst(robotFolder.count)
  guard !name.isEmpty, !path.utf8.contains(0) else {
    throw InputError(at: place, "This is not the path of a file.", remedy: "Name a .urdf file.")
  }
  guard let target = physicalParts(robotFolder), let base = physicalParts(sceneFolder) else {
    throw InputError(at: place, "The folder of the robot or of the scene does not exist.", remedy: "Check the paths.")
  }
  let common = zip(target, base).prefix { $0 == $1 }.count
  let parts = base.dropFirst(common).map { _ in ".." } + target.dropFirst(common) + [String(name)]
  return parts.joined(separator: "/")
}

/// The components of a folder's path with all symbolic links followed, as the system does where `..` stands in a path.
private func physicalParts(_ folder: String) -> [String]? {
  guard let buffer = realpath(folder.isEmpty ? "." : folder, nil) else { return nil }
  defer { free(buffer) }
  return String(cString: buffer).split(separator: "/").map(String.init)
}
