package import Diagnostics

/// A YAML value with its place in the file: what the decoders read.
package struct YAMLNode: Sendable {
  package indirect enum Content: Sendable {
    /// `isPlain`: written without quotes, so that it may be a number or a truth value.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  package struct Entry: Sendable {
    package var key: String
    package var keyLocation: SourceLocation
    package var value: YAMLNode
  }

  package var content: Content
  package var location: SourceLocation

  package var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }
  package var items: [YAMLNode]? { if case .sequence(let items) = content { items } else { nil } }
  package var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

  /// Nothing was written: an empty value, `~` or `null`.
  package var isNull: Bool {
    if case .scalar(let text, isPlain: true) = content {
      ["", "~", "null", "Null", "NULL"].contains(text)
    } else {
      false
    }
  }

  package subscript(key: String) -> YAMLNode? { entries?.first { $0.key == key }?.value }

  /// The key and the value of a mapping with exactly one entry.
  var onlyEntry: Entry? {
    guard let entries, entries.count == 1 else { return nil }
    return entries[0]
  }

  /// What kind of value this is, for messages: `a list`, `the text "abc"`, …
  package var kind: String {
    switch content {
    case .scalar(let text, let isPlain):
      if isNull { return "nothing" }
      let shown = text.count > 40 ? text.prefix(37) + "..." : Substring(text)
      if isPlain, number != nil { return "the number \(shown)" }
      if isPlain, truth != nil { return "\(shown)" }
      return "the text \"\(shown)\""
    case .sequence(let items): return items.isEmpty ? "an empty list" : "a list of \(items.count)"
    case .mapping(let entries):
      return entries.isEmpty ? "an empty map" : "a map (\(entries.prefix(3).map(\.key).joined(separator: ", ")))"
    }
  }

  /// Whether it is a map none of whose keys is among these.
  func isMapOfOther(than keys: [String]) -> Bool {
    entries.map { $0.allSatisfy { !keys.contains($0.key) } } ?? false
  }

  /// The number of a plain scalar in YAML 1.2's decimal notation; nil for anything else. Infinite where YAML says so.
  package var number: Double? {
    guard case .scalar(let text, isPlain: true) = content, !text.isEmpty, text.utf8.count <= 64 else { return nil }
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .infinity
    case "-.inf", "-.Inf", "-.INF": return -.infinity
    case ".nan", ".NaN", ".NAN": return .nan
    default: break
    }
    guard text.utf8.allSatisfy({ ("0"..."9").contains(UnicodeScalar($0)) || ".+-eE".utf8.contains($0) }) else {
      return nil
    }
    guard text.utf8.contains(where: { ("0"..."9").contains(UnicodeScalar($0)) }) else { return nil }
    let unsigned = text.hasPrefix("+") ? String(text.dropFirst()) : text
    return unsigned.hasPrefix("+") ? nil : Double(unsigned)
  }

  package var truth: Bool? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return text == "true" ? true : text == "false" ? false : nil
  }
}
