/// Reads a Parquet file, a column of a row group at a time; between calls only the footer is in memory.
///
/// Knows data pages v1 and v2, PLAIN, dictionaries, RLE, DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY
/// and BYTE_STREAM_SPLIT, compressed by snappy, gzip, zstd, LZ4 or not at all; nested lists, groups and nulls. All integers
/// read as int64 (uint64 by its bits), numbers of 16 bits as float; `SchemaLeaf.kind` says what they are.
/// A page's CRC-32 is checked where it has one. Damage of any kind is an error.
public struct ParquetReader: Sendable {
  let file: InputFile
  let footer: FileMetadata
  let dataEnd: Int
  /// The schema; its lists and groups as `ParquetWriter` takes them.
  public let fields: [Field]
  /// The stored columns, in the file's order.
  public let leaves: [SchemaLeaf]
  /// The leaves of the fields that have only one.
  private let places: [String: Int]

  public init(path: String) throws(ParquetError) {
    let file = try InputFile(path: path)
    let place = try ParquetReader.footer(of: file)
    func damaged(_ reason: String) -> ParquetError { ParquetError(.damaged, file: path, reason) }
    do {
      let footer = try FileMetadata(try file.read(place))
      let tree = try SchemaTree(footer.schema)
      self.init(file: file, footer: footer, dataEnd: place.lowerBound, fields: tree.fields, leaves: tree.leaves)
    } catch let error as FormatError {
      throw error.located(file: path)
    } catch let error as ParquetError {
      throw error
    } catch {
      throw damaged("\(error)")
    }
    guard footer.groups.allSatisfy({ $0.rows >= 0 && $0.rows <= 1 << 40 && $0.chunks.count == leaves.count }),
      footer.groups.count <= 1 << 22, footer.groups.reduce(0, { $0 + $1.rows }) == footer.rows
    else { throw damaged("its footer contradicts itself in rows or columns") }
  }

  init(file: InputFile, footer: FileMetadata, dataEnd: Int, fields: [Field], leaves: [SchemaLeaf]) {
    var places: [String: Int] = [:]
    var several: Set<String> = []
    for (i, leaf) in leaves.enumerated() {
      if places.updateValue(i, forKey: leaf.path[0]) != nil { several.insert(leaf.path[0]) }
    }
    for name in several { places[name] = nil }
    self.file = file
    self.footer = footer
    self.dataEnd = dataEnd
    self.fields = fields
    self.leaves = leaves
    self.places = places
  }

  /// Throws where a file does not end as a whole one does; what stands in it is not looked at.
  public static func checkEnd(path: String) throws(ParquetError) { _ = try footer(of: try InputFile(path: path)) }

  private static func footer(of file: InputFile) throws(ParquetError) -> Range<Int> {
    guard file.size >= 12, try file.read(file.size - 4..<file.size) == Array("PAR1".utf8) else {
      throw ParquetError(
        .damaged, file: file.path, "no 'PAR1' at its end: it is no Parquet file, or its writing was interrupted")
    }
    let tail = try file.read(file.size - 8..<file.size)
    let length = (0..<4).reduce(0) { $0 | Int(tail[$1]) << (8 * $1) }
    guard length <= file.size - 12 else {
      throw ParquetError(.damaged, file: file.path, "its footer is longer than the file")
    }
    return file.size - 8 - length..<file.size - 8
  }

  public var path: String { file.path }
  public var rowCount: Int { footer.rows }
  /// Rows of each row group.
  public var rowGroups: [Int] { footer.groups.map(\.rows) }
  /// The footer's key-value pairs, in the file's order.
  public var metadata: [(key: String, value: String)] { footer.keyValues }

  /// The leaf of a field that has only one (everything but groups); nil where there is no such field.
  public func leaf(_ field: String) -> Int? { places[field] }

  /// A leaf by its whole path, from the root's child down.
  public func leaf(path: [String]) -> Int? { leaves.firstIndex { $0.path == path } }

