public import Diagnostics

/// An expression over columns of values, settled against the columns that there are: a condition or a value of each row.
///
/// Logic has three values: what is compared with a null is unknown, `!` of it too, and a condition that is unknown does not
/// hold. A NaN is a null. `x is null` asks for it.
public struct Expression: Sendable {
  /// The most characters.
  static let longest = 1 << 14

  /// As it was written.
  public let text: String
  /// The columns that it needs.
  public let columns: [String]
  /// What it gives.
  public let kind: ValueKind
  let node: Node

  private init(text: String, columns: [String], kind: ValueKind, node: Node) {
    self.text = text
    self.columns = columns
    self.kind = kind
    self.node = node
  }

  /// A column by itself.
  init(column: String, _ kind: ValueKind) {
    self.init(text: column, columns: [column], kind: kind, node: .column(0))
  }

  /// A condition, for example `success && failure.cause == none`.
  ///
  /// - Parameters:
  ///   - columns: Names and kinds of what there is.
  ///   - label: Stands for the file in messages.
  /// - Throws: All that is wrong with it.
  public init(
    condition text: String, columns: [(name: String, kind: ValueKind)], label: String = "expression"
  ) throws(InputError) {
    let settled = try Expression.settled(text, columns, label, isList: false) { check, syntax in
      check.condition(syntax).map { ($0, .truth) }
    }
    self = settled[0]
  }

  /// Values with commas between them, for example `length, draw.objects/cube/mass * 1000`.
  ///
  /// - Throws: All that is wrong with them.
  public static func values(
    _ text: String, columns: [(name: String, kind: ValueKind)], label: String
  ) throws(InputError) -> [Expression] {
    try settled(text, columns, label, isList: true) { check, syntax in check.wholeValue(syntax) }
  }

  /// Values to sort by; a `-` in front turns the order around.
  ///
  /// - Throws: All that is wrong with them.
  static func order(
    _ text: String, columns: [(name: String, kind: ValueKind)], label: String
  ) throws(InputError) -> [(value: Expression, isDescending: Bool)] {
    var descending: [Bool] = []
    let values = try settled(text, columns, label, isList: true) { check, syntax in
      if case .negative(let inner) = syntax.kind {
        descending.append(true)
        return check.wholeValue(inner)
      }
      descending.append(false)
      return check.wholeValue(syntax)
    }
    return zip(values, descending).map { (value: $0, isDescending: $1) }
  }

  /// What the text is made of, and what is wrong with that.
  static func trees(
    _ scalars: [Unicode.Scalar], _ columns: [(name: String, kind: ValueKind)], _ label: String, isList: Bool
  ) throws(InputError) -> (trees: [Syntax], problems: [ExpressionProblem]) {
    guard scalars.count <= longest else {
      throw InputError(
        at: SourceLocation(file: label), "it has \(scalars.count) characters; \(longest) are the most.",
        remedy: "Write a shorter expression.")
    }
    var problems: [ExpressionProblem] = []
    let tokens = Lexer.tokens(scalars, columns: columns.map(\.name), &problems)
    let (trees, problem) = Parser.parse(tokens, isList: isList)
    // A text that does not end explains all that follows it.
    if let problem, problems.isEmpty { problems.append(problem) }
    return (trees, problems)
  }

  private static func settled(
    _ text: String, _ columns: [(name: String, kind: ValueKind)], _ label: String, isList: Bool,
    _ settle: (inout TypeCheck, Syntax) -> TypeCheck.Typed?
  ) throws(InputError) -> [Expression] {
    let scalars = Array(text.unicodeScalars)
    let (trees, faults) = try trees(scalars, columns, label, isList: isList)
    var problems = faults
    var check = TypeCheck(columns)
    let found = trees.map { (range: $0.range, typed: settle(&check, $0)) }
    problems += check.problems
    guard problems.isEmpty else { throw InputError(problems.map { $0.diagnostic(label: label, scalars) }) }
    return found.compactMap { part in
      part.typed.map {
        Expression(
          text: String(String.UnicodeScalarView(scalars[part.range])), columns: check.columns, kind: $0.kind,
          node: $0.node)
      }
    }
  }
}
