import Diagnostics

/// One thing that is wrong with an expression, before anybody knows where it came from.
struct ExpressionProblem: Equatable {
  /// Scalars of the expression, from 0.
  var range: Range<Int>
  var message: String
  var remedy: String

  init(_ range: Range<Int>, _ message: String, _ remedy: String) {
    self.range = range
    self.message = message
    self.remedy = remedy
  }
}

extension ExpressionProblem {
  /// `label:1:12: error: …`
  func diagnostic(label: String, _ scalars: [Unicode.Scalar]) -> Diagnostic {
    let before = scalars[..<min(range.lowerBound, scalars.count)]
    let line = 1 + before.count { $0 == "\n" }
    let column = 1 + before.count - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0)
    return Diagnostic(.error, at: SourceLocation(file: label, line: line, column: column), message, remedy: remedy)
  }
}
