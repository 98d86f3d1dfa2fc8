/// Cuts an expression into tokens. Names of columns may hold dots, slashes, dashes and brackets: at the beginning of a word
/// the longest name of a column that ends there is taken.
struct Lexer {
  private let scalars: [Unicode.Scalar]
  /// Of one length each, the longest first.
  private let names: [[Unicode.Scalar]]
  private var at = 0

  static func tokens(
    _ scalars: [Unicode.Scalar], columns: [String], _ problems: inout [ExpressionProblem]
  ) -> [Token] {
    var lexer = Lexer(scalars, columns)
    var tokens: [Token] = []
    while true {
      lexer.skipSpace()
      let start = lexer.at
      guard start < scalars.count else {
        tokens.append(Token(kind: .end, range: start..<start))
        return tokens
      }
      if let kind = lexer.next(&problems) { tokens.append(Token(kind: kind, range: start..<lexer.at)) }
    }
  }

  private init(_ scalars: [Unicode.Scalar], _ columns: [String]) {
    self.scalars = scalars
    names = columns.map { Array($0.unicodeScalars) }.filter { $0.first.map(Lexer.beginsWord) ?? false }
      .sorted { $0.count > $1.count }
  }

  private static func beginsWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
    beginsWord(scalar) || scalar == "." || scalar.properties.numericType != nil
  }

  private mutating func skipSpace() {
    while at < scalars.count, scalars[at].properties.isWhitespace { at += 1 }
  }

  /// The next token; nil where a problem was written down instead.
  private mutating func next(_ problems: inout [ExpressionProblem]) -> Token.Kind? {
    let start = at
    let first = scalars[at]
    if first == "'" || first == "\"" || first == "`" {
      guard let text = quoted(first) else {
        problems.append(
          .init(start..<scalars.count, "the text that begins here does not end.", "Close it with \(first)."))
        return nil
      }
      return first == "`" ? .column(text) : .text(text)
    }
    if Lexer.beginsWord(first) { return word() }
    if first.isDigit || (first == "." && at + 1 < scalars.count && scalars[at + 1].isDigit) {
      return number(&problems)
    }
    for sign in Token.Sign.allCases where scalars[at...].starts(with: sign.rawValue.unicodeScalars) {
      at += sign.rawValue.unicodeScalars.count
      return .sign(sign)
    }
    at += 1
    let meant: [Unicode.Scalar: String] = ["=": "Write == to compare.", "&": "Write &&.", "|": "Write ||."]
    problems.append(
      .init(
        start..<at, "'\(first)' has no meaning here.",
        meant[first] ?? "Write texts in quotes, and unusual names of columns in `backticks`."))
    return nil
  }

  /// The text up to the same quote; a backslash takes the next character as it is.
  private mutating func quoted(_ quote: Unicode.Scalar) -> String? {
    var text = String.UnicodeScalarView()
    var i = at + 1
    while i < scalars.count {
      if scalars[i] == quote {
        at = i + 1
        return String(text)
      }
      if scalars[i] == "\\", i + 1 < scalars.count, scalars[i + 1] == quote || scalars[i + 1] == "\\" { i += 1 }
      text.append(scalars[i])
      i += 1
    }
    at = scalars.count
    return nil
  }

  private mutating func word() -> Token.Kind {
    var end = at
    while end < scalars.count, Lexer.isInWord(scalars[end]) { end += 1 }
    let known = names.first { name in
      guard scalars[at...].starts(with: name) else { return false }
      let behind = at + name.count
      return behind >= end && (behind == scalars.count || !Lexer.isInWord(scalars[behind]))
    }
    if let known {
      at += known.count
      return .column(String(String.UnicodeScalarView(known)))
    }
    let word = String(String.UnicodeScalarView(scalars[at..<end]))
    at = end
    return .word(word)
  }

  private mutating func number(_ problems: inout [ExpressionProblem]) -> Token.Kind? {
    let start = at
    while at < scalars.count {
      let isSign =
        (scalars[at] == "-" || scalars[at] == "+") && at > start && "eE".unicodeScalars.contains(scalars[at - 1])
      guard Lexer.isInWord(scalars[at]) || isSign else { break }
      at += 1
    }
    let text = String(String.UnicodeScalarView(scalars[start..<at])).replacing("_", with: "")
    if let value = Int64(text) { return .integer(value) }
    if text.utf8.allSatisfy({ Lexer.numberBytes.contains($0) }), let value = Double(text), value.isFinite {
      return .number(value)
    }
    problems.append(.init(start..<at, "'\(text)' is no number.", "Write for example 12, 0.5 or 1e-3."))
    return nil
  }

  /// Digits, point, exponent and its sign: neither hexadecimal numbers nor "nan".
  private static let numberBytes = Set("0123456789.eE+-".utf8)
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
