/// What a column holds.
///
/// Every value may be null; lists are the three-level LIST of the format's specification.
public indirect enum ColumnType: Sendable, Equatable {
  case int64, float, double, bool
  /// Integers of another type, or floats of 16 bits; in memory they are `Values.int64` and `.float`.
  case narrow(NarrowType)
  /// UTF-8 text.
  case string
  case binary
  case list(ColumnType)
  case group([Field])
}

/// Types of numbers that memory holds in a wider one.
public enum NarrowType: String, Sendable, Equatable, CaseIterable {
  case int8, int16, int32, uint8, uint16, uint32
  /// By its bits in an `Int64`.
  case uint64
  case float16
}

/// A named column, or a named part of a group.
public struct Field: Sendable, Equatable {
  public var name: String
  public var type: ColumnType

  public init(_ name: String, _ type: ColumnType) {
    self.name = name
    self.type = type
  }
}
