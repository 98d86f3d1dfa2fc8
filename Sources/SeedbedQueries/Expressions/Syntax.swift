/// An expression as it is written, with the places of its parts.
struct Syntax: Sendable {
  indirect enum Kind: Sendable {
    case integer(Int64)
    case number(Double)
    case text(String)
    /// Without quotes: a text, or the name of a column that does not exist.
    case word(String)
    case column(String)
    case truth(Bool)
    case index(Syntax, Int)
    case call(String, [Syntax])
    case negative(Syntax)
    case not(Syntax)
    case arithmetic(Token.Sign, Syntax, Syntax)
    case comparison(Token.Sign, Syntax, Syntax)
    case contains(Syntax, Syntax)
    case isIn(Syntax, [Syntax])
    /// In a column of lists.
    case isInside(Syntax, Syntax)
    case isNull(Syntax)
    case all([Syntax])
    case any([Syntax])
    /// What could not be read; its problem is written down.
    case broken
  }

  var kind: Kind
  var range: Range<Int>
  /// Of the tree below.
  var depth: Int

  init(_ kind: Kind, _ range: Range<Int>, over parts: [Syntax] = []) {
    self.kind = kind
    self.range = range
    depth = 1 + (parts.map(\.depth).max() ?? 0)
  }
}
