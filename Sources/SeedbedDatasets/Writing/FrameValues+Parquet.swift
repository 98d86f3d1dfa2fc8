import Parquet

extension FrameValues {
  /// The stored columns of a feature: one, or of pictures two.
  ///
  /// - Returns: nil where they are of another type than the feature.
  func parquet(_ feature: SourceFeature, rows: Int) -> [ColumnData]? {
    switch (self, feature.dataType) {
    case (.float32(let v), "float32"): [FrameValues.shaped(.float(v), feature, rows)]
    case (.float64(let v), "float64"): [FrameValues.shaped(.double(v), feature, rows)]
    case (.integer(let v), "int64"): [FrameValues.shaped(.int64(v), feature, rows)]
    case (.bool(let v), "bool"): [FrameValues.shaped(.bool(v), feature, rows)]
    case (.float32(let v), "float16"): [FrameValues.shaped(.float(v), feature, rows)]
    case (.integer(let v), _) where NarrowType(rawValue: feature.dataType) != nil:
      [FrameValues.shaped(.int64(v), feature, rows)]
    case (.text(let v), "string"): [FrameValues.shaped(.bytes(v.map { Array($0.utf8) }), feature, rows)]
    case (.pictures(let v), "image"):
      [ColumnData(.bytes(v.map(\.bytes))), ColumnData(.bytes(v.map { Array($0.path.utf8) }))]
    default: nil
    }
  }

  private static func shaped(_ values: Values, _ feature: SourceFeature, _ rows: Int) -> ColumnData {
    if feature.shape == [1] || feature.shape.isEmpty { return ColumnData(values) }
    var lists = rows
    return ColumnData(
      values,
      counts: feature.shape.map { extent in
        defer { lists *= extent }
        return [Int](repeating: extent, count: lists)
      })
  }

  /// The first number that is not finite, counted in numbers; nil where there is none.
  package var firstNonFinite: Int? {
    switch self {
    case .float32(let v): v.firstIndex { !$0.isFinite }
    case .float64(let v): v.firstIndex { !$0.isFinite }
    default: nil
    }
  }
}

extension SourceFeature {
  /// The field of the tables' files.
  var field: Field? {
    kind == .pictures
      ? Field(name, .group([Field("bytes", .binary), Field("path", .string)])) : columnType.map { Field(name, $0) }
  }
}
