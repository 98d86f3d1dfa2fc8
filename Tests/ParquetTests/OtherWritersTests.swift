import Parquet
import Testing

/// Files of pyarrow with every codec and encoding that the reader knows; `Fixtures/parquet/make.py` wrote them.
@Suite struct OtherWritersTests {
  static let names = ["none-dictionary", "gzip-v2", "lz4-plain", "zstd-split", "snappy-lengths"]
  static let rows = 300

  static func path(_ name: String) -> String {
    let here = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(here)/Fixtures/parquet/\(name).parquet"
  }

  /// The column as it was written.
  private func expected(_ field: String) -> ColumnData {
    func nullable<T>(_ value: (Int) -> T) -> [T?] { (0..<Self.rows).map { $0 % 7 == 3 ? nil : value($0) } }
    func integers(_ value: (Int) -> Int) -> ColumnData { ColumnData(.int64((0..<Self.rows).map { Int64(value($0)) })) }
    switch field {
    case "plain": return integers { $0 * $0 }
    case "null_int": return .nullable(nullable { Int64(-$0) })
    case "null_text": return .nullable(nullable { "episode_\($0 / 10)/frame_\($0)" })
    case "null_bool": return .nullable(nullable { $0 % 3 == 0 })
    case "null_double": return .nullable(nullable { Double($0) / 4 })
    case "small": return integers { $0 % 100 - 50 }
    case "unsigned": return integers { 4_294_967_295 - $0 }
    case "half": return ColumnData(.float((0..<Self.rows).map { Float($0) / 2 }))
    case "vector":
      return .lists(.float((0..<Self.rows).flatMap { k in (0..<5).map { Float(k) + Float($0) / 8 } }), of: 5)
    default:
      let lengths = (0..<Self.rows).map { $0 % 11 == 3 ? 0 : $0 % 4 }
      var lists = ColumnData(.int64(lengths.flatMap { (0..<Int64($0)).map { $0 } }), counts: [lengths])
      lists.nullRows = (0..<Self.rows).map { $0 % 11 == 3 }
      return lists
    }
  }

  @Test(arguments: names) func everyColumnReads(name: String) throws {
    let reader = try ParquetReader(path: Self.path(name))
    #expect(reader.rowGroups == [130, 130, 40])
    for field in reader.fields {
      #expect(try reader.read(field.name) == expected(field.name), "\(field.name)")
    }
    let kinds = Dictionary(uniqueKeysWithValues: reader.leaves.map { ($0.path[0], $0.kind) })
    #expect(kinds["small"] == .int8 && kinds["unsigned"] == .uint32 && kinds["half"] == .float16)
    #expect(kinds["null_text"] == .string && kinds["ragged"] == .int32 && kinds["vector"] == .float)
  }

  /// However the rows are asked for, and whether the cursor rests in between, they are those of the whole column.
  @Test(arguments: names, [1, 7, 64, 130, 299]) func cursorsGiveTheSameRows(name: String, step: Int) throws {
    let reader = try ParquetReader(path: Self.path(name))
    for (leaf, column) in reader.leaves.enumerated() {
      for rests in [false, true] {
        var cursor = try ColumnCursor(reader, leaf: leaf)
        var all = ColumnData(try reader.read(leaf: leaf, rowGroup: 0).values, counts: [])
        var isFirst = true
        while !cursor.isAtEnd {
          let part = try cursor.next(rows: min(step, Self.rows - cursor.row))
          if isFirst { all = part } else { all.append(part) }
          isFirst = false
          if rests { cursor.rest() }
        }
        let whole = expected(column.path[0])
        #expect(all == whole, "\(column.name) by \(step), rests: \(rests)")
      }
      let start = (step * 37) % 300
      let tail = try ColumnCursor.rows(reader, leaf: leaf, start..<300)
      var skipped = try ColumnCursor(reader, leaf: leaf)
      _ = try skipped.next(rows: start)
      #expect(try tail == skipped.next(rows: 300 - start))
    }
  }
}

extension ColumnCursor {
  fileprivate static func rows(_ reader: ParquetReader, leaf: Int, _ rows: Range<Int>) throws -> ColumnData {
    var cursor = try ColumnCursor(reader, leaf: leaf, from: rows.lowerBound)
    return try cursor.next(rows: rows.count)
  }
}
