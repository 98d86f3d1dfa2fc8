import CZlib

/// The checksum of Parquet's pages: CRC-32 as zlib computes it.
enum CRC32 {
  static func checksum(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    bytes.withUnsafeBufferPointer { all in
      UInt32(truncatingIfNeeded: crc32_z(0, UnsafeBufferPointer(rebasing: all[range]).baseAddress, range.count))
    }
  }
}
