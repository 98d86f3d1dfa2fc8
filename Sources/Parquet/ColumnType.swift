/// What a column holds.
///
/// Every value may be null; lists are the three-level LIST of the format's specification.
public indirect enum ColumnType: Sendable, Equatable {
  case int64, float, double, bool
  /// UTF-8 text.
  case string
  case binary
  case list(ColumnType)
  case group([Field])
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
