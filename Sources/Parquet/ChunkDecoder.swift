/// Decodes the pages of a column chunk one after another.
struct ChunkDecoder {
  private let leaf: SchemaLeaf
  private let codec: Codec
  private let slots: Int
  private var dictionary: Values?
  private var values: Values
  private var levels = Levels()

  init(leaf: SchemaLeaf, chunk: FileMetadata.ColumnChunk) throws(FormatError) {
    guard let codec = Codec(rawValue: chunk.codec) else {
      throw .unsupported("compression by \(ChunkDecoder.codecName(chunk.codec)); known are none, snappy and zstd")
    }
    // Runs pack many values in few bytes; beyond this no writer of real files goes.
    guard chunk.slots >= 0, chunk.slots <= max(1 << 24, chunk.compressedSize * 64) else {
      throw .damaged("\(chunk.slots) values in \(chunk.compressedSize) bytes")
    }
    self.leaf = leaf
    self.codec = codec
    slots = chunk.slots
    values = .empty(of: leaf.physical)
  }

  mutating func decode(_ bytes: [UInt8]) throws(FormatError) {
    var reader = ByteReader(bytes)
    var seen = 0
    while seen < slots {
      var thrift = ThriftReader(reader)
      let header = try PageHeader(&thrift)
      reader = thrift.source
      let body = try reader.take(header.compressedSize)
      if let crc = header.crc, CRC32.checksum(bytes, body) != crc {
        throw .damaged("the checksum of a page is wrong: the file was changed or damaged after it was written")
      }
      switch header.kind {
      case .dictionary:
        let plain = try codec.decompress(bytes, body, size: header.uncompressedSize)
        try checkCount(header.slots, of: plain.count)
        var page = ByteReader(plain)
        dictionary = try page.plain(header.slots, leaf: leaf)
      case .data, .dataV2:
        guard header.slots > 0, header.slots <= slots - seen else {
          throw .damaged("a page of \(header.slots) values where \(slots - seen) are left")
        }
        seen += header.slots
        if header.kind == .data {
          try decodeData(ByteReader(try codec.decompress(bytes, body, size: header.uncompressedSize)), header)
        } else {
          try decodeDataV2(bytes, body, header)
        }
      case .other: break
      }
    }
  }

  func column(rows: Int) throws(FormatError) -> ColumnData {
    if leaf.maxRepetition == 0 {
      guard slots == rows else { throw .damaged("it holds \(slots) values where the row group has \(rows) rows") }
    }
    let (counts, present) = try levels.assemble(leaf: leaf, rows: rows)
    return ColumnData(values, counts: counts, present: present)
  }

  private mutating func decodeData(_ page: ByteReader, _ header: PageHeader) throws(FormatError) {
    var page = page
    func levels(_ maximum: Int, _ encoding: Int) throws(FormatError) -> [UInt8] {
      if maximum == 0 { return [] }
      guard encoding == 3 else { throw .unsupported("levels in another encoding than RLE") }
      var run = ByteReader(page.bytes, try page.take(try page.littleEndian32()))
      return try run.hybrid(width: bitWidth(of: maximum), count: header.slots, as: UInt8.self)
    }
    let repetition = try levels(leaf.maxRepetition, header.repetitionEncoding)
    let definition = try levels(leaf.maxDefinition, header.definitionEncoding)
    try add(repetition, definition, page, header)
  }

  private mutating func decodeDataV2(
    _ bytes: [UInt8], _ body: Range<Int>, _ header: PageHeader
  ) throws(FormatError) {
    var outer = ByteReader(bytes, body)
    func levels(_ maximum: Int, _ length: Int) throws(FormatError) -> [UInt8] {
      var run = ByteReader(bytes, try outer.take(length))
      return maximum == 0 ? [] : try run.hybrid(width: bitWidth(of: maximum), count: header.slots, as: UInt8.self)
    }
    let repetition = try levels(leaf.maxRepetition, header.repetitionLength)
    let definition = try levels(leaf.maxDefinition, header.definitionLength)
    let size = header.uncompressedSize - header.repetitionLength - header.definitionLength
    let plain =
      header.isCompressed
      ? try codec.decompress(bytes, outer.rest, size: size) : Array(bytes[outer.rest])
    try add(repetition, definition, ByteReader(plain), header)
  }

  private mutating func add(
    _ repetition: [UInt8], _ definition: [UInt8], _ page: ByteReader, _ header: PageHeader
  ) throws(FormatError) {
    let defined = UInt8(leaf.maxDefinition)
    guard definition.allSatisfy({ $0 <= defined }) else { throw .damaged("a definition level beyond the schema") }
    let count = leaf.maxDefinition == 0 ? header.slots : definition.count { $0 == defined }
    var page = page
    let read = try page.values(count, encoding: header.encoding, leaf: leaf, dictionary: dictionary)
    guard values.append(read) else { throw .damaged("values of another type than the column's") }
    // A repeated column always has definition levels too.
    levels.repetition += repetition
    levels.definition += definition
  }

  private func checkCount(_ count: Int, of bytes: Int) throws(FormatError) {
    guard count >= 0, count <= max(bytes, 1) * 8 else { throw .damaged("a dictionary of \(count) in \(bytes) bytes") }
  }

  private static func codecName(_ codec: Int) -> String {
    let names = [2: "gzip", 3: "LZO", 4: "brotli", 5: "LZ4", 7: "LZ4"]
    return names[codec] ?? "number \(codec)"
  }
}
