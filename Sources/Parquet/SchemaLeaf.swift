/// A column as it is stored: a leaf of the schema's tree.
public struct SchemaLeaf: Sendable, Equatable {
  /// How values are stored; the numbers are the format's.
  public enum Physical: Int, Sendable {
    case bool = 0
    case int32 = 1
    case int64 = 2
    case int96 = 3
    case float = 4
    case double = 5
    case bytes = 6
    case fixedBytes = 7
  }

  /// From the root's child down.
  public var path: [String]
  public var physical: Physical
  /// What the values mean.
  public var kind: StoredKind
  /// Of fixed-size byte arrays.
  var typeLength = 0
  /// The definition level of a value that is there.
  var maxDefinition: Int
  /// The definition level from which on the list at each depth has an element, outermost first.
  var listDefinitions: [Int]

  /// Lists around a value: 0 for a plain column.
  public var listDepth: Int { listDefinitions.count }
  var maxRepetition: Int { listDefinitions.count }
  public var name: String { path.joined(separator: ".") }

  /// The leaves of a field as this library writes it: everything optional.
  static func leaves(of field: Field) -> [SchemaLeaf] {
    var found: [SchemaLeaf] = []
    collect([field.name], field.type, 1, [], &found)
    return found
  }

  private static func collect(
    _ path: [String], _ type: ColumnType, _ definition: Int, _ lists: [Int], _ found: inout [SchemaLeaf]
  ) {
    switch type {
    case .list(let element):
      collect(path + ["list", "element"], element, definition + 2, lists + [definition + 1], &found)
    case .group(let parts):
      for part in parts { collect(path + [part.name], part.type, definition + 1, lists, &found) }
    case .int64, .float, .double, .bool, .string, .binary, .narrow:
      found.append(
        SchemaLeaf(
          path: path, physical: type.physical, kind: type.kind, typeLength: type == .narrow(.float16) ? 2 : 0,
          maxDefinition: definition, listDefinitions: lists))
    }
  }
}

extension ColumnType {
  var physical: SchemaLeaf.Physical {
    switch self {
    case .int64: .int64
    case .float: .float
    case .double: .double
    case .bool: .bool
    case .narrow(let type): type.physical
    case .string, .binary, .list, .group: .bytes
    }
  }
}

extension ColumnType {
  fileprivate var kind: StoredKind {
    switch self {
    case .int64: .int64
    case .float: .float
    case .double: .double
    case .bool: .bool
    case .string: .string
    case .narrow(let type): type.kind
    case .binary, .list, .group: .binary
    }
  }
}

/// The bits that numbers up to `maximum` take.
func bitWidth(of maximum: Int) -> Int { Int.bitWidth - maximum.leadingZeroBitCount }
