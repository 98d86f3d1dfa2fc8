/// CRC-32 with zlib's polynomial (reflected 0xEDB88320), the checksum of Parquet's pages.
enum CRC32 {
  /// Slicing by 8: table t holds the remainders of a byte followed by t zero bytes.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for i in 0..<256 {
      var remainder = UInt32(i)
      for _ in 0..<8 { remainder = remainder & 1 == 1 ? (remainder >> 1) ^ 0xEDB8_8320 : remainder >> 1 }
      tables[i] = remainder
    }
    for t in 1..<8 {
      for i in 0..<256 {
        let before = tables[(t - 1) * 256 + i]
        tables[t * 256 + i] = (before >> 8) ^ tables[Int(before & 255)]
      }
    }
    return tables
  }()

  static func checksum(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    tables.withUnsafeBufferPointer { table in
      bytes.withUnsafeBufferPointer { all in checksum(UnsafeBufferPointer(rebasing: all[range]), table) }
    }
  }

  private static func checksum(_ bytes: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt32>) -> UInt32 {
    var crc = ~UInt32(0)
    var at = 0
    let raw = UnsafeRawBufferPointer(bytes)
    while at + 8 <= raw.count {
      let low = raw.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian ^ crc
      let high = raw.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self).littleEndian
      crc = table[7 * 256 + Int(low & 255)] ^ table[6 * 256 + Int(low >> 8 & 255)]
      crc ^= table[5 * 256 + Int(low >> 16 & 255)] ^ table[4 * 256 + Int(low >> 24)]
      crc ^= table[3 * 256 + Int(high & 255)] ^ table[2 * 256 + Int(high >> 8 & 255)]
      crc ^= table[256 + Int(high >> 16 & 255)] ^ table[Int(high >> 24)]
      at += 8
    }
    while at < raw.count {
      crc = (crc >> 8) ^ table[Int((crc ^ UInt32(raw[at])) & 255)]
      at += 1
    }
    return ~crc
  }
}
