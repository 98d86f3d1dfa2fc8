import Parquet
import SeedbedTestSupport
import Testing

/// Reading without a footer.
@Suite struct RescueTests {
  private static let rows = [5, 30, 1, 12]

  private func write(to path: String) throws -> [UInt8] {
    var generator = TestRandom(seed: 9)
    var writer = try ParquetWriter(path: path, fields: RoundTripTests.fields)
    for rows in Self.rows {
      try writer.writeRowGroup(RoundTripTests.fields.flatMap { $0.type.random(rows: rows, &generator) }, rows: rows)
    }
    try writer.finish()
    return try readFile(path)
  }

  private func rescued(_ path: String) throws -> ParquetReader {
    try ParquetReader(rescuing: path, fields: RoundTripTests.fields, rowGroups: Self.rows)
  }

  @Test func theSameColumnsAreReadWithoutTheFooter() throws {
    let folder = try TemporaryDirectory()
    let bytes = try write(to: folder.file("whole"))
    let footer = (0..<4).reduce(0) { $0 | Int(bytes[bytes.count - 8 + $1]) << (8 * $1) }
    let whole = try ParquetReader(path: folder.file("whole"))
    try writeFile(folder.file("cut"), bytes.dropLast(footer + 8))
    let cut = try rescued(folder.file("cut"))
    #expect(cut.rowGroups == Self.rows && cut.rowCount == Self.rows.reduce(0, +) && cut.leaves == whole.leaves)
    for leaf in whole.leaves.indices { #expect(try cut.read(leaf: leaf) == whole.read(leaf: leaf)) }
  }

  @Test func whatIsCutOffEndsTheWalk() throws {
    let folder = try TemporaryDirectory()
    let bytes = try write(to: folder.file("whole"))
    var lengths: Set<Int> = []
    for count in stride(from: 0, to: bytes.count, by: 23) {
      try writeFile(folder.file("cut"), bytes.prefix(count))
      let reader = try rescued(folder.file("cut"))
      lengths.insert(reader.rowGroups.count)
      #expect(reader.rowGroups == Array(Self.rows.prefix(reader.rowGroups.count)))
      for group in reader.rowGroups.indices { _ = try reader.read(leaf: 0, rowGroup: group) }
    }
    #expect(lengths == [0, 1, 2, 3, 4])
  }

  /// A flipped bit of a page's body costs that page alone; one of its header may end the walk.
  @Test func otherPagesStayReadable() throws {
    let folder = try TemporaryDirectory()
    let bytes = try write(to: folder.file("whole"))
    let whole = try ParquetReader(path: folder.file("whole"))
    var random = TestRandom(seed: 31)
    var walks: Set<Int> = []
    for _ in 0..<200 {
      var damaged = bytes
      damaged[Int.random(in: 4..<bytes.count / 2, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try writeFile(folder.file("damaged"), damaged)
      let reader = try rescued(folder.file("damaged"))
      walks.insert(reader.rowGroups.count)
      var others = 0
      for group in reader.rowGroups.indices {
        for leaf in reader.leaves.indices {
          let column = try? reader.read(leaf: leaf, rowGroup: group)
          if try column != whole.read(leaf: leaf, rowGroup: group) { others += 1 }
        }
      }
      #expect(others <= 1 || reader.rowGroups.count < Self.rows.count)
    }
    #expect(walks.contains(Self.rows.count) && walks.count > 1)
  }

  @Test func anythingMayStandThere() throws {
    let folder = try TemporaryDirectory()
    let bytes = try write(to: folder.file("whole"))
    var mutator = ByteMutator(seed: 32)
    for _ in 0..<300 {
      try writeFile(folder.file("damaged"), mutator.mutate(bytes))
      let reader = try rescued(folder.file("damaged"))
      for group in reader.rowGroups.indices {
        for leaf in reader.leaves.indices { _ = try? reader.read(leaf: leaf, rowGroup: group) }
      }
      #expect(reader.rowCount == Self.rows.prefix(reader.rowGroups.count).reduce(0, +))
    }
  }
}
