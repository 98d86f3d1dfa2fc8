/// Reads an expression. From the loosest to the tightest: `||`, `&&`, `not`, comparisons, `+ -`, `* /`, `- !`, `[ ]`.
struct Parser {
  /// No expression that a person writes comes near; deeper ones would overflow the stack.
  private static let deepest = 100

  private let tokens: [Token]
  private var at = 0
  private var depth = 0
  private(set) var problem: ExpressionProblem?

  /// The tree, or with `isList` one for each part between commas; none where it cannot be read, with the first problem
  /// (what follows it means nothing).
  static func parse(_ tokens: [Token], isList: Bool) -> (trees: [Syntax], problem: ExpressionProblem?) {
    var parser = Parser(tokens)
    var trees = [parser.either()]
    while isList, parser.take(.comma) { trees.append(parser.either()) }
    if parser.problem == nil, parser.token.kind != .end {
      let chained = if case .sign(let sign) = parser.token.kind { sign.isComparison } else { false }
      parser.fail(
        "\(parser.token.name) does not belong here.",
        chained ? "Write two comparisons joined by &&." : "Join conditions with && or ||, and quote texts with spaces.")
    }
    return parser.problem == nil ? (trees, nil) : ([], parser.problem)
  }

  private init(_ tokens: [Token]) { self.tokens = tokens }

  private var token: Token { tokens[min(at, tokens.count - 1)] }

  private mutating func fail(_ message: String, _ remedy: String) {
    problem = problem ?? ExpressionProblem(token.range, message, remedy)
    at = tokens.count - 1
  }

