extension ParquetReader {
  /// Opens a file of `ParquetWriter` without its footer, which may be damaged or cut off: finds the pages one behind
  /// another, as far as their headers can be read. `rowGroups` then has the groups whose pages were all found.
  ///
  /// - Parameters:
  ///   - fields: Those that the file was written with.
  ///   - rowGroups: The rows of each row group that was written.
  public init(
    rescuing path: String, fields: [Field], rowGroups: [Int], codec: Codec = .snappy
  ) throws(ParquetError) {
    let file = try InputFile(path: path)
    let leaves = fields.flatMap(SchemaLeaf.leaves)
    var found = FileMetadata()
    var at = 4
    groups: for rows in rowGroups {
      var group = FileMetadata.RowGroup()
      group.rows = rows
      for _ in leaves {
        guard let chunk = ParquetReader.chunk(of: file, at: at, codec: codec) else { break groups }
        group.chunks.append(chunk)
        at += chunk.compressedSize
      }
      found.groups.append(group)
      found.rows += rows
    }
    self.init(file: file, footer: found, dataEnd: at, fields: fields, leaves: leaves)
  }

  /// A column chunk is one page of data; nil where none begins at the place.
  private static func chunk(of file: InputFile, at start: Int, codec: Codec) -> FileMetadata.ColumnChunk? {
    let longestHeader = 128
    guard start < file.size, let bytes = try? file.read(start..<min(start + longestHeader, file.size)) else {
      return nil
    }
    var thrift = ThriftReader(ByteReader(bytes))
    guard let header = try? PageHeader(&thrift), header.kind == .data else { return nil }
    guard header.compressedSize <= file.size - start - thrift.source.at else { return nil }
    let size = thrift.source.at + header.compressedSize
    return .init(
      codec: codec.rawValue, slots: header.slots, compressedSize: size, dataOffset: start, dictionaryOffset: 0)
  }
}
