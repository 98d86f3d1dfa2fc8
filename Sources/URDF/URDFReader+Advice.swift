import Diagnostics
import XML

extension URDFReader {
  /// "Did you mean" with the closest name; nil where none is close. Stops looking after fifty, so that a file of wrong
  /// names does not take for ever.
  mutating func suggestion(_ word: String, among names: some Sequence<String>, quote: (String) -> String) -> String? {
    suggestions += 1
    guard suggestions <= 50 else { return nil }
    return closestMatch(to: word, among: names).map { "Did you mean \(quote($0))?" }
  }

  /// Elements and attributes that we do not know are passed over, unless they look like a slip of the pen.
  mutating func warnOfTypos(in element: XMLElement, known: [String]) {
    for child in element.children where !known.contains(child.name) {
      guard let meant = suggestion(child.name, among: known, quote: { "<\($0)>" }) else { continue }
      warning(
        child.location, "<\(child.name)> in <\(element.name)> is not known and has no effect.",
        meant)
    }
  }

  mutating func warnOfTypos(inAttributesOf element: XMLElement, known: [String]) {
    for attribute in element.attributes where !known.contains(attribute.name) {
      guard let meant = suggestion(attribute.name, among: known, quote: { "'\($0)'" }) else { continue }
      warning(
        attribute.location, "'\(attribute.name)' in <\(element.name)> is not known and has no effect.",
        meant)
    }
  }

  /// Of one kind, in the order of the file; the first hundred.
  func sorted(_ severity: Diagnostic.Severity) -> [Diagnostic] {
    let all = diagnostics.filter { $0.severity == severity }.sorted {
      ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
    }
    guard all.count > Self.mostProblems else { return all }
    let rest = Diagnostic(
      severity, at: SourceLocation(file: path), "There are \(all.count - Self.mostProblems) more problems like these.",
      remedy: "")
    return all.prefix(Self.mostProblems) + [rest]
  }
}
