/// The values of one leaf column, with what turns them into lists and nulls.
public struct ColumnData: Sendable, Equatable {
  /// The values that are there, in order; nulls take no place.
  public var values: Values
  /// `counts[d]` holds the lengths of the lists at depth d, outermost first; empty for a column without lists.
  /// Null lists read as empty ones; `nullRows` tells them apart.
  public var counts: [[Int]]
  /// Which rows' outermost lists are null; nil means none. Written as empty lists.
  public var nullRows: [Bool]?
  /// Are int64 values the bits of uint64?
  public var isUnsigned = false
  /// One entry a slot (a row of a plain column, an element of a list column): is there a value? nil means everywhere.
  public var present: [Bool]?

  public init(_ values: Values, counts: [[Int]] = [], present: [Bool]? = nil) {
    self.values = values
    self.counts = counts
    self.present = present
  }

  /// Texts, one a row.
  public static func strings(_ texts: [String]) -> ColumnData { ColumnData(.bytes(texts.map { Array($0.utf8) })) }

  /// Lists of one length, flat: `values.count / length` rows.
  public static func lists(_ values: Values, of length: Int) -> ColumnData {
    let rows = length > 0 ? values.count / length : 0
    return ColumnData(values, counts: [[Int](repeating: length, count: rows)])
  }

  /// Doubles with nulls.
  public static func nullable(_ values: [Double?]) -> ColumnData {
    ColumnData(.double(values.compactMap { $0 }), present: mask(values))
  }

  /// Integers with nulls.
  public static func nullable(_ values: [Int64?]) -> ColumnData {
    ColumnData(.int64(values.compactMap { $0 }), present: mask(values))
  }

  /// Truth values with nulls.
  public static func nullable(_ values: [Bool?]) -> ColumnData {
    ColumnData(.bool(values.compactMap { $0 }), present: mask(values))
  }

  /// Texts with nulls.
  public static func nullable(_ values: [String?]) -> ColumnData {
    ColumnData(.bytes(values.compactMap { $0.map { Array($0.utf8) } }), present: mask(values))
  }

  private static func mask<T>(_ values: [T?]) -> [Bool]? {
    values.contains { $0 == nil } ? values.map { $0 != nil } : nil
  }
}

/// Typed values, one after another.
public enum Values: Sendable, Equatable {
  case int64([Int64])
  case float([Float])
  case double([Double])
  case bool([Bool])
  /// Texts (UTF-8) and binary values.
  case bytes([[UInt8]])

  public var count: Int {
    switch self {
    case .int64(let v): v.count
    case .float(let v): v.count
    case .double(let v): v.count
    case .bool(let v): v.count
    case .bytes(let v): v.count
    }
  }
}

extension Values {
  /// Adds values of the same type; false where the types differ.
  mutating func append(_ other: Values) -> Bool {
    switch (consume self, other) {
    case (.int64(var a), .int64(let b)):
      a += b
      self = .int64(a)
    case (.float(var a), .float(let b)):
      a += b
      self = .float(a)
    case (.double(var a), .double(let b)):
      a += b
      self = .double(a)
    case (.bool(var a), .bool(let b)):
      a += b
      self = .bool(a)
    case (.bytes(var a), .bytes(let b)):
      a += b
      self = .bytes(a)
    case (let a, _):
      self = a
      return false
    }
    return true
  }
}
