import Diagnostics
import SeedbedRandomness

/// What the decoding functions share: the problems found so far and the axes met so far.
final class Decoder {
  private(set) var problems: [Diagnostic] = []
  private var told: Set<Diagnostic> = []
  private(set) var axes: [String] = []
  /// What surfaces may be made of.
  var materials = MaterialCatalog()
  /// Mesh files that the scene says are open: their holes are meant.
  var openMeshes: Set<String> = []

  func error(_ location: SourceLocation, _ message: String, _ remedy: String) {
    append([Diagnostic(.error, at: location, message, remedy: remedy)])
  }

  func error(_ node: YAMLNode, _ message: String, _ remedy: String) { error(node.location, message, remedy) }

  func warning(_ location: SourceLocation, _ message: String, _ remedy: String) {
    append([Diagnostic(.warning, at: location, message, remedy: remedy)])
  }

  /// Each once: the same number may be read for several channels or joints.
  func append(_ diagnostics: [Diagnostic]) { problems += diagnostics.filter { told.insert($0).inserted } }

  var hasErrors: Bool { problems.contains { $0.severity == .error } }

  /// Names something that may vary.
  func axis(_ path: String) -> Axis {
    axes.append(path)
    return Axis(path)
  }

  /// Notes an axis that is recorded without being drawn.
  func note(axis path: String) { axes.append(path) }

  /// `value` as a map whose keys are all known; nil (and a problem) where it is something else.
  ///
  /// - Parameter what: what the map describes, for messages: `an object`.
  func map(_ value: YAMLNode, _ what: String, keys: [String]) -> Fields? {
    guard let entries = value.entries else {
      error(
        value, "Here stands \(value.kind), but \(what) is a map.", "Write its keys: \(keys.joined(separator: ", ")).")
      return nil
    }
    for entry in entries where !keys.contains(entry.key) {
      let remedy =
        closestMatch(to: entry.key, among: keys).map { "Did you mean `\($0)`?" }
        ?? "It can have: \(keys.joined(separator: ", "))."
      error(entry.keyLocation, "`\(entry.key)` is no key of \(what).", remedy)
    }
    return Fields(node: value, what: what, decoder: self)
  }

  /// The items of a list; nil (and a problem) where it is something else or has another length.
  func list(_ value: YAMLNode, _ what: String, count: Int? = nil, atMost: Int = 1000) -> [YAMLNode]? {
    guard let items = value.items else {
      let remedy =
        if let count {
          "Write \(count == 3 ? "[x, y, z]" : count == 2 ? "[a, b]" : "[...] with \(count) entries")."
        } else if value.isNull {
          "Write [...], or [] for none."
        } else {
          "Write it in brackets: \(value.text.map { "[\($0.prefix(40))]" } ?? "[...]")."
        }
      error(value, "Here stands \(value.kind), but \(what) is a list.", remedy)
      return nil
    }
    if items.count > atMost {
      error(value, "There are \(items.count) \(what), more than the \(atMost) that a scene can have.", "Use fewer.")
      return nil
    }
    if let count, items.count != count {
      error(
        value,
        "\(what.capitalizedFirst) has \(items.count == 1 ? "1 entry" : "\(items.count) entries"), but needs \(count).",
        "Write \(count) entries.")
      return nil
    }
    return items
  }

  func text(_ value: YAMLNode, _ what: String) -> String? {
    guard let text = value.text, !value.isNull else {
      error(value, "Here stands \(value.kind), but \(what) is a text.", "Write a text.")
      return nil
    }
    return text
  }

  func flag(_ value: YAMLNode, _ what: String) -> Bool? {
    if let truth = value.truth { return truth }
    error(value, "Here stands \(value.kind), but \(what) is true or false.", "Write `true` or `false`.")
    return nil
  }

  func wholeNumber(_ value: YAMLNode, _ what: String, _ range: ClosedRange<Int>) -> Int? {
    guard let number = value.number else {
      error(
        value, "Here stands \(value.kind), but \(what) is a whole number that never varies.",
        "Write a number from \(range.lowerBound) to \(range.upperBound).")
      return nil
    }
    guard let whole = Int(exactly: number), range.contains(whole) else {
      error(
        value,
        "\(what.capitalizedFirst) is \(value.text ?? ""), but must be a whole number from \(range.lowerBound) to \(range.upperBound).",
        "Change it.")
      return nil
    }
    return whole
  }

  /// The version of a file's format, which must be the number 1.
  func checkFormat(_ value: YAMLNode, _ what: String, _ key: String) {
    guard let version = value.number else {
      error(value, "Here stands \(value.kind), but the \(what)'s format is a number.", "Write `\(key): 1`.")
      return
    }
    if version != 1 {
      error(
        value, "This is \(what) format \(value.text ?? ""), but this program reads format 1.",
        "Write `\(key): 1`, or use the program that wrote the file.")
    }
  }

  /// A name that can stand in axis paths, file names and column names.
  func name(_ value: YAMLNode, _ what: String) -> String? {
    guard let text = text(value, what) else { return nil }
    let isAllowed = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains($0))
    }
    guard isAllowed, (1...64).contains(text.utf8.count) else {
      error(
        value, "\"\(text.prefix(80))\" cannot be a name.",
        "Use 1 to 64 letters, digits, `_` and `-` (no spaces, dots or slashes).")
      return nil
    }
    return text
  }
}

/// The entries of one map whose keys were checked.
struct Fields {
  let node: YAMLNode
  let what: String
  let decoder: Decoder

  subscript(key: String) -> YAMLNode? { node[key] }

  /// The value of a key that must be there.
  func required(_ key: String, _ remedy: String) -> YAMLNode? {
    if let value = node[key], !value.isNull { return value }
    if let value = node[key] {
      decoder.error(value, "`\(key)` has no value.", remedy)
    } else {
      decoder.error(node, "\(what.capitalizedFirst) has no `\(key)`.", remedy)
    }
    return nil
  }

  /// Of several keys exactly one must be there.
  func exactlyOne(of keys: [String], _ remedy: String) -> (key: String, value: YAMLNode)? {
    let present = keys.compactMap { key in node[key].map { (key: key, value: $0) } }
    if present.count == 1 { return present[0] }
    let named = present.isEmpty ? keys : present.map(\.key)
    let names = named.map { "`\($0)`" }.joined(separator: present.isEmpty ? " or " : " and ")
    decoder.error(
      node,
      present.isEmpty
        ? "\(what.capitalizedFirst) has no \(names)." : "\(what.capitalizedFirst) can have only one of \(names).",
      remedy)
    return nil
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
