/// The values of some rows. A place without a value holds 0, or an empty text, and is marked in `present`.
enum Vector: Sendable {
  case truths([Truth])
  case integers([Int64], present: [Bool]?)
  case numbers([Double], present: [Bool]?)
  case texts([[UInt8]], present: [Bool]?)
  /// All entries one after another, and how many each row has; entries may be null, and so may lists.
  indirect case lists(Vector, counts: [Int], present: [Bool]? = nil)
  case nulls(Int)
}

/// What is known of a condition, in the order of three-valued logic: `and` is the least, `or` the greatest.
enum Truth: UInt8, Sendable, Comparable {
  case no = 0
  case unknown = 1
  case yes = 2

  static func < (a: Truth, b: Truth) -> Bool { a.rawValue < b.rawValue }
  init(_ value: Bool) { self = value ? .yes : .no }

  var inverse: Truth {
    switch self {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }
}

extension Vector {
  var count: Int {
    switch self {
    case .truths(let v): v.count
    case .integers(let v, _): v.count
    case .numbers(let v, _): v.count
    case .texts(let v, _): v.count
    case .lists(_, let counts, _): counts.count
    case .nulls(let count): count
    }
  }

  /// Numbers as doubles; a null is NaN, as a NaN is null.
  var doubles: [Double] {
    switch self {
    case .integers(let v, let present):
      guard let present else { return v.map(Double.init) }
      return v.indices.map { present[$0] ? Double(v[$0]) : .nan }
    case .numbers(let v, let present):
      guard let present else { return v }
      return v.indices.map { present[$0] ? v[$0] : .nan }
    default: return .init(repeating: .nan, count: count)
    }
  }

  /// Which rows have no value. A NaN is none; an empty list is one.
  var nullMask: [Truth] {
    switch self {
    case .truths(let v): v.map { Truth($0 == .unknown) }
    case .numbers: doubles.map { Truth($0.isNaN) }
    case .integers(_, let present), .texts(_, let present), .lists(_, _, let present):
      present.map { $0.map { Truth(!$0) } } ?? .init(repeating: .no, count: count)
    case .nulls(let count): .init(repeating: .yes, count: count)
    }
  }

  /// One value for all rows.
  static func constant(_ node: Node, count: Int) -> Vector? {
    switch node {
    case .integer(let value): .integers(.init(repeating: value, count: count), present: nil)
    case .number(let value): .numbers(.init(repeating: value, count: count), present: nil)
    case .text(let text): .texts(.init(repeating: text, count: count), present: nil)
    case .truth(let value): .truths(.init(repeating: Truth(value), count: count))
    default: nil
    }
  }

  /// Values of some rows below others of the same sort.
  mutating func append(_ other: Vector) {
    switch (consume self, other) {
    case (.truths(var a), .truths(let b)):
      a += b
      self = .truths(a)
    case (.integers(var a, let p), .integers(let b, let q)):
      let mask = Vector.joined(p, a.count, q, b.count)
      a += b
      self = .integers(a, present: mask)
    case (.numbers(var a, let p), .numbers(let b, let q)):
      let mask = Vector.joined(p, a.count, q, b.count)
      a += b
      self = .numbers(a, present: mask)
    case (.texts(var a, let p), .texts(let b, let q)):
      let mask = Vector.joined(p, a.count, q, b.count)
      a += b
      self = .texts(a, present: mask)
    case (.lists(var a, var m, let p), .lists(let b, let n, let q)):
      let mask = Vector.joined(p, m.count, q, n.count)
      a.append(b)
      m += n
      self = .lists(a, counts: m, present: mask)
    case (.nulls(let m), .nulls(let n)): self = .nulls(m + n)
    case (let a, let b): self = .nulls(a.count + b.count)
    }
  }

  private static func joined(_ a: [Bool]?, _ m: Int, _ b: [Bool]?, _ n: Int) -> [Bool]? {
    guard a != nil || b != nil else { return nil }
    return (a ?? .init(repeating: true, count: m)) + (b ?? .init(repeating: true, count: n))
  }
}
