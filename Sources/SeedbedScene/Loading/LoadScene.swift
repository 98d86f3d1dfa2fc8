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
  if let robot = overrides.robot { logical.robot = try logicalPath(ofTyped: robot, fromFolder: prefix) }
  let source = DiskAssetSource(folder: prefix.isEmpty ? "." : prefix == "/" ? "/" : String(prefix.dropLast()))
  return try SceneLoader(reader: AssetReader(source: source, prefix: prefix), sceneFile: name, overrides: logical)
    .load()
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
private func logicalPath(ofTyped path: String, fromFolder folder: String) throws(InputError) -> String {
  func absolute(_ path: String) -> [Substring] {
    var text = path
    if !path.hasPrefix("/"), let buffer = getcwd(nil, 0) {
      text = String(cString: buffer) + "/" + path
      free(buffer)
    }
    return LogicalPath.folded(text).split(separator: "/")
  }
  guard !path.isEmpty, !path.utf8.contains(0) else {
    throw InputError(at: SourceLocation(file: "--robot"), "The robot's path is empty.", remedy: "Name a .urdf file.")
  }
  let target = absolute(path), base = absolute(folder.isEmpty ? "." : folder)
  let common = zip(target, base).prefix { $0 == $1 }.count
  let parts = base.dropFirst(common).map { _ in Substring("..") } + target.dropFirst(common)
  return parts.joined(separator: "/")
}
