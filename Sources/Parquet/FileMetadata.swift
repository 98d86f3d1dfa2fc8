/// A file's footer, as far as reading needs it.
struct FileMetadata: Sendable {
  var schema: [SchemaNode] = []
  var rows = 0
  var groups: [RowGroup] = []
  var keyValues: [(key: String, value: String)] = []
  var createdBy = ""

  struct RowGroup: Sendable {
    var rows = 0
    var chunks: [ColumnChunk] = []
    /// Where its description stands in the footer.
    var place = 0..<0
  }

  struct ColumnChunk: Sendable {
    var codec = 0
    var slots = 0
    var compressedSize = 0
    var dataOffset = 0
    var dictionaryOffset = 0
  }

  /// A schema element in depth-first order.
  struct SchemaNode: Sendable {
    var name = ""
    var physical: Int?
    var typeLength = 0
    /// 0 required, 1 optional, 2 repeated.
    var repetition = 0
    var children = 0
    /// The numbers of the old and of the new annotation, as the format counts them.
    var converted: Int?
    var logical: Int?
    /// Of an annotated integer.
    var integer: (bits: Int, isSigned: Bool)?

    var isList: Bool { converted == 3 || logical == 3 }
  }
}

extension FileMetadata {
  init(_ bytes: [UInt8]) throws(FormatError) {
    var thrift = ThriftReader(ByteReader(bytes))
    var found = FileMetadata()
    try thrift.structure { (reader, field, type) throws(FormatError) in
      switch field {
      case 2:
        try reader.list(type, of: 12) { r throws(FormatError) in found.schema.append(try SchemaNode(&r)) }
      case 3: found.rows = try reader.integer(type)
      case 4:
        try reader.list(type, of: 12) { r throws(FormatError) in
          let start = r.source.at
          var group = try RowGroup(&r)
          group.place = start..<r.source.at
          found.groups.append(group)
        }
      case 5:
        try reader.list(type, of: 12) { r throws(FormatError) in
          var pair = (key: "", value: "")
          try r.structure { (r, field, type) throws(FormatError) in
            switch field {
            case 1: pair.key = try r.string(type)
            case 2: pair.value = try r.string(type)
            default: try r.skip(type)
            }
          }
          found.keyValues.append(pair)
        }
      case 6: found.createdBy = try reader.string(type)
      default: try reader.skip(type)
      }
    }
    self = found
  }
}

extension FileMetadata.SchemaNode {
  init(_ thrift: inout ThriftReader) throws(FormatError) {
    var node = FileMetadata.SchemaNode()
    try thrift.structure { (r, field, type) throws(FormatError) in
      switch field {
      case 1: node.physical = try r.integer(type)
      case 2: node.typeLength = try r.integer(type)
      case 3: node.repetition = try r.integer(type)
      case 4: node.name = try r.string(type)
      case 5: node.children = try r.integer(type)
      case 6: node.converted = try r.integer(type)
      case 10:
        guard type == 12 else { throw .damaged("a logical type that is no structure") }
        try r.structure { (r, kind, type) throws(FormatError) in
          node.logical = kind
          if kind == 10 && type == 12 { node.integer = try integerType(&r) } else { try r.skip(type) }
        }
      default: try r.skip(type)
      }
    }
    self = node
  }
}

private func integerType(_ thrift: inout ThriftReader) throws(FormatError) -> (bits: Int, isSigned: Bool) {
  var found = (bits: 64, isSigned: true)
  try thrift.structure { (r, field, type) throws(FormatError) in
    switch field {
    case 1: found.bits = try r.integer(type)
    case 2: found.isSigned = try r.bool(type)
    default: try r.skip(type)
    }
  }
  return found
}

extension FileMetadata.RowGroup {
  init(_ thrift: inout ThriftReader) throws(FormatError) {
    var group = FileMetadata.RowGroup()
    try thrift.structure { (r, field, type) throws(FormatError) in
      switch field {
      case 1: try r.list(type, of: 12) { r throws(FormatError) in group.chunks.append(try .init(&r)) }
      case 3: group.rows = try r.integer(type)
      default: try r.skip(type)
      }
    }
    self = group
  }
}

extension FileMetadata.ColumnChunk {
  init(_ thrift: inout ThriftReader) throws(FormatError) {
    var chunk: FileMetadata.ColumnChunk?
    try thrift.structure { (r, field, type) throws(FormatError) in
      guard field == 3, type == 12 else { return try r.skip(type) }
      var read = FileMetadata.ColumnChunk()
      try r.structure { (r, field, type) throws(FormatError) in
        switch field {
        case 4: read.codec = try r.integer(type)
        case 5: read.slots = try r.integer(type)
        case 7: read.compressedSize = try r.integer(type)
        case 9: read.dataOffset = try r.integer(type)
        case 11: read.dictionaryOffset = try r.integer(type)
        default: try r.skip(type)
        }
      }
      chunk = read
    }
    guard let chunk else { throw .damaged("a column chunk without its description") }
    self = chunk
  }
}
