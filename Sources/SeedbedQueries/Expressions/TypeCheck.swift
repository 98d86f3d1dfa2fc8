import Diagnostics

/// Settles names and types of an expression, and gathers all that is wrong with them.
struct TypeCheck {
  typealias Typed = (node: Node, kind: ValueKind)

  private let kinds: [String: ValueKind]
  private let names: [String]
  /// The columns that are needed, in the order of their first use.
  private(set) var columns: [String] = []
  private(set) var problems: [ExpressionProblem] = []
  /// Words of the expression that no column is called.
  private var hasColumn = false

  init(_ columns: [(name: String, kind: ValueKind)]) {
    kinds = Dictionary(columns.map { ($0.name, $0.kind) }) { first, _ in first }
    names = columns.map(\.name)
  }

  mutating func fail(_ syntax: Syntax, _ message: String, _ remedy: String) {
    problems.append(ExpressionProblem(syntax.range, message, remedy))
  }

  // MARK: Values

  /// A value by itself, where a bare word can only be a misspelt column.
  mutating func wholeValue(_ syntax: Syntax) -> Typed? {
    if case .word(let word) = syntax.kind {
      fail(syntax, "there is no column '\(word)'.", TypeCheck.advice(word, names))
      return nil
    }
    return value(syntax)
  }

  /// nil where its problem is written down.
  mutating func value(_ syntax: Syntax) -> Typed? {
    switch syntax.kind {
    case .integer(let value): return (.integer(value), .integer)
    case .number(let value): return (.number(value), .number)
    case .text(let text): return (.text(Array(text.utf8)), .text)
    case .truth(let value): return (.truth(value), .truth)
    case .word(let word):
      if word.lowercased() == "null" {
        fail(syntax, "nothing compares with null.", "Write is null, or is not null.")
        return nil
      }
      return (.text(Array(word.utf8)), .text)
    case .column(let name): return column(name, syntax)
    case .index(let list, let place):
      guard let list = value(list) else { return nil }
      guard case .list(let element) = list.kind else {
        fail(syntax, "[\(place)] is asked of what is \(list.kind.name), not a list.", "Leave it out.")
        return nil
      }
      return (.element(list.node, place), element)
    case .negative(let inner):
      guard let number = number(inner, "'-'") else { return nil }
      if case .integer(let value) = number.node, value != .min { return (.integer(-value), .integer) }
      if case .number(let value) = number.node { return (.number(-value), .number) }
      return (.negative(number.node), .number)
    case .arithmetic(let sign, let left, let right):
      let a = number(left, "'\(sign.rawValue)'"), b = number(right, "'\(sign.rawValue)'")
      guard let a, let b else { return nil }
      return (.arithmetic(sign, a.node, b.node), .number)
    case .call(let name, let arguments): return call(name, arguments, syntax)
    case .broken: return nil
    default: return condition(syntax).map { ($0, .truth) }
    }
  }

  private mutating func column(_ name: String, _ syntax: Syntax) -> Typed? {
    guard let kind = kinds[name] else {
      fail(syntax, "there is no column '\(name)'.", TypeCheck.advice(name, names))
      return nil
    }
    hasColumn = true
    guard kind != .other, kind != .list(.other) else {
      fail(syntax, "the column '\(name)' is \(kind.name).", "Use another column.")
      return nil
    }
    let place = columns.firstIndex(of: name) ?? columns.count
    if place == columns.count { columns.append(name) }
    return (.column(place), kind)
  }

  /// The nearest name, or how to see all.
  static func advice(_ name: String, _ names: [String]) -> String {
    if let near = closestMatch(to: name, among: names) { return "Did you mean '\(near)'?" }
    let last = name.split { $0 == "." || $0 == "/" }.last.map(String.init) ?? name
    let holding = names.filter { !$0.hasPrefix("stats/") && ($0.contains(last) || last.contains($0)) }.prefix(3)
    if !holding.isEmpty && last.count > 2 {
      return "Did you mean \(holding.map { "'\($0)'" }.joined(separator: " or "))?"
    }
    return "`seedbed query DATASET --columns` lists all."
  }

  private mutating func number(_ syntax: Syntax, _ user: String) -> Typed? {
    guard let typed = value(syntax) else { return nil }
    if typed.kind.isNumeric { return typed }
    mismatch(syntax, typed.kind, "\(user) needs numbers")
    return nil
  }

  /// Says what a part is; a bare word is most often a misspelt column.
  mutating func mismatch(_ syntax: Syntax, _ kind: ValueKind, _ need: String) {
    if case .word(let word) = syntax.kind {
      fail(syntax, "\(need); '\(word)' is no column, so it is a text.", TypeCheck.advice(word, names))
    } else if case .column(let name) = syntax.kind {
      fail(syntax, "\(need); the column '\(name)' is \(kind.name).", TypeCheck.remedy(name, kind))
    } else {
      fail(syntax, "\(need); this is \(kind.name).", "Compare it with a value of its own kind.")
    }
  }

