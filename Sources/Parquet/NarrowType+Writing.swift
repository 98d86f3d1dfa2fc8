extension NarrowType {
  var physical: SchemaLeaf.Physical {
    switch self {
    case .uint64: .int64
    case .float16: .fixedBytes
    default: .int32
    }
  }

  var kind: StoredKind {
    switch self {
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .uint8: .uint8
    case .uint16: .uint16
    case .uint32: .uint32
    case .uint64: .uint64
    case .float16: .float16
    }
  }

  /// The format's ConvertedType; float16 has a LogicalType alone.
  var converted: Int? {
    switch self {
    case .uint8: 11
    case .uint16: 12
    case .uint32: 13
    case .uint64: 14
    case .int8: 15
    case .int16: 16
    case .int32: 17
    case .float16: nil
    }
  }
}

extension StoredKind {
  /// The values of a type of 32 bits at most that memory holds in 64; nil for all others.
  private var range: ClosedRange<Int64>? {
    switch self {
    case .int8: Int64(Int8.min)...Int64(Int8.max)
    case .int16: Int64(Int16.min)...Int64(Int16.max)
    case .int32: Int64(Int32.min)...Int64(Int32.max)
    case .uint8: 0...Int64(UInt8.max)
    case .uint16: 0...Int64(UInt16.max)
    case .uint32: 0...Int64(UInt32.max)
    default: nil
    }
  }

  /// PLAIN encoding of narrow values; nil where they are of another sort, or do not fit.
  func plain(_ values: Values) -> [UInt8]? {
    switch values {
    case .int64(let v):
      guard let range, v.allSatisfy(range.contains) else { return nil }
      return v.map { Int32(truncatingIfNeeded: $0) }.withUnsafeBytes(Array.init)
    case .float(let v) where self == .float16: return v.map { Float16($0).bitPattern }.withUnsafeBytes(Array.init)
    default: return nil
    }
  }
}
