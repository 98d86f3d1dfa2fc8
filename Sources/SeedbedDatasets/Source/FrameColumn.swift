import Parquet

/// A feature's values over some frames.
public struct FrameColumn: Sendable {
  public var feature: SourceFeature
  public var values: FrameValues
}

/// Values frame by frame, flat: frames x the feature's width.
public enum FrameValues: Sendable, Equatable {
  case float32([Float])
  /// Of features of type float64.
  case float64([Double])
  /// Of all integer types; uint64 by its bits.
  case integer([Int64])
  case bool([Bool])
  case text([String])
  /// One a frame.
  case pictures([StoredPicture])

  public var count: Int {
    switch self {
    case .float32(let v): v.count
    case .float64(let v): v.count
    case .integer(let v): v.count
    case .bool(let v): v.count
    case .text(let v): v.count
    case .pictures(let v): v.count
    }
  }
}

/// A picture in a table: a file's bytes (PNG, JPEG, TIFF), or the path of one.
public struct StoredPicture: Sendable, Equatable {
  public var bytes: [UInt8]
  public var path: String

  public init(bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }
}

/// The stored columns that make up a feature, in one file.
struct FeatureLeaves: Sendable {
  let feature: SourceFeature
  /// One; of pictures two: bytes and path.
  let leaves: [Int]

  init?(_ reader: ParquetReader, _ feature: SourceFeature) {
    self.feature = feature
    if feature.kind == .pictures {
      guard let bytes = reader.leaf(path: [feature.name, "bytes"]) else { return nil }
      leaves = [bytes] + [reader.leaf(path: [feature.name, "path"])].compactMap { $0 }
    } else {
      guard let leaf = reader.leaf(feature.name) else { return nil }
      leaves = [leaf]
    }
  }
}

extension FrameValues {
  /// Values of some rows of a feature's stored columns.
  ///
  /// - Returns: nil where they are null, of another type, or not of the feature's width everywhere.
  init?(_ data: [ColumnData], _ feature: SourceFeature, rows: Int) {
    guard let first = data.first else { return nil }
    if feature.kind == .pictures {
      guard let bytes = first.optionals(rows: rows) else { return nil }
      let paths = data.count > 1 ? data[1].optionals(rows: rows) : nil
      self = .pictures(
        (0..<rows).map { row in
          StoredPicture(bytes: bytes[row] ?? [], path: String(decoding: paths?[row] ?? [], as: UTF8.self))
        })
      return
    }
    guard first.present == nil, first.hasWidth(feature.width, rows: rows) else { return nil }
    switch (first.values, feature.dataType) {
    case (.float(let v), "float32"), (.float(let v), "float16"): self = .float32(v)
    case (.double(let v), "float64"): self = .float64(v)
    case (.bool(let v), "bool"): self = .bool(v)
    case (.int64(let v), _) where feature.kind == .numbers: self = .integer(v)
    case (.bytes(let v), "string"): self = .text(v.map { String(decoding: $0, as: UTF8.self) })
    default: return nil
    }
  }
}

extension ColumnData {
  /// Does each of the rows hold so many values, in lists of one length at each depth?
  func hasWidth(_ width: Int, rows: Int) -> Bool {
    guard values.count == rows * width else { return false }
    if counts.isEmpty { return width == 1 }
    return counts[0].count == rows
      && counts.allSatisfy { lengths in lengths.allSatisfy { $0 == lengths[0] } }
  }

  /// Binary values or texts, with nulls.
  func optionals(rows: Int) -> [[UInt8]?]? {
    guard counts.isEmpty, case .bytes(let v) = values else { return nil }
    guard let present else { return v.count == rows ? v : nil }
    var rest = v[...]
    return present.count == rows ? present.map { $0 ? rest.popFirst() : nil } : nil
  }
}
