extension ParquetWriter {
  /// Goes on with a file that a writer of the same fields, metadata and settings finished: the new file begins with its
  /// row groups, byte for byte, and comes out as if one writer had written all. The old file is only read, its pages are
  /// not decoded.
  ///
  /// - Parameters:
  ///   - source: The finished file.
  ///   - rowGroups: So many of its row groups are taken over, from the first on.
  /// - Throws: `damaged` where the footer is not, byte for byte, one that this writer would have written for these row
  ///   groups, or its row groups do not fill the file.
  public static func continuing(
    _ source: ParquetReader, rowGroups: Int, path: String, fields: [Field],
    metadata: [(key: String, value: String)] = [], codec: Codec = .snappy, createdBy: String = "parquet-swift",
    checksums: Bool = true
  ) throws(ParquetError) -> ParquetWriter {
    var writer = try ParquetWriter(
      path: path, fields: fields, metadata: metadata, codec: codec, createdBy: createdBy, checksums: checksums)
    let groups = source.footer.groups
    guard (0...groups.count).contains(rowGroups) else {
      throw ParquetError(.misuse, file: source.path, "\(rowGroups) of \(groups.count) row groups are asked for")
    }
    let ends = try source.rowGroupEnds()
    let footer = try source.file.read(source.dataEnd..<source.file.size - 8)
    let start = groups.first?.place.lowerBound ?? 0
    writer.groups = Array(footer[start..<(groups.last?.place.upperBound ?? start)])
    writer.groupCount = groups.count
    writer.rowCount = source.rowCount
    guard writer.footer() == footer else {
      throw ParquetError(
        .damaged, file: source.path, "its footer is not the one that was written, or has other columns")
    }
    let kept = groups[..<rowGroups]
    writer.groups.removeLast(writer.groups.count - ((kept.last?.place.upperBound ?? start) - start))
    writer.groupCount = kept.count
    writer.rowCount = kept.reduce(0) { $0 + $1.rows }
    let begin = writer.size
    try writer.output.copy(source.file, begin..<(rowGroups > 0 ? ends[rowGroups - 1] : begin))
    return writer
  }
}

extension ParquetReader {
  /// Where each row group's pages end, after checking that all pages stand one behind another and fill the file.
  fileprivate func rowGroupEnds() throws(ParquetError) -> [Int] {
    var ends: [Int] = []
    ends.reserveCapacity(footer.groups.count)
    var at = 4
    for (g, group) in footer.groups.enumerated() {
      for chunk in group.chunks {
        guard chunk.dataOffset == at, chunk.compressedSize >= 0, chunk.compressedSize <= dataEnd - at else {
          throw ParquetError(.damaged, file: path, rowGroup: g, "its pages do not stand one behind another")
        }
        at += chunk.compressedSize
      }
      ends.append(at)
    }
    guard at == dataEnd else {
      throw ParquetError(.damaged, file: path, "bytes stand between its pages and its footer")
    }
    return ends
  }
}