  private static func remedy(_ name: String, _ kind: ValueKind) -> String {
    switch kind {
    case .integer, .number: "Compare it with a number, for example \(name) > 0."
    case .text: "Compare it with a text, for example \(name) == none."
    case .list(.text): "Write \(name) contains 'text', or \(name)[0]."
    case .list: "Write \(name)[0], min(\(name)) or max(\(name))."
    case .truth: "Write \(name) or !\(name)."
    case .null, .other: "Use another column."
    }
  }

  private mutating func call(_ name: String, _ arguments: [Syntax], _ syntax: Syntax) -> Typed? {
    guard let function = Node.Function(rawValue: name.lowercased()) else {
      let names = Node.Function.allCases.map(\.rawValue)
      fail(
        syntax, "there is no function '\(name)'.",
        closestMatch(to: name, among: names).map { "Did you mean \($0)?" }
          ?? "There are \(names.joined(separator: ", ")).")
      return nil
    }
    guard arguments.count == 1 else {
      fail(syntax, "\(function.rawValue) takes one argument, not \(arguments.count).", "Write \(function.rawValue)(…).")
      return nil
    }
    guard let inner = value(arguments[0]) else { return nil }
    let fits: Bool
    let result: ValueKind
    switch function {
    case .abs: (fits, result) = (inner.kind.isNumeric, .number)
    case .lower: (fits, result) = (inner.kind.fits(.text), .text)
    case .len:
      if case .list = inner.kind { fits = true } else { fits = inner.kind.fits(.text) }
      result = .integer
    case .min, .max, .mean:
      if case .list(let element) = inner.kind { fits = element.isNumeric } else { fits = false }
      result = .number
    }
    guard fits else {
      let need = [
        .abs: "a number", .lower: "a text", .len: "a text or a list", .min: "a list of numbers",
        .max: "a list of numbers",
        .mean: "a list of numbers",
      ][function, default: ""]
      mismatch(arguments[0], inner.kind, "\(function.rawValue) needs \(need)")
      return nil
    }
    return (.function(function, inner.node), result)
  }

  // MARK: Conditions

  /// nil where its problem is written down.
  mutating func condition(_ syntax: Syntax) -> Node? {
    switch syntax.kind {
    case .all(let parts): return joined(parts).map(Node.all)
    case .any(let parts): return joined(parts).map(Node.any)
    case .not(let inner): return condition(inner).map(Node.not)
    case .comparison(let sign, let left, let right): return comparison(sign, left, right, syntax)
    case .isNull(let inner): return value(inner).map { Node.isNull($0.node) }
    case .isIn(let left, let values): return membership(left, values, syntax)
    case .isInside(let left, let list): return inside(left, list)
    case .contains(let left, let right): return containment(left, right)
    case .broken: return nil
    default:
      guard let typed = value(syntax) else { return nil }
      if typed.kind.fits(.truth) { return typed.node }
      mismatch(syntax, typed.kind, "a condition is needed here")
      return nil
    }
  }

  private mutating func joined(_ parts: [Syntax]) -> [Node]? {
    // All of them, so that all problems are told.
    let nodes = parts.map { condition($0) }
    let good = nodes.compactMap { $0 }
    return good.count == nodes.count ? good : nil
  }

  private mutating func comparison(
    _ sign: Token.Sign, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) -> Node? {
    let before = columns.count, had = hasColumn
    hasColumn = false
    let a = value(left), b = value(right)
    let isOfColumns = hasColumn
    hasColumn = had || isOfColumns
    guard let a, let b else { return nil }
    if !isOfColumns, before == columns.count {
      for case (.word(let word), let side) in [(left.kind, left), (right.kind, right)] {
        fail(
          side, "nothing in this comparison is a column: '\(word)' is none.", TypeCheck.advice(word, names))
        return nil
      }
    }
    if sign == .matches { return pattern(a, left, right, b) }
    guard let order = Node.Order(sign) else { return nil }
    if a.kind.isNumeric && b.kind.isNumeric {
      return a.kind == .integer && b.kind == .integer
        ? .compareIntegers(order, a.node, b.node) : .compareNumbers(order, a.node, b.node)
    }
    if a.kind.fits(.text) && b.kind.fits(.text) { return .compareTexts(order, a.node, b.node) }
    if a.kind.fits(.truth) && b.kind.fits(.truth), order == .equal || order == .unequal {
      return .compareTruths(order, a.node, b.node)
    }
    contradiction(left, a.kind, right, b.kind, sign, syntax)
    return nil
  }

  private mutating func contradiction(
    _ left: Syntax, _ a: ValueKind, _ right: Syntax, _ b: ValueKind, _ sign: Token.Sign, _ syntax: Syntax
  ) {
    for (side, kind, other) in [(left, a, b), (right, b, a)] {
      if case .list = kind {
        mismatch(side, kind, "'\(sign.rawValue)' compares single values")
        return
      }
      if case .word = side.kind {
        mismatch(side, kind, "the other side of '\(sign.rawValue)' is \(other.name)")
        return
      }
    }
    if a == .truth && b == .truth {
      fail(syntax, "truth values have no order for '\(sign.rawValue)'.", "Write == or !=.")
    } else {
      fail(
        syntax, "'\(sign.rawValue)' compares \(a.name) with \(b.name).", "Compare values of one kind; texts are quoted."
      )
    }
  }
}
