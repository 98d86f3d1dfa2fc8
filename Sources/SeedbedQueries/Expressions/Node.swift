/// An expression whose names and types are settled: what is evaluated.
indirect enum Node: Sendable {
  enum Function: String, Sendable, CaseIterable { case abs, len, lower, max, mean, min }
  enum Order: Sendable { case equal, unequal, less, atMost, greater, atLeast }

  /// Of the expression's columns.
  case column(Int)
  case integer(Int64)
  case number(Double)
  case text([UInt8])
  case truth(Bool)
  /// An entry of a list, from 0; null behind its end.
  case element(Node, Int)
  case negative(Node)
  case arithmetic(Token.Sign, Node, Node)
  case function(Function, Node)
  case compareIntegers(Order, Node, Node)
  case compareNumbers(Order, Node, Node)
  case compareTexts(Order, Node, Node)
  case compareTruths(Order, Node, Node)
  case matches(Node, TextPattern)
  /// A part of a text; of a list of texts, a part of one of them.
  case contains(Node, Node)
  /// An entry of a list.
  case isInside(Node, Node)
  case isIntegerOf(Node, Set<Int64>)
  case isNumberOf(Node, [Double])
  case isTextOf(Node, Set<[UInt8]>)
  case isNull(Node)
  case not(Node)
  case all([Node])
  case any([Node])
}

extension Node.Order {
  init?(_ sign: Token.Sign) {
    switch sign {
    case .equal: self = .equal
    case .unequal: self = .unequal
    case .less: self = .less
    case .atMost: self = .atMost
    case .greater: self = .greater
    case .atLeast: self = .atLeast
    default: return nil
    }
  }
}
