/// What a stored column's values mean, by Arrow's names: its physical type as its annotation has it.
public enum StoredKind: String, Sendable, Equatable {
  case bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64
  case float16 = "halffloat"
  case float, double
  case string, binary
  case fixedBinary = "fixed_size_binary"
  case date, time, timestamp, decimal
  case int96 = "int96 timestamp"
  /// Nothing but nulls.
  case null

  init(_ node: FileMetadata.SchemaNode, _ physical: SchemaLeaf.Physical) {
    self = StoredKind.annotated(node) ?? StoredKind.bare(physical)
  }

  private static func bare(_ physical: SchemaLeaf.Physical) -> StoredKind {
    switch physical {
    case .bool: .bool
    case .int32: .int32
    case .int64: .int64
    case .int96: .int96
    case .float: .float
    case .double: .double
    case .bytes: .binary
    case .fixedBytes: .fixedBinary
    }
  }

  private static func annotated(_ node: FileMetadata.SchemaNode) -> StoredKind? {
    if let (bits, isSigned) = node.integer { return integer(bits, isSigned) }
    if let logical = node.logical {
      let known: [Int: StoredKind] = [
        1: .string, 4: .string, 5: .decimal, 6: .date, 7: .time, 8: .timestamp, 11: .null, 12: .string, 15: .float16,
      ]
      if let kind = known[logical] { return kind }
    }
    switch node.converted {
    case 0, 4, 19: return .string
    case 5: return .decimal
    case 6: return .date
    case 7, 8: return .time
    case 9, 10: return .timestamp
    case .some(let number) where (11...14).contains(number): return integer(8 << (number - 11), false)
    case .some(let number) where (15...18).contains(number): return integer(8 << (number - 15), true)
    default: return nil
    }
  }

  private static func integer(_ bits: Int, _ isSigned: Bool) -> StoredKind? {
    StoredKind(rawValue: (isSigned ? "int" : "uint") + "\(bits)")
  }
}
