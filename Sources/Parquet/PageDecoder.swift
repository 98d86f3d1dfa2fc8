/// Decodes the pages of one column chunk, in their order.
struct PageDecoder {
  /// What a data page holds.
  struct Page {
    var slots: Int
    var values: Values
    var levels: Levels
  }

  private let leaf: SchemaLeaf
  private let codec: Codec
  /// Values, nulls and empty lists that are still to come.
  private(set) var slotsLeft: Int
  private var dictionary: Values?

  init(leaf: SchemaLeaf, chunk: FileMetadata.ColumnChunk) throws(FormatError) {
    guard let codec = Codec(rawValue: chunk.codec) else {
      throw .unsupported(
        "compression by \(PageDecoder.codecName(chunk.codec)); known are none, snappy, gzip, zstd and LZ4")
    }
    // Runs pack many values in few bytes; beyond this no writer of real files goes.
    guard chunk.slots >= 0, chunk.slots <= max(1 << 24, chunk.compressedSize * 64) else {
      throw .damaged("\(chunk.slots) values in \(chunk.compressedSize) bytes")
    }
    self.leaf = leaf
    self.codec = codec
    slotsLeft = chunk.slots
  }

  /// Goes back to where so many slots were to come; the dictionary stays.
  mutating func rewind(slotsLeft: Int) { self.slotsLeft = slotsLeft }

  /// The next page's contents; nil for a dictionary and for what is no page of values.
  mutating func decode(_ header: PageHeader, _ bytes: [UInt8], _ body: Range<Int>) throws(FormatError) -> Page? {
    if let crc = header.crc, CRC32.checksum(bytes, body) != crc {
      throw .damaged("the checksum of a page is wrong: the file was changed or damaged after it was written")
    }
    switch header.kind {
    case .dictionary:
      let plain = try codec.decompress(bytes, body, size: header.uncompressedSize)
      guard header.slots >= 0, header.slots <= max(plain.count, 1) * 8 else {
        throw .damaged("a dictionary of \(header.slots) in \(plain.count) bytes")
      }
      var page = ByteReader(plain)
      dictionary = try page.plain(header.slots, leaf: leaf)
      return nil
    case .data, .dataV2:
      // Arrow writes pages without values where its page size is tiny.
      if header.slots == 0 { return nil }
      guard header.slots > 0, header.slots <= slotsLeft else {
        throw .damaged("a page of \(header.slots) values where \(slotsLeft) are left")
      }
      slotsLeft -= header.slots
      if header.kind == .dataV2 { return try dataV2(bytes, body, header) }
      return try data(ByteReader(try codec.decompress(bytes, body, size: header.uncompressedSize)), header)
    case .other: return nil
    }
  }

  private func data(_ page: ByteReader, _ header: PageHeader) throws(FormatError) -> Page {
    var page = page
    func levels(_ maximum: Int, _ encoding: Int) throws(FormatError) -> [UInt8] {
      if maximum == 0 { return [] }
      guard encoding == 3 else { throw .unsupported("levels in another encoding than RLE") }
      var run = ByteReader(page.bytes, try page.take(try page.littleEndian32()))
      return try run.hybrid(width: bitWidth(of: maximum), count: header.slots, as: UInt8.self)
    }
    let repetition = try levels(leaf.maxRepetition, header.repetitionEncoding)
    let definition = try levels(leaf.maxDefinition, header.definitionEncoding)
    return try contents(repetition, definition, page, header)
  }

  private func dataV2(_ bytes: [UInt8], _ body: Range<Int>, _ header: PageHeader) throws(FormatError) -> Page {
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
    return try contents(repetition, definition, ByteReader(plain), header)
  }

  private func contents(
    _ repetition: [UInt8], _ definition: [UInt8], _ page: ByteReader, _ header: PageHeader
  ) throws(FormatError) -> Page {
    let defined = UInt8(leaf.maxDefinition)
    guard definition.allSatisfy({ $0 <= defined }) else { throw .damaged("a definition level beyond the schema") }
    let count = leaf.maxDefinition == 0 ? header.slots : definition.count { $0 == defined }
    var page = page
    let values = try page.values(count, encoding: header.encoding, leaf: leaf, dictionary: dictionary)
    guard values.isSameType(as: .empty(of: leaf)) else { throw .damaged("values of another type than the column's") }
    return Page(slots: header.slots, values: values, levels: Levels(repetition: repetition, definition: definition))
  }

  private static func codecName(_ codec: Int) -> String {
    let names = [3: "LZO", 4: "brotli", 5: "Hadoop's LZ4"]
    return names[codec] ?? "number \(codec)"
  }
}

extension Values {
  fileprivate func isSameType(as other: Values) -> Bool {
    switch (self, other) {
    case (.int64, .int64), (.float, .float), (.double, .double), (.bool, .bool), (.bytes, .bytes): true
    default: false
    }
  }
}
