import Diagnostics

/// Gathers what is wrong with a request, so that the user sees all of it at once.
struct MixProblems {
  /// So many are shown.
  private static let most = 50

  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameter place: A flag ("--ratio") or a source's folder.
  mutating func add(_ place: String, _ message: String, _ remedy: String) {
    diagnostics.append(Diagnostic(.error, at: SourceLocation(file: place), message, remedy: remedy))
  }

  mutating func add(_ error: InputError) { diagnostics += error.diagnostics }

  func check() throws(InputError) {
    if diagnostics.isEmpty { return }
    var shown = Array(diagnostics.prefix(Self.most))
    if diagnostics.count > shown.count {
      shown.append(
        Diagnostic(
          .error, at: SourceLocation(file: "mix"), "there are \(diagnostics.count - shown.count) more problems.",
          remedy: ""))
    }
    throw InputError(shown)
  }
}
