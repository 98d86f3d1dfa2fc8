import Diagnostics
import URDF

extension Decoder {
  /// The logical path for what a file says; nil and a problem where it cannot be one.
  func logicalPath(_ value: YAMLNode, _ what: String) -> String? {
    guard let text = text(value, what) else { return nil }
    guard !text.hasPrefix("/"), !text.hasPrefix("~") else {
      error(
        value, "\"\(text)\" is not relative, and so would mean another file on another machine.",
        "Write the path from the folder of this file.")
      return nil
    }
    let folded = LogicalPath.folded(text)
    guard text.utf8.count <= 1024, !text.unicodeScalars.contains(where: { $0.value < 32 || $0 == "\\" }), folded != "."
    else {
      error(value, "\"\(text.prefix(80))\" cannot be a file's path.", "Write a path with forward slashes.")
      return nil
    }
    return folded
  }
}