  private mutating func take(_ sign: Token.Sign) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    at += 1
    return true
  }

  private func isWord(_ word: String, at place: Int) -> Bool {
    guard place < tokens.count, case .word(let written) = tokens[place].kind else { return false }
    return written.lowercased() == word
  }

  private mutating func take(_ words: String...) -> Bool {
    guard words.indices.allSatisfy({ isWord(words[$0], at: at + $0) }) else { return false }
    at += words.count
    return true
  }

  private mutating func nested(_ start: Int, _ parse: (inout Parser) -> Syntax) -> Syntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.deepest else {
      fail("it is nested more than \(Parser.deepest) deep.", "Write it with fewer parentheses.")
      return Syntax(.broken, start..<start)
    }
    return parse(&self)
  }

  private mutating func node(_ kind: Syntax.Kind, _ start: Int, _ parts: [Syntax]) -> Syntax {
    let end = at > 0 ? tokens[at - 1].range.upperBound : start
    let result = Syntax(kind, start..<max(start, end), over: parts)
    guard result.depth <= 2 * Parser.deepest else {
      fail("it has too many operations in a row.", "Write a shorter expression.")
      return Syntax(.broken, start..<start)
    }
    return result
  }

  private mutating func either() -> Syntax {
    let start = token.range.lowerBound
    return nested(start) { parser in
      var parts = [parser.both()]
      while parser.take(.or) || parser.take("or") { parts.append(parser.both()) }
      return parts.count == 1 ? parts[0] : parser.node(.any(parts), start, parts)
    }
  }

  private mutating func both() -> Syntax {
    let start = token.range.lowerBound
    var parts = [inverse()]
    while take(.and) || take("and") { parts.append(inverse()) }
    return parts.count == 1 ? parts[0] : node(.all(parts), start, parts)
  }

  private mutating func inverse() -> Syntax {
    let start = token.range.lowerBound
    guard take("not") else { return comparison() }
    return nested(start) { parser in
      let inner = parser.inverse()
      return parser.node(.not(inner), start, [inner])
    }
  }

  private mutating func comparison() -> Syntax {
    let start = token.range.lowerBound
    let left = sum()
    if case .sign(let sign) = token.kind, sign.isComparison {
      at += 1
      let right = sum()
      return node(.comparison(sign, left, right), start, [left, right])
    }
    if take("is", "not", "null") { return inverted(node(.isNull(left), start, [left]), start) }
    if take("is", "null") { return node(.isNull(left), start, [left]) }
    if take("not", "in") { return inverted(membership(left, start), start) }
    if take("in") { return membership(left, start) }
    if take("not", "contains") { return inverted(containment(left, start), start) }
    if take("contains") { return containment(left, start) }
    return left
  }

  private mutating func inverted(_ inner: Syntax, _ start: Int) -> Syntax { node(.not(inner), start, [inner]) }

  private mutating func containment(_ left: Syntax, _ start: Int) -> Syntax {
    let right = sum()
    return node(.contains(left, right), start, [left, right])
  }

  private mutating func membership(_ left: Syntax, _ start: Int) -> Syntax {
    guard take(.open) else {
      let right = postfix()
      return node(.isInside(left, right), start, [left, right])
    }
    var values: [Syntax] = []
    repeat {
      if token.kind == .sign(.close), !values.isEmpty { break }
      values.append(sum())
    } while take(.comma)
    if !take(.close) { fail("a ')' is missing behind the list.", "Write for example in (slipped, dropped).") }
    return node(.isIn(left, values), start, [left] + values)
  }

  private mutating func sum() -> Syntax {
    let start = token.range.lowerBound
    var left = product()
    while case .sign(let sign) = token.kind, sign == .plus || sign == .minus {
      at += 1
      let right = product()
      left = node(.arithmetic(sign, left, right), start, [left, right])
    }
    return left
  }

  private mutating func product() -> Syntax {
    let start = token.range.lowerBound
    var left = prefix()
    while case .sign(let sign) = token.kind, sign == .times || sign == .divided {
      at += 1
      let right = prefix()
      left = node(.arithmetic(sign, left, right), start, [left, right])
    }
    return left
  }

  private mutating func prefix() -> Syntax {
    let start = token.range.lowerBound
    let isNegative = take(.minus)
    guard isNegative || take(.not) else { return postfix() }
    return nested(start) { parser in
      let inner = parser.prefix()
      return parser.node(isNegative ? .negative(inner) : .not(inner), start, [inner])
    }
  }

  private mutating func postfix() -> Syntax {
    let start = token.range.lowerBound
    var inner = primary()
    while take(.openIndex) {
      guard case .integer(let place) = token.kind, (0..<1 << 20).contains(place) else {
        fail("\(token.name) is no place in a list.", "Write a whole number from 0, for example [0].")
        return inner
      }
      at += 1
      if !take(.closeIndex) { fail("a ']' is missing.", "Write for example [0].") }
      inner = node(.index(inner, Int(place)), start, [inner])
    }
    return inner
  }

  private mutating func primary() -> Syntax {
    let start = token.range.lowerBound
    let kind: Syntax.Kind
    switch token.kind {
    case .integer(let value): kind = .integer(value)
    case .number(let value): kind = .number(value)
    case .text(let text): kind = .text(text)
    case .column(let name):
      // A column may be called like a function.
      if Node.Function(rawValue: name) != nil, tokens[min(at + 1, tokens.count - 1)].kind == .sign(.open) {
        return call(name, start)
      }
      kind = .column(name)
    case .word(let word):
      if case .sign(.open) = tokens[min(at + 1, tokens.count - 1)].kind { return call(word, start) }
      kind = ["true", "false"].contains(word.lowercased()) ? .truth(word.lowercased() == "true") : .word(word)
    case .sign(.open):
      at += 1
      let inner = either()
      if !take(.close) { fail("a ')' is missing.", "Close what '(' opened.") }
      return inner
    case .sign, .end:
      fail(
        token.kind == .end ? "something is missing at the end." : "\(token.name) stands where a value belongs.",
        "Write for example success && length > 100.")
      return Syntax(.broken, start..<start)
    }
    at += 1
    return node(kind, start, [])
  }

  private mutating func call(_ name: String, _ start: Int) -> Syntax {
    at += 2
    var arguments: [Syntax] = []
    if token.kind != .sign(.close) {
      repeat { arguments.append(either()) } while take(.comma)
    }
    if !take(.close) { fail("a ')' is missing.", "Close what '(' opened.") }
    return node(.call(name, arguments), start, arguments)
  }
}

extension Token.Sign {
  var isComparison: Bool {
    switch self {
    case .equal, .unequal, .less, .atMost, .greater, .atLeast, .matches: true
    default: false
    }
  }
}
