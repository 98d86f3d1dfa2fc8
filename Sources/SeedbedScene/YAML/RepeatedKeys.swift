import Diagnostics
import Yams

/// Gets a text with repeated keys through Yams, which stops at the first of two equal keys: that key is made different,
/// and the reader then meets the second one where it stands.
struct RepeatedKeys {
  /// Each takes the place of one key's first character; when they are used up the file is given up.
  static let standIns: [Unicode.Scalar] = (UInt32(0xE001)...0xE014).compactMap { Unicode.Scalar($0) }

  private struct Place: Hashable {
    var line: Int, column: Int
  }

  private var text: String
  /// What stood where a key was changed.
  private var replaced: [Place: Unicode.Scalar] = [:]

  init(in text: String) { self.text = text }

  /// The parser, which the nodes need as long as they are read, and the document's root.
  mutating func parser() throws -> (Yams.Parser, Node?) {
    while true {
      do {
        let parser = try Yams.Parser(yaml: text, encoding: .utf8)
        return (parser, try parser.singleRoot())
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        guard replaced.count < Self.standIns.count, change(context.mark, among: keys) else {
          throw YamlError.duplicatedKeysInMapping(duplicates: keys, context: context)
        }
      }
    }
  }

  /// The key as it was written.
  func original(_ key: String, at location: SourceLocation) -> String {
    guard let first = replaced[Place(line: location.line, column: location.column)] else { return key }
    return String(Character(first)) + String(String.UnicodeScalarView(key.unicodeScalars.dropFirst()))
  }

  /// Makes the key that begins at the mark one of its own; false where it does not stand there as it is.
  private mutating func change(_ mark: Mark, among keys: [String]) -> Bool {
    var scalars = Array(text.unicodeScalars)
    var line = 1, at = 0
    while line < mark.line, at < scalars.count {
      if scalars[at] == "\n" { line += 1 }
      at += 1
    }
    at += mark.column - 1
    if at < scalars.count, scalars[at] == "\"" || scalars[at] == "'" { at += 1 }
    guard at < scalars.count, keys.contains(where: { $0.unicodeScalars.first == scalars[at] }),
      scalars[at].properties.isAlphabetic
    else { return false }
    let number = replaced.count
    replaced[Place(line: mark.line, column: mark.column)] = scalars[at]
    scalars[at] = Self.standIns[number]
    text = String(String.UnicodeScalarView(scalars))
    return true
  }
}
