/// A word, number, text or sign of an expression, and where it stands.
struct Token: Sendable {
  enum Kind: Sendable, Equatable {
    case number(Double)
    /// A whole number that fits exactly.
    case integer(Int64)
    /// In quotes.
    case text(String)
    /// Without quotes, and the name of no column.
    case word(String)
    /// The name of a column, or whatever stood in backticks.
    case column(String)
    case sign(Sign)
    case end
  }

  enum Sign: String, Sendable, CaseIterable {
    case equal = "=="
    case unequal = "!="
    case atMost = "<="
    case atLeast = ">="
    case and = "&&"
    case or = "||"
    case matches = "=~"
    case less = "<"
    case greater = ">"
    case not = "!"
    case open = "("
    case close = ")"
    case openIndex = "["
    case closeIndex = "]"
    case comma = ","
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
  }

  var kind: Kind
  /// Scalars of the expression, from 0.
  var range: Range<Int>
}

extension Token {
  /// As messages call it.
  var name: String {
    switch kind {
    case .number(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .text(let text): "the text '\(text)'"
    case .word(let word), .column(let word): "'\(word)'"
    case .sign(let sign): "'\(sign.rawValue)'"
    case .end: "the end"
    }
  }
}