  /// One column of one row group.
  public func read(leaf index: Int, rowGroup: Int) throws(ParquetError) -> ColumnData {
    guard leaves.indices.contains(index), footer.groups.indices.contains(rowGroup) else {
      throw ParquetError(.misuse, file: path, "no column \(index) in a row group \(rowGroup)")
    }
    let leaf = leaves[index]
    let group = footer.groups[rowGroup]
    let chunk = group.chunks[index]
    do throws(FormatError) {
      var pages = PageStream(file, try place(of: chunk))
      var decoder = try PageDecoder(leaf: leaf, chunk: chunk)
      var values = Values.empty(of: leaf)
      var levels = Levels()
      var slots = 0
      while decoder.slotsLeft > 0 {
        let (header, bytes, body) = try pages.next()
        guard let page = try decoder.decode(header, bytes, body) else { continue }
        _ = values.append(page.values)
        levels.append(page.levels)
        slots += page.slots
      }
      guard leaf.maxRepetition > 0 || slots == group.rows else {
        throw .damaged("it holds \(slots) values where the row group has \(group.rows) rows")
      }
      let (counts, present) = try levels.assemble(leaf: leaf, rows: group.rows)
      var data = ColumnData(values, counts: counts, present: present)
      data.nullRows = levels.nullRows(leaf: leaf)
      data.isUnsigned = leaf.kind == .uint64
      return data
    } catch {
      throw error.located(file: path, column: leaf.name, rowGroup: rowGroup)
    }
  }

  /// Where a column chunk stands in the file.
  func place(of chunk: FileMetadata.ColumnChunk) throws(FormatError) -> Range<Int> {
    var start = chunk.dataOffset
    if chunk.dictionaryOffset > 0 { start = min(start, chunk.dictionaryOffset) }
    guard start >= 4, start <= dataEnd, chunk.compressedSize >= 0, chunk.compressedSize <= dataEnd - start else {
      throw .damaged("its place lies outside the file")
    }
    return start..<start + chunk.compressedSize
  }

  func rows(ofGroup group: Int) -> Int? { footer.groups.indices.contains(group) ? footer.groups[group].rows : nil }

  /// One column of one row group, by its field's name.
  public func read(_ field: String, rowGroup: Int) throws(ParquetError) -> ColumnData {
    try read(leaf: try index(of: field), rowGroup: rowGroup)
  }

  /// A whole column, by its field's name.
  public func read(_ field: String) throws(ParquetError) -> ColumnData { try read(leaf: try index(of: field)) }

  /// A whole column.
  public func read(leaf index: Int) throws(ParquetError) -> ColumnData {
    guard leaves.indices.contains(index) else { throw ParquetError(.misuse, file: path, "no column \(index)") }
    var all = ColumnData(
      .empty(of: leaves[index]), counts: .init(repeating: [], count: leaves[index].maxRepetition))
    for group in footer.groups.indices {
      all.append(try read(leaf: index, rowGroup: group))
    }
    return all
  }

  private func index(of field: String) throws(ParquetError) -> Int {
    if let index = leaf(field) { return index }
    throw ParquetError(.damaged, file: path, column: field, "there is no such column, or it is a group")
  }
}

extension ColumnData {
  /// Rows of the same column, below these.
  public mutating func append(_ other: ColumnData) {
    if present != nil || other.present != nil {
      present = (present ?? .init(repeating: true, count: values.count))
      present? += other.present ?? .init(repeating: true, count: other.values.count)
    }
    if nullRows != nil || other.nullRows != nil {
      nullRows = (nullRows ?? .init(repeating: false, count: counts.first?.count ?? 0))
      nullRows? += other.nullRows ?? .init(repeating: false, count: other.counts.first?.count ?? 0)
    }
    _ = values.append(other.values)
    for depth in counts.indices { counts[depth] += other.counts[depth] }
  }
}
