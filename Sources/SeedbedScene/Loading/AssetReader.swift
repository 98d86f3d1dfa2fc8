import Diagnostics
import Digest
import URDF

/// Reads each file once and remembers it, for the list of what the scene is made of.
final class AssetReader {
  private let source: any AssetSource
  private var known: [String: Result<[UInt8], AssetError>] = [:]
  private var used: Set<String> = []
  /// What stands before a logical path to make the path as the user would type it.
  let prefix: String
  /// A folder by its logical path and as the user typed it, without trailing slashes.
  private let typed: (logical: String, shown: String)?

  init(source: some AssetSource, prefix: String, typed: (logical: String, shown: String)? = nil) {
    self.source = source
    self.prefix = prefix
    self.typed = typed
  }

  /// The bytes of a file, which from then on counts as part of the scene.
  func read(_ path: String) throws(AssetError) -> [UInt8] {
    let bytes = try peek(path).get()
    used.insert(path)
    return bytes
  }

  /// Whether there is such a file, readable or not; it does not become a part of the scene.
  func exists(_ path: String) -> Bool {
    switch peek(path) {
    case .success: true
    case .failure(let error): !error.isMissing
    }
  }

  private func peek(_ path: String) -> Result<[UInt8], AssetError> {
    if let result = known[path] { return result }
    let result: Result<[UInt8], AssetError>
    do throws(AssetError) { result = .success(try source.read(path)) } catch { result = .failure(error) }
    known[path] = result
    return result
  }

  /// The path as the user would type it.
  func displayed(_ path: String) -> String {
    if path.hasPrefix("/") { return LogicalPath.folded(path) }
    // Below the typed folder or one above it, as long as both have the same name.
    if let typed {
      var logical = typed.logical, shown = typed.shown
      while true {
        if path.hasPrefix(logical + "/") {
          return LogicalPath.joined(shown, String(path.dropFirst(logical.count + 1)))
        }
        guard let name = logical.split(separator: "/").last, name != "..", shown.split(separator: "/").last == name
        else { break }
        logical = LogicalPath.folder(of: logical)
        shown = LogicalPath.folder(of: shown)
      }
    }
    return LogicalPath.folded(prefix + path)
  }

  /// Every file that was read, sorted by logical path.
  var files: [AssetFile] {
    used.sorted().compactMap { path in
      guard case .success(let bytes) = known[path] else { return nil }
      return AssetFile(path: path, bytes: bytes, sha256: sha256Hex(bytes))
    }
  }
}
