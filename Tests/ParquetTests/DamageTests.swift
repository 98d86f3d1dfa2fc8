import Glibc
import Parquet
import SeedbedTestSupport
import Testing

@Suite struct DamageTests {
  private func sample(_ path: String, codec: Codec = .snappy, checksums: Bool = true) throws -> [UInt8] {
    var generator = TestRandom(seed: 3)
    var writer = try ParquetWriter(path: path, fields: RoundTripTests.fields, codec: codec, checksums: checksums)
    for rows in [5, 30] {
      try writer.writeRowGroup(RoundTripTests.fields.flatMap { $0.type.random(rows: rows, &generator) }, rows: rows)
    }
    try writer.finish()
    return try readFile(path)
  }

  private func readAll(_ path: String) throws -> [ColumnData] {
    let reader = try ParquetReader(path: path)
    return try reader.leaves.indices.map { try reader.read(leaf: $0) }
  }

  @Test func oneFlippedByteOfAPageIsNoticedAndNamed() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.parquet"
    let values = (0..<64).map { Float($0) * 0.37 }
    var writer = try ParquetWriter(path: path, fields: [Field("index", .int64), Field("action", .list(.float))])
    for _ in 0..<2 {
      try writer.writeRowGroup(
        [ColumnData(.int64((0..<8).map { $0 })), .lists(.float(values), of: 8)], rows: 8)
    }
    try writer.finish()
    let bytes = try readFile(path)
    // The values of the last page stand right in front of the footer.
    let footer = Int(bytes[bytes.count - 8]) | Int(bytes[bytes.count - 7]) << 8
    for back in 1...100 {
      var changed = bytes
      changed[bytes.count - 8 - footer - back] ^= 0x40
      try replaceFile(path, changed)
      let reader = try ParquetReader(path: path)
      let error = #expect(throws: ParquetError.self) { try reader.read("action") }
      #expect(error?.file == path && error?.column == "action.list.element" && error?.rowGroup == 1)
      #expect(error?.reason.contains("checksum") == true)
      #expect(throws: Never.self) { try reader.read("action", rowGroup: 0) }
    }
  }

  @Test func everyTruncationIsAnError() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.parquet"
    let bytes = try sample(path)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      try replaceFile(path, Array(bytes[..<length]))
      #expect(throws: ParquetError.self) { try ParquetReader(path: path) }
    }
  }

  @Test(arguments: [Codec.none, .snappy, .gzip, .zstd], [true, false])
  func damagedFilesNeverCrash(codec: Codec, checksums: Bool) throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.parquet"
    let bytes = try sample(path, codec: codec, checksums: checksums)
    let footer = Int(bytes[bytes.count - 8]) | Int(bytes[bytes.count - 7]) << 8
    var generator = TestRandom(seed: 11)
    var refused = 0
    for round in 0..<600 {
      var changed = bytes
      let lowest = round % 2 == 0 ? bytes.count - 8 - footer : 4
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let at = Int.random(in: lowest..<bytes.count - 4, using: &generator)
        changed[at] = UInt8.random(in: 0...255, using: &generator)
      }
      try replaceFile(path, changed)
      do { _ = try readAll(path) } catch is ParquetError { refused += 1 }
    }
    #expect(refused > 200)
  }

  @Test func filesThatAreNoneSayWhy() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/a.parquet"
    #expect(throws: ParquetError.self) { try ParquetReader(path: path) }
    #expect(throws: ParquetError.self) { try ParquetReader(path: folder.path) }
    try writeFile(path, [])
    let error = #expect(throws: ParquetError.self) { try ParquetReader(path: path) }
    #expect(error?.kind == .damaged)
  }
}

/// Writes a file anew. File systems bring a file that is truncated and written again to the disk at once: far too slow
/// for thousands of variants.
private func replaceFile(_ path: String, _ bytes: [UInt8]) throws {
  unlink(path)
  try writeFile(path, bytes)
}
