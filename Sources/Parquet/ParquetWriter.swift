/// Writes a Parquet file, one row group a call; nothing but the footer stays in memory.
///
/// Data pages v1 in PLAIN encoding, one a column and row group, each with its CRC-32; every value optional. The bytes
/// depend on fields, metadata and values only. The file has `.part` behind its name until `finish`; a writer that is
/// dropped before removes it.
public struct ParquetWriter: ~Copyable {
  public let fields: [Field]
  let codec: Codec
  let metadata: [(key: String, value: String)]
  let createdBy: String
  let checksums: Bool
  /// One a stored column, in the order in which `writeRowGroup` wants them.
  public let leaves: [SchemaLeaf]
  var output: OutputFile
  /// Of the row groups so far, as the footer holds them.
  var groups: [UInt8] = []
  var groupCount = 0
  public internal(set) var rowCount = 0

  /// - Parameters:
  ///   - metadata: Key-value pairs of the footer, in this order.
  ///   - createdBy: Stands in the footer.
  ///   - checksums: Gives every page its CRC-32.
  public init(
    path: String, fields: [Field], metadata: [(key: String, value: String)] = [], codec: Codec = .snappy,
    createdBy: String = "parquet-swift", checksums: Bool = true
  ) throws(ParquetError) {
    let leaves = fields.flatMap(SchemaLeaf.leaves)
    guard !leaves.isEmpty, leaves.allSatisfy({ $0.maxDefinition < 128 }) else {
      throw ParquetError(.misuse, file: path, "no fields, or fields nested too deeply")
    }
    var output = try OutputFile(path: path)
    try output.write(Array("PAR1".utf8))
    self.fields = fields
    self.leaves = leaves
    self.codec = codec
    self.metadata = metadata
    self.createdBy = createdBy
    self.checksums = checksums
    self.output = output
  }

  public var path: String { output.path }
  /// Bytes written so far, without the footer.
  public var size: Int { output.size }

  /// Appends a row group.
  ///
  /// - Parameters:
  ///   - columns: One a leaf, in the order of `leaves`.
  ///   - rows: At least 1.
  public mutating func writeRowGroup(_ columns: [ColumnData], rows: Int) throws(ParquetError) {
    guard columns.count == leaves.count, rows > 0 else {
      throw ParquetError(
        .misuse, file: path, rowGroup: groupCount,
        "\(columns.count) columns of \(rows) rows where \(leaves.count) columns belong")
    }
    var bytes: [UInt8] = []
    var entry = ThriftWriter()
    var uncompressed = 0
    entry.open()
    entry.list(1, of: .structure, count: leaves.count)
    for (leaf, column) in zip(leaves, columns) {
      let page = try encodePage(column, leaf: leaf, rows: rows)
      entry.columnChunk(leaf, page, codec: codec, offset: size + bytes.count)
      uncompressed += page.uncompressedSize
      bytes += page.bytes
    }
    entry.int64(2, uncompressed)
    entry.int64(3, rows)
    entry.int64(5, size)
    entry.int64(6, bytes.count)
    if groupCount <= Int(Int16.max) { entry.int16(7, groupCount) }
    entry.close()
    try output.write(bytes)
    groups += entry.bytes
    groupCount += 1
    rowCount += rows
  }

  /// Writes the footer and gives the file its name.
  ///
  /// - Parameter isSynchronized: Brings it to the disk first.
  /// - Returns: The file's size in bytes.
  @discardableResult
  public consuming func finish(isSynchronized: Bool = true) throws(ParquetError) -> Int {
    let footer = self.footer()
    var tail = footer
    tail.appendLittleEndian(UInt32(footer.count))
    tail += Array("PAR1".utf8)
    try output.write(tail)
    try output.finish(isSynchronized: isSynchronized)
    return output.size
  }
}
