/// Evaluates an expression over some rows, all rows of one operation at a time.
struct Evaluator {
  /// Of the expression's columns.
  let columns: [Vector]
  let count: Int

  func value(_ node: Node) -> Vector {
    switch node {
    case .column(let place): columns[place]
    case .integer, .number, .text, .truth: Vector.constant(node, count: count) ?? .nulls(count)
    case .element(let list, let place): element(value(list), place)
    case .negative(let inner): .numbers(value(inner).doubles.map { -$0 }, present: nil)
    case .arithmetic(let sign, let left, let right): arithmetic(sign, value(left).doubles, value(right).doubles)
    case .function(let function, let inner): apply(function, value(inner))
    default: .truths(condition(node))
    }
  }

  func condition(_ node: Node) -> [Truth] {
    switch node {
    case .all(let parts): return joined(parts, unless: .no, min)
    case .any(let parts): return joined(parts, unless: .yes, max)
    case .not(let inner): return condition(inner).map(\.inverse)
    case .isNull(let inner): return value(inner).nullMask
    case .compareIntegers(let order, let left, let right): return compareIntegers(order, left, right)
    case .compareNumbers(let order, let left, let right): return compareNumbers(order, left, right)
    case .compareTexts(let order, let left, let right): return compareTexts(order, left, right)
    case .compareTruths(let order, let left, let right):
      let a = condition(left), b = condition(right)
      return (0..<count).map { i in
        a[i] == .unknown || b[i] == .unknown ? .unknown : Truth((a[i] == b[i]) == (order == .equal))
      }
    case .isIntegerOf(let inner, let values):
      guard case .integers(let v, let present) = value(inner) else { return unknown }
      return masked(v.map { Truth(values.contains($0)) }, present)
    case .isNumberOf(let inner, let values):
      return value(inner).doubles.map { $0.isNaN ? .unknown : Truth(values.contains($0)) }
    case .isTextOf(let inner, let values):
      return texts(inner) { values.contains($0) }
    case .matches(let inner, let pattern):
      return texts(inner) { pattern.matches(String(decoding: $0, as: UTF8.self)) }
    case .contains(let inner, let part): return contains(value(inner), value(part))
    case .isInside(let inner, let list): return isInside(value(inner), value(list))
    default:
      if case .truths(let truths) = value(node) { return truths }
      return unknown
    }
  }

  private var unknown: [Truth] { .init(repeating: .unknown, count: count) }

  /// Parts after the first are not evaluated where nothing can change any more.
  private func joined(_ parts: [Node], unless decided: Truth, _ join: (Truth, Truth) -> Truth) -> [Truth] {
    var result = condition(parts[0])
    for part in parts.dropFirst() {
      if result.allSatisfy({ $0 == decided }) { break }
      let next = condition(part)
      for i in result.indices { result[i] = join(result[i], next[i]) }
    }
    return result
  }

  private func masked(_ truths: [Truth], _ present: [Bool]?) -> [Truth] {
    guard let present else { return truths }
    return truths.indices.map { present[$0] ? truths[$0] : .unknown }
  }

  // MARK: Comparisons

  private func compareIntegers(_ order: Node.Order, _ left: Node, _ right: Node) -> [Truth] {
    guard case .integers(let a, let p) = value(left) else { return unknown }
    if case .integer(let b) = right { return masked(Evaluator.compare(order, a, b), p) }
    guard case .integers(let b, let q) = value(right) else { return unknown }
    return masked(masked(Evaluator.compare(order, a, b), p), q)
  }

  private func compareNumbers(_ order: Node.Order, _ left: Node, _ right: Node) -> [Truth] {
    let a = value(left).doubles
    let truths: [Truth]
    let constant: Double? =
      switch right {
      case .number(let value): value
      case .integer(let value): Double(value)
      default: nil
      }
    if let constant {
      truths = Evaluator.compare(order, a, constant)
    } else {
      let b = value(right).doubles
      truths = Evaluator.compare(order, a, b)
      return truths.indices.map { a[$0].isNaN || b[$0].isNaN ? .unknown : truths[$0] }
    }
    return truths.indices.map { a[$0].isNaN ? .unknown : truths[$0] }
  }

  private static func compare<T: Comparable>(_ order: Node.Order, _ a: [T], _ b: T) -> [Truth] {
    switch order {
    case .equal: a.map { Truth($0 == b) }
    case .unequal: a.map { Truth($0 != b) }
    case .less: a.map { Truth($0 < b) }
    case .atMost: a.map { Truth($0 <= b) }
    case .greater: a.map { Truth($0 > b) }
    case .atLeast: a.map { Truth($0 >= b) }
    }
  }

  private static func compare<T: Comparable>(_ order: Node.Order, _ a: [T], _ b: [T]) -> [Truth] {
    a.indices.map { i in
      switch order {
      case .equal: Truth(a[i] == b[i])
      case .unequal: Truth(a[i] != b[i])
      case .less: Truth(a[i] < b[i])
      case .atMost: Truth(a[i] <= b[i])
      case .greater: Truth(a[i] > b[i])
      case .atLeast: Truth(a[i] >= b[i])
      }
    }
  }

  private func compareTexts(_ order: Node.Order, _ left: Node, _ right: Node) -> [Truth] {
    if case .text(let wanted) = right {
      switch order {
      case .equal: return texts(left) { $0 == wanted }
      case .unequal: return texts(left) { $0 != wanted }
      default: return texts(left) { Evaluator.holds(order, $0, wanted) }
      }
    }
    guard case .texts(let a, let p) = value(left), case .texts(let b, let q) = value(right) else { return unknown }
    return masked(masked(a.indices.map { Truth(Evaluator.holds(order, a[$0], b[$0])) }, p), q)
  }

  /// Texts are ordered by their bytes, which is the order of Unicode's numbers.
  private static func holds(_ order: Node.Order, _ a: [UInt8], _ b: [UInt8]) -> Bool {
    switch order {
    case .equal: a == b
    case .unequal: a != b
    case .less: a.lexicographicallyPrecedes(b)
    case .atMost: !b.lexicographicallyPrecedes(a)
    case .greater: b.lexicographicallyPrecedes(a)
    case .atLeast: !a.lexicographicallyPrecedes(b)
    }
  }

  private func texts(_ node: Node, _ holds: ([UInt8]) -> Bool) -> [Truth] {
    guard case .texts(let v, let present) = value(node) else { return unknown }
    return masked(v.map { Truth(holds($0)) }, present)
  }
}
