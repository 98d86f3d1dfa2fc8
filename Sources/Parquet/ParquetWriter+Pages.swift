/// A column of a row group, ready to be written.
struct EncodedPage {
  /// Header and compressed body.
  var bytes: [UInt8]
  /// Header and body before compression.
  var uncompressedSize: Int
  /// Values, nulls and empty lists.
  var slots: Int
  var statistics: ColumnStatistics
}

extension ParquetWriter {
  borrowing func encodePage(_ column: ColumnData, leaf: SchemaLeaf, rows: Int) throws(ParquetError) -> EncodedPage {
    func problem(_ reason: String) -> ParquetError {
      ParquetError(.misuse, file: path, column: leaf.name, rowGroup: groupCount, reason)
    }
    guard let stored = column.values.plain(for: leaf) else {
      throw problem("values of another type than the column's, or beyond it")
    }
    guard let levels = Levels(of: column, leaf: leaf, rows: rows) else {
      throw problem("\(column.values.count) values and their list lengths do not make \(rows) rows")
    }
    var body = Levels.encode(levels.repetition, maximum: leaf.maxRepetition)
    body += Levels.encode(levels.definition, maximum: leaf.maxDefinition)
    body += stored
    guard body.count < 1 << 30, let packed = codec.compress(body) else {
      throw problem("\(body.count) bytes are too many for a page")
    }
    var header = ThriftWriter()
    header.int32(1, 0)  // a data page
    header.int32(2, body.count)
    header.int32(3, packed.count)
    if checksums { header.int32(4, Int(Int32(bitPattern: CRC32.checksum(packed, 0..<packed.count)))) }
    header.open(5)
    header.int32(1, levels.definition.count)
    header.int32(2, 0)  // PLAIN
    header.int32(3, 3)  // levels: RLE
    header.int32(4, 3)
    header.close()
    header.stop()
    return EncodedPage(
      bytes: header.bytes + packed, uncompressedSize: header.bytes.count + body.count,
      slots: levels.definition.count,
      statistics: ColumnStatistics(column.values, leaf, nulls: levels.definition.count - column.values.count))
  }
}

extension Values {
  /// PLAIN encoding; nil where the values are not of the column's type.
  func plain(for leaf: SchemaLeaf) -> [UInt8]? {
    switch (self, leaf.physical) {
    case (_, .int32), (_, .fixedBytes): return leaf.kind.plain(self)
    case (.int64(let v), .int64): return v.withUnsafeBytes(Array.init)
    case (.float(let v), .float): return v.withUnsafeBytes(Array.init)
    case (.double(let v), .double): return v.withUnsafeBytes(Array.init)
    case (.bool(let v), .bool):
      var bits = [UInt8](repeating: 0, count: (v.count + 7) / 8)
      for (i, value) in v.enumerated() where value { bits[i >> 3] |= 1 << UInt8(i & 7) }
      return bits
    case (.bytes(let v), .bytes):
      var result: [UInt8] = []
      result.reserveCapacity(v.reduce(0) { $0 + $1.count + 4 })
      for value in v {
        guard let length = UInt32(exactly: value.count) else { return nil }
        result.appendLittleEndian(length)
        result += value
      }
      return result
    default: return nil
    }
  }
}

/// Smallest and largest value of a column in a row group, for readers that skip row groups.
struct ColumnStatistics {
  var nulls: Int
  /// PLAIN encoded; nil where there is no order (texts, NaN).
  var minimum: [UInt8]?
  var maximum: [UInt8]?

  init(_ values: Values, _ leaf: SchemaLeaf, nulls: Int) {
    self.nulls = nulls
    // The order of these is another than that of their bytes in memory; readers do without.
    if [.int32, .fixedBytes].contains(leaf.physical) || leaf.kind == .uint64 { return }
    switch values {
    case .int64(let v):
      minimum = v.min().map(ColumnStatistics.bytes)
      maximum = v.max().map(ColumnStatistics.bytes)
    case .float(let v): setBounds(v)
    case .double(let v): setBounds(v)
    case .bool(let v):
      if !v.isEmpty {
        minimum = [v.contains(false) ? 0 : 1]
        maximum = [v.contains(true) ? 1 : 0]
      }
    case .bytes: break
    }
  }

  /// The format wants -0 as a minimum of zero and +0 as a maximum.
  private mutating func setBounds<T: BinaryFloatingPoint>(_ values: [T]) {
    guard var low = values.first, var high = values.first else { return }
    for value in values {
      if value.isNaN { return }
      low = Swift.min(low, value)
      high = Swift.max(high, value)
    }
    minimum = ColumnStatistics.bytes(low == 0 ? -T.zero : low)
    maximum = ColumnStatistics.bytes(high == 0 ? T.zero : high)
  }

  private static func bytes<T>(_ value: T) -> [UInt8] { withUnsafeBytes(of: value, Array.init) }
}
