import Diagnostics

/// Folds `.` and inner `..` of a path with forward slashes; `nil` for an absolute or empty path.
func foldedPath(_ path: String) -> String? {
  guard !path.isEmpty, !path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
  }
  return parts.isEmpty ? "." : parts.joined(separator: "/")
}

/// The folder of a path, with the trailing slash; empty where it has none.
func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
  return String(path[...slash])
}

/// How paths that a file names become logical paths of the scene.
struct LogicalPaths {
  /// Logical folder of the file that names them, with a trailing slash or empty.
  var base = ""

  /// The logical path for what a file says; nil and a problem where it cannot be one.
  func resolve(_ value: YAMLNode, _ what: String, _ decoder: Decoder) -> String? {
    guard let text = decoder.text(value, what) else { return nil }
    guard !text.hasPrefix("/"), !text.hasPrefix("~") else {
      decoder.error(
        value, "\"\(text)\" is not relative, and so would mean another file on another machine.",
        "Write the path from the folder of this file.")
      return nil
    }
    guard text.utf8.count <= 1024, !text.unicodeScalars.contains(where: { $0.value < 32 || $0 == "\\" }),
      let folded = foldedPath(base + text), folded != "."
    else {
      decoder.error(value, "\"\(text.prefix(80))\" cannot be a file's path.", "Write a path with forward slashes.")
      return nil
    }
    return folded
  }
}
