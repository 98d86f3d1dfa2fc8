import Glibc
import Parquet
import SeedbedTestSupport
import Testing

@Suite struct ContinuingTests {
  private static let fields = RoundTripTests.fields
  private static let metadata = [(key: "pandas", value: "{}")]

  private func groups(_ rows: [Int], seed: UInt64) -> [(rows: Int, columns: [ColumnData])] {
    var generator = TestRandom(seed: seed)
    return rows.map { rows in (rows, Self.fields.flatMap { $0.type.random(rows: rows, &generator) }) }
  }

  private func write(_ groups: some Sequence<(rows: Int, columns: [ColumnData])>, to path: String) throws {
    var writer = try ParquetWriter(path: path, fields: Self.fields, metadata: Self.metadata)
    for (rows, columns) in groups { try writer.writeRowGroup(columns, rows: rows) }
    try writer.finish()
  }

  /// From every place on, the file that is gone on with comes out as if it had been written at once.
  @Test(arguments: 0...5) func everyCutGivesTheSameFile(kept: Int) throws {
    let folder = try TemporaryDirectory()
    let all = groups([1, 17, 5, 40, 3], seed: 5)
    try write(all, to: folder.file("whole"))
    for length in max(1, kept)...5 {
      try write(all[..<length], to: folder.file("begun"))
      let before = try readFile(folder.file("begun"))
      var writer = try ParquetWriter.continuing(
        try ParquetReader(path: folder.file("begun")), rowGroups: kept, path: folder.file("continued"),
        fields: Self.fields, metadata: Self.metadata)
      #expect(writer.rowCount == all[..<kept].reduce(0) { $0 + $1.rows })
      for (rows, columns) in all[kept...] { try writer.writeRowGroup(columns, rows: rows) }
      try writer.finish()
      #expect(try readFile(folder.file("continued")) == readFile(folder.file("whole")))
      #expect(try readFile(folder.file("begun")) == before)
    }
  }

  @Test func anotherWritersFileIsRefused() throws {
    let folder = try TemporaryDirectory()
    try write(groups([3, 4], seed: 6), to: folder.file("begun"))
    let reader = try ParquetReader(path: folder.file("begun"))
    func refuses(
      rowGroups: Int = 2, fields: [Field] = Self.fields, metadata: [(key: String, value: String)] = Self.metadata,
      createdBy: String = "parquet-swift"
    ) -> Bool {
      do {
        _ = try ParquetWriter.continuing(
          reader, rowGroups: rowGroups, path: folder.file("next"), fields: fields, metadata: metadata,
          createdBy: createdBy)
        return false
      } catch { return true }
    }
    #expect(!refuses())
    #expect(refuses(rowGroups: 3))
    #expect(refuses(rowGroups: -1))
    #expect(refuses(fields: Self.fields.dropLast()))
    #expect(refuses(fields: Self.fields.reversed()))
    #expect(refuses(metadata: []))
    #expect(refuses(createdBy: "somebody else"))
    #expect(access(folder.file("next"), F_OK) != 0)
    #expect(access(folder.file("next.part"), F_OK) != 0)
  }

  /// A file's end that is damaged is refused, or describes the same pages; nothing crashes.
  @Test func damagedEndsAreRefused() throws {
    let folder = try TemporaryDirectory()
    try write(groups([3, 4, 9], seed: 7), to: folder.file("begun"))
    let whole = try readFile(folder.file("begun"))
    let reader = try ParquetReader(path: folder.file("begun"))
    let footer = whole.count - 8 - reader.leaves.count * 3 * 40
    var mutator = ByteMutator(seed: 8)
    var refused = 0
    for _ in 0..<500 {
      unlink(folder.file("begun"))
      try writeFile(folder.file("begun"), whole[..<footer] + mutator.mutate(Array(whole[footer...])))
      do {
        let writer = try ParquetWriter.continuing(
          try ParquetReader(path: folder.file("begun")), rowGroups: 2, path: folder.file("next"),
          fields: Self.fields, metadata: Self.metadata)
        try writer.finish()
      } catch {
        refused += 1
      }
    }
    #expect(refused > 350)
  }
}
