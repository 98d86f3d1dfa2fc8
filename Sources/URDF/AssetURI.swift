/// How a URDF names meshes and textures, and which files are meant.
struct AssetURI {
  enum Resolution: Equatable {
    case path(String)
    /// What is wrong, what to do.
    case failure(String, String)
  }

  /// The URDF's own folder.
  let folder: String
  /// Whether there is a file of that logical path; nil where files are not to be looked for.
  let exists: ((String) -> Bool)?

  /// Folders above the URDF's that are searched for a package.
  private static let searchDepth = 12

  func resolve(_ uri: String) -> Resolution {
    let text = String(uri.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
      .replacing("\\", with: "/")
    if text.isEmpty { return .failure("The file name is empty.", "Name a file.") }
    if text.contains("$(") || text.contains("${") {
      return .failure("'\(text)' holds an unexpanded substitution.", "Expand the file first: xacro FILE > ROBOT.urdf.")
    }
    guard let mark = text.firstRange(of: "://") else { return checked(LogicalPath.joined(folder, text), uri: text) }
    let rest = String(text[mark.upperBound...])
    switch text[..<mark.lowerBound].lowercased() {
    case "package", "model": return package(rest, uri: text)
    case "file": return checked(LogicalPath.joined(folder, rest), uri: text)
    case let scheme:
      return .failure(
        "'\(text)' cannot be read from '\(scheme)://'.", "Copy the file beside the URDF and name it there.")
    }
  }

  private func checked(_ path: String, uri: String) -> Resolution {
    guard let exists, !exists(path) else { return .path(path) }
    let resolved = path == uri ? "" : " (\(path))"
    return .failure(
      "There is no file '\(uri)'\(resolved).",
      "Paths are relative to the URDF's folder; correct the name or copy the file there.")
  }

  /// `NAME/rest`: the nearest folder NAME beside or above the URDF that holds `rest`.
  private func package(_ text: String, uri: String) -> Resolution {
    // Some files have a slash too many: package:///NAME/rest.
    let text = text.drop { $0 == "/" }
    guard let slash = text.firstIndex(of: "/"), slash > text.startIndex else {
      return .failure("'\(uri)' names no file in a package.", "Write package://PACKAGE/path/to/file.")
    }
    let name = text[..<slash], rest = text[text.index(after: slash)...]
    guard let exists else { return .path(LogicalPath.joined(folder, "\(name)/\(rest)")) }
    var place = folder
    for _ in 0..<Self.searchDepth {
      if place.split(separator: "/").last == name {
        let inside = LogicalPath.joined(place, String(rest))
        if exists(inside) { return .path(inside) }
      }
      let beside = LogicalPath.joined(place, "\(name)/\(rest)")
      if exists(beside) { return .path(beside) }
      let above = LogicalPath.folder(of: place)
      if above == place { break }
      place = above
    }
    return .failure(
      "'\(uri)' was not found: no folder '\(name)' beside or above the URDF holds '\(rest)'.",
      "Keep the URDF inside its package, or write the path relative to the URDF.")
  }
}
