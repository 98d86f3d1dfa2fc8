public import Diagnostics

extension Expression {
  /// A condition that others are joined to by `&&`.
  public struct Part: Sendable, Equatable {
    /// As it was written.
    public let text: String
    /// The columns that it needs.
    public let columns: [String]
  }

  /// The conditions that are joined by `&&` at the outermost, one if there is no `&&`.
  ///
  /// - Throws: All that is wrong with them.
  public static func parts(
    ofCondition text: String, columns: [(name: String, kind: ValueKind)], label: String
  ) throws(InputError) -> [Part] {
    let scalars = Array(text.unicodeScalars)
    let (trees, faults) = try Expression.trees(scalars, columns, label, isList: false)
    var problems = faults
    var parts: [Part] = []
    for tree in trees.flatMap(\.conjuncts) {
      var check = TypeCheck(columns)
      _ = check.condition(tree)
      problems += check.problems
      parts.append(Part(text: String(String.UnicodeScalarView(scalars[tree.range])), columns: check.columns))
    }
    guard problems.isEmpty else { throw InputError(problems.map { $0.diagnostic(label: label, scalars) }) }
    return parts
  }
}

extension Syntax {
  fileprivate var conjuncts: [Syntax] {
    if case .all(let parts) = kind { parts.flatMap(\.conjuncts) } else { [self] }
  }
}
