extension ParquetWriter {
  /// The footer (FileMetaData of the format's Thrift definition).
  borrowing func footer() -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.int32(1, 2)  // version of the format
    var elements: [SchemaElement] = []
    for field in fields { SchemaElement.append(field, to: &elements) }
    thrift.list(2, of: .structure, count: elements.count + 1)
    thrift.open()
    thrift.string(4, "schema")
    thrift.int32(5, fields.count)
    thrift.close()
    for element in elements { element.write(to: &thrift) }
    thrift.int64(3, rowCount)
    thrift.list(4, of: .structure, count: groupCount)
    thrift.elements(groups)
    if !metadata.isEmpty {
      thrift.list(5, of: .structure, count: metadata.count)
      for (key, value) in metadata {
        thrift.open()
        thrift.string(1, key)
        thrift.string(2, value)
        thrift.close()
      }
    }
    thrift.string(6, createdBy)
    thrift.list(7, of: .structure, count: leaves.count)  // how statistics are ordered: by type
    for _ in leaves {
      thrift.open()
      thrift.open(1)
      thrift.close()
      thrift.close()
    }
    thrift.stop()
    return thrift.bytes
  }
}

/// A node of the schema's tree, the nodes written in depth-first order.
private struct SchemaElement {
  enum Annotation: Int { case text = 1, list = 3 }

  var name: String
  var physical: SchemaLeaf.Physical?
  var isRepeated = false
  var children = 0
  var annotation: Annotation?
  var narrow: NarrowType?

  static func append(_ field: Field, to elements: inout [SchemaElement]) {
    switch field.type {
    case .list(let element):
      elements.append(SchemaElement(name: field.name, children: 1, annotation: .list))
      elements.append(SchemaElement(name: "list", isRepeated: true, children: 1))
      append(Field("element", element), to: &elements)
    case .group(let parts):
      elements.append(SchemaElement(name: field.name, children: parts.count))
      for part in parts { append(part, to: &elements) }
    case .string:
      elements.append(SchemaElement(name: field.name, physical: .bytes, annotation: .text))
    case .int64, .float, .double, .bool, .binary:
      elements.append(SchemaElement(name: field.name, physical: field.type.physical))
    case .narrow(let type):
      elements.append(SchemaElement(name: field.name, physical: type.physical, narrow: type))
    }
  }

  func write(to thrift: inout ThriftWriter) {
    thrift.open()
    if let physical { thrift.int32(1, physical.rawValue) }
    if narrow == .float16 { thrift.int32(2, 2) }  // bytes of a value
    thrift.int32(3, isRepeated ? 2 : 1)
    thrift.string(4, name)
    if children > 0 { thrift.int32(5, children) }
    if let annotation {
      thrift.int32(6, annotation == .text ? 0 : 3)  // the older annotation
      thrift.open(10)
      thrift.open(annotation.rawValue)
      thrift.close()
      thrift.close()
    }
    if let converted = narrow?.converted { thrift.int32(6, converted) }
    if narrow == .float16 {
      thrift.open(10)
      thrift.open(15)
      thrift.close()
      thrift.close()
    }
    thrift.close()
  }
}

extension ThriftWriter {
  /// ColumnChunk with its ColumnMetaData.
  mutating func columnChunk(_ leaf: SchemaLeaf, _ page: EncodedPage, codec: Codec, offset: Int) {
    open()
    int64(2, 0)
    open(3)
    int32(1, leaf.physical.rawValue)
    list(2, of: .int32, count: 2)
    element(0)  // PLAIN
    element(3)  // RLE
    list(3, of: .binary, count: leaf.path.count)
    for part in leaf.path { element(Array(part.utf8)) }
    int32(4, codec.rawValue)
    int64(5, page.slots)
    int64(6, page.uncompressedSize)
    int64(7, page.bytes.count)
    int64(9, offset)
    open(12)
    int64(3, page.statistics.nulls)
    if let minimum = page.statistics.minimum, let maximum = page.statistics.maximum {
      binary(5, maximum)
      binary(6, minimum)
    }
    close()
    close()
    close()
  }
}
