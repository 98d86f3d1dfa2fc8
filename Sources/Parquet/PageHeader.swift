/// The header in front of every page.
struct PageHeader {
  enum Kind: Equatable { case data, dictionary, dataV2, other }

  var kind = Kind.other
  var uncompressedSize = 0
  var compressedSize = 0
  /// Over the page's bytes as stored.
  var crc: UInt32?
  /// Values, nulls and empty lists of a data page; entries of a dictionary.
  var slots = 0
  var encoding = 0
  var definitionEncoding = 3
  var repetitionEncoding = 3
  var definitionLength = 0
  var repetitionLength = 0
  var isCompressed = true

  init(_ thrift: inout ThriftReader) throws(FormatError) {
    var header = PageHeader()
    try thrift.structure { (r, field, type) throws(FormatError) in
      switch field {
      case 1: header.kind = [0: Kind.data, 2: .dictionary, 3: .dataV2][try r.integer(type)] ?? .other
      case 2: header.uncompressedSize = try r.integer(type)
      case 3: header.compressedSize = try r.integer(type)
      case 4: header.crc = UInt32(truncatingIfNeeded: try r.integer(type))
      case 5 where type == 12: try header.readData(&r)
      case 7 where type == 12: try header.readDictionary(&r)
      case 8 where type == 12: try header.readDataV2(&r)
      default: try r.skip(type)
      }
    }
    let levels = header.definitionLength.addingReportingOverflow(header.repetitionLength)
    guard header.uncompressedSize >= 0, header.compressedSize >= 0, header.definitionLength >= 0,
      header.repetitionLength >= 0, !levels.overflow, levels.partialValue <= header.uncompressedSize
    else { throw .damaged("a page header with impossible sizes") }
    self = header
  }

  private init() {}

  private mutating func readData(_ thrift: inout ThriftReader) throws(FormatError) {
    var header = self
    try thrift.structure { (r, field, type) throws(FormatError) in
      switch field {
      case 1: header.slots = try r.integer(type)
      case 2: header.encoding = try r.integer(type)
      case 3: header.definitionEncoding = try r.integer(type)
      case 4: header.repetitionEncoding = try r.integer(type)
      default: try r.skip(type)
      }
    }
    self = header
  }

  private mutating func readDictionary(_ thrift: inout ThriftReader) throws(FormatError) {
    var header = self
    try thrift.structure { (r, field, type) throws(FormatError) in
      if field == 1 { header.slots = try r.integer(type) } else { try r.skip(type) }
    }
    self = header
  }

  private mutating func readDataV2(_ thrift: inout ThriftReader) throws(FormatError) {
    var header = self
    try thrift.structure { (r, field, type) throws(FormatError) in
      switch field {
      case 1: header.slots = try r.integer(type)
      case 4: header.encoding = try r.integer(type)
      case 5: header.definitionLength = try r.integer(type)
      case 6: header.repetitionLength = try r.integer(type)
      case 7: header.isCompressed = try r.bool(type)
      default: try r.skip(type)
      }
    }
    self = header
  }
}
