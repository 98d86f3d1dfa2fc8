/// Paths with forward slashes, relative to the scene's folder (or absolute), as assets are named everywhere.
public enum LogicalPath {
  /// `.` and inner `..` folded, double slashes and backslashes made single slashes: `a/./b/../c` is `a/c`.
  ///
  /// `..` at the beginning stays (`../a`); at the root of an absolute path it is dropped. The empty path is `.`.
  public static func folded(_ path: String) -> String {
    let absolute = path.first == "/" || path.first == "\\"
    var parts: [Substring] = []
    for part in path.split(whereSeparator: { $0 == "/" || $0 == "\\" }) where part != "." {
      if part == ".." {
        if let last = parts.last, last != ".." {
          parts.removeLast()
          continue
        }
        if absolute { continue }
      }
      parts.append(part)
    }
    let text = parts.joined(separator: "/")
    return absolute ? "/" + text : text.isEmpty ? "." : text
  }

  /// The folder of a file: `a/b.urdf` lies in `a`, `b.urdf` in `.`, `..` in `../..`.
  public static func folder(of path: String) -> String { folded(path + "/..") }

  /// A path that is written relative to a folder; an absolute one stays as it is.
  public static func joined(_ folder: String, _ path: String) -> String {
    path.first == "/" ? folded(path) : folded(folder + "/" + path)
  }

  /// The last component without its extension: `a/b.urdf` has the stem `b`.
  public static func stem(_ path: String) -> String {
    let name = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
    return String(name[..<dot])
  }
}
