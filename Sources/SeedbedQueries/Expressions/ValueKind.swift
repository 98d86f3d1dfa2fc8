/// What a column holds, or an expression gives.
public enum ValueKind: Sendable, Equatable {
  case truth, integer, number, text
  /// Lists in lists are read flat.
  indirect case list(ValueKind)
  /// Only nulls.
  case null
  /// Values that expressions do not know: decimals, bytes of a fixed size.
  case other
}

extension ValueKind {
  /// As messages call it.
  var name: String {
    switch self {
    case .truth: "a truth value"
    case .integer, .number: "a number"
    case .text: "a text"
    case .list(.text): "a list of texts"
    case .list: "a list of numbers"
    case .null: "always null"
    case .other: "of a type that expressions do not know"
    }
  }

  var isNumeric: Bool { self == .integer || self == .number || self == .null }
  func fits(_ kind: ValueKind) -> Bool {
    self == kind || self == .null || (isNumeric && (kind == .integer || kind == .number))
  }

  /// What holds the values of both; nil where they have nothing in common.
  func joined(with other: ValueKind) -> ValueKind? {
    switch (self, other) {
    case (let a, let b) where a == b: a
    case (.null, let kind), (let kind, .null): kind
    case (.integer, .number), (.number, .integer): .number
    case (.list(let a), .list(let b)): a.joined(with: b).map(ValueKind.list)
    default: nil
    }
  }
}
