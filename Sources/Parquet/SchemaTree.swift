/// A file's schema, made from the flat list of its footer.
struct SchemaTree: Sendable {
  var fields: [Field] = []
  var leaves: [SchemaLeaf] = []

  init(_ nodes: [FileMetadata.SchemaNode]) throws(FormatError) {
    guard let root = nodes.first else { throw .damaged("its schema is empty") }
    var place = 1
    for _ in 0..<max(0, min(root.children, nodes.count)) {
      fields.append(try field(nodes, &place, Ancestry()))
    }
    guard place == nodes.count, fields.count == root.children else {
      throw .damaged("its schema's tree does not add up")
    }
  }

  private struct Ancestry {
    var path: [String] = []
    var definition = 0
    var lists: [Int] = []
    var depth = 0
  }

  private mutating func field(
    _ nodes: [FileMetadata.SchemaNode], _ place: inout Int, _ above: Ancestry
  ) throws(FormatError) -> Field {
    guard place < nodes.count, above.depth < 32 else { throw .damaged("its schema's tree does not add up") }
    let node = nodes[place]
    place += 1
    var here = above
    here.depth += 1
    here.path.append(node.name)
    if node.repetition != 0 { here.definition += 1 }
    if node.repetition == 2 { here.lists.append(here.definition) }
    let type: ColumnType
    if node.children > 0 {
      var parts: [Field] = []
      let childRepeats = place < nodes.count && nodes[place].repetition == 2
      for _ in 0..<min(node.children, nodes.count) { parts.append(try field(nodes, &place, here)) }
      type = node.isList && parts.count == 1 && childRepeats ? SchemaTree.list(parts[0].type) : .group(parts)
    } else {
      type = try leaf(node, here)
    }
    // A repeated field outside an annotated list is a list by itself.
    return Field(node.name, node.repetition == 2 ? .list(type) : type)
  }

  /// The list of an annotated group, out of the type of its repeated child (a list already).
  private static func list(_ repeated: ColumnType) -> ColumnType {
    if case .list(.group(let parts)) = repeated, parts.count == 1 { return .list(parts[0].type) }
    return repeated
  }

  private mutating func leaf(_ node: FileMetadata.SchemaNode, _ here: Ancestry) throws(FormatError) -> ColumnType {
    guard let physical = node.physical.flatMap(SchemaLeaf.Physical.init) else {
      throw .damaged("the column '\(here.path.joined(separator: "."))' has an unknown type")
    }
    let kind = StoredKind(node, physical)
    if kind == .float16 && (physical != .fixedBytes || node.typeLength != 2) {
      throw .damaged("the column '\(here.path.joined(separator: "."))' holds numbers of 16 bits in another size")
    }
    guard here.definition < 255, here.lists.count < 255 else { throw .damaged("its schema's tree is too deep") }
    leaves.append(
      SchemaLeaf(
        path: here.path, physical: physical, kind: kind, typeLength: node.typeLength, maxDefinition: here.definition,
        listDefinitions: here.lists))
    switch physical {
    case .int32, .int64: return .int64
    case .float: return .float
    case .double: return .double
    case .bool: return .bool
    case .fixedBytes where kind == .float16: return .float
    case .bytes, .fixedBytes, .int96: return kind == .string ? .string : .binary
    }
  }
}
