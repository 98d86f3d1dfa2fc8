/// What looks into texts and lists: `=~`, `in`, `contains`.
extension TypeCheck {
  mutating func pattern(_ a: Typed, _ left: Syntax, _ right: Syntax, _ b: Typed) -> Node? {
    guard a.kind.fits(.text) else {
      mismatch(left, a.kind, "'=~' looks into texts")
      return nil
    }
    guard case .text(let text) = b.node else {
      fail(right, "the pattern of '=~' is no text.", "Write it in quotes, for example =~ '^pick .*cube$'.")
      return nil
    }
    do throws(TextPattern.Failure) {
      return .matches(a.node, try TextPattern(String(decoding: text, as: UTF8.self)))
    } catch {
      fail(right, "the pattern cannot be used: \(error.reason).", "It may hold . [a-z] * + ? | ( ) ^ $ \\d \\w \\s.")
      return nil
    }
  }

  mutating func membership(_ left: Syntax, _ values: [Syntax], _ syntax: Syntax) -> Node? {
    let a = value(left)
    let items = values.map { item in (syntax: item, typed: value(item)) }
    guard let a else { return nil }
    var integers: Set<Int64> = [], numbers: [Double] = [], texts: Set<[UInt8]> = []
    for item in items {
      guard let typed = item.typed else { return nil }
      switch typed.node {
      case .integer(let value) where a.kind.isNumeric:
        integers.insert(value)
        numbers.append(Double(value))
      case .number(let value) where a.kind.isNumeric: numbers.append(value)
      case .text(let text) where a.kind.fits(.text): texts.insert(text)
      case .integer, .number, .text:
        mismatch(item.syntax, typed.kind, "the values of this list should be like its left side, \(a.kind.name)")
        return nil
      default:
        fail(item.syntax, "a list behind 'in' holds numbers or texts only.", "Join comparisons with || instead.")
        return nil
      }
    }
    if a.kind == .integer && integers.count == Set(numbers).count { return .isIntegerOf(a.node, integers) }
    if a.kind.isNumeric && texts.isEmpty { return .isNumberOf(a.node, numbers) }
    if a.kind.fits(.text) { return .isTextOf(a.node, texts) }
    mismatch(left, a.kind, "'in' looks for numbers and texts")
    return nil
  }

  mutating func inside(_ left: Syntax, _ list: Syntax) -> Node? {
    let a = value(left), b = value(list)
    guard let a, let b else { return nil }
    guard case .list(let element) = b.kind else {
      mismatch(list, b.kind, "'in' needs a list: values in parentheses, or a column of lists")
      return nil
    }
    guard a.kind.fits(element) || (a.kind.isNumeric && element.isNumeric) else {
      mismatch(left, a.kind, "the list holds other values")
      return nil
    }
    return .isInside(a.node, b.node)
  }

  mutating func containment(_ left: Syntax, _ right: Syntax) -> Node? {
    let a = value(left), b = value(right)
    guard let a, let b else { return nil }
    if case .list(let element) = a.kind, element.isNumeric, b.kind.isNumeric { return .isInside(b.node, a.node) }
    guard a.kind.fits(.text) || a.kind == .list(.text) else {
      mismatch(left, a.kind, "'contains' looks into texts and lists")
      return nil
    }
    guard b.kind.fits(.text) else {
      mismatch(right, b.kind, "'contains' looks for a text here")
      return nil
    }
    return .contains(a.node, b.node)
  }
}
