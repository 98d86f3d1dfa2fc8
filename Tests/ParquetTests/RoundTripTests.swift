import Glibc
import Parquet
import SeedbedTestSupport
import Testing

@Suite struct RoundTripTests {
  static let fields = [
    Field("index", .int64), Field("observation.state", .list(.float)), Field("value", .double), Field("done", .bool),
    Field("task", .string), Field("tasks", .list(.string)), Field("stats", .list(.list(.list(.double)))),
    Field("picture", .group([Field("bytes", .binary), Field("path", .string)])),
    Field("events", .list(.group([Field("at", .int64), Field("tags", .list(.string))]))),
  ]

  @Test(arguments: [Codec.none, .snappy, .gzip, .zstd], [UInt64(1), 2, 3, 4])
  func everythingComesBack(codec: Codec, seed: UInt64) throws {
    let folder = try TemporaryDirectory()
    var generator = TestRandom(seed: seed)
    let groups = [1, 17, 200].map { rows in
      (rows, Self.fields.flatMap { $0.type.random(rows: rows, &generator) })
    }
    var writer = try ParquetWriter(
      path: folder.path + "/a.parquet", fields: Self.fields, metadata: [("pandas", "{}"), ("z", "ä")], codec: codec)
    for (rows, columns) in groups { try writer.writeRowGroup(columns, rows: rows) }
    let size = try writer.finish()

    #expect(try readFile(folder.path + "/a.parquet").count == size)
    let reader = try ParquetReader(path: folder.path + "/a.parquet")
    #expect(reader.fields == Self.fields)
    #expect(reader.rowCount == 218)
    #expect(reader.rowGroups == [1, 17, 200])
    #expect(reader.metadata.map(\.value) == ["{}", "ä"])
    for (g, (_, columns)) in groups.enumerated() {
      for (i, column) in columns.enumerated() {
        #expect(try reader.read(leaf: i, rowGroup: g) == column, "\(reader.leaves[i].name) in group \(g)")
      }
    }
    let index = try reader.read("index")
    #expect((index.present?.count ?? index.values.count) == 218)
    #expect(try reader.read("stats").counts[0].count == 218)
  }

  @Test func equalValuesGiveEqualBytes() throws {
    let folder = try TemporaryDirectory()
    for name in ["a", "b"] {
      var generator = TestRandom(seed: 7)
      var writer = try ParquetWriter(path: folder.path + "/" + name, fields: Self.fields)
      for rows in [3, 40] {
        try writer.writeRowGroup(Self.fields.flatMap { $0.type.random(rows: rows, &generator) }, rows: rows)
      }
      try writer.finish()
    }
    #expect(try readFile(folder.path + "/a") == readFile(folder.path + "/b"))
  }

  @Test func nothingStandsUnderTheNameBeforeTheEnd() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.parquet"
    do {
      var writer = try ParquetWriter(path: path, fields: [Field("x", .int64)])
      try writer.writeRowGroup([ColumnData(.int64([1, 2]))], rows: 2)
      #expect(access(path + ".part", F_OK) == 0)
    }
    #expect(access(path, F_OK) != 0)
    #expect(access(path + ".part", F_OK) != 0)
  }

  @Test(arguments: [
    ColumnData(.double([1, 2])), ColumnData(.int64([1, 2, 3])), ColumnData(.int64([1]), present: [true, true]),
    ColumnData(.int64([1, 2]), counts: [[2]]), ColumnData(.int64([])),
  ])
  func columnsThatDoNotFitAreRefused(column: ColumnData) throws {
    let folder = try TemporaryDirectory()
    var writer = try ParquetWriter(path: folder.path + "/a", fields: [Field("x", .int64)])
    let error = #expect(throws: ParquetError.self) { try writer.writeRowGroup([column], rows: 2) }
    #expect(error?.kind == .misuse)
    #expect(error?.column == "x")
  }

  @Test(arguments: [
    [[2, 1], [1, 1, 2]], [[2, 1], [1, 1, 1, 1]], [[3], [1, 1, 1]], [[1, 1], [3, -1]], [[2, 1]],
  ])
  func listLengthsThatDoNotFitAreRefused(counts: [[Int]]) throws {
    let folder = try TemporaryDirectory()
    var writer = try ParquetWriter(path: folder.path + "/a", fields: [Field("x", .list(.list(.int64)))])
    #expect(throws: ParquetError.self) {
      try writer.writeRowGroup([ColumnData(.int64([1, 2, 3]), counts: counts)], rows: 2)
    }
  }
}
