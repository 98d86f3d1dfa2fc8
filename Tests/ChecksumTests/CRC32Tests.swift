import Checksum
import Testing

@Suite struct CRC32Tests {
  /// The check values of the catalogue of CRC algorithms (reveng): "123456789".
  @Test func checkValues() {
    #expect(CRC32.of(Array("123456789".utf8), .ieee) == 0xCBF4_3926)
    #expect(CRC32.of(Array("123456789".utf8), .castagnoli) == 0xE306_9283)
    #expect(CRC32.of([UInt8](), .ieee) == 0)
  }

  /// RFC 3720, B.4: 32 bytes of zeros, of ones, and rising.
  @Test func iSCSI() {
    #expect(CRC32.of([UInt8](repeating: 0, count: 32), .castagnoli) == 0x8A91_36AA)
    #expect(CRC32.of([UInt8](repeating: 0xFF, count: 32), .castagnoli) == 0x62A8_AB43)
    #expect(CRC32.of((0..<32).map { UInt8($0) }, .castagnoli) == 0x46DD_794E)
  }

  @Test func piecesAddUp() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    for cut in [0, 1, 7, 8, 9, 500, 999, 1000] {
      var sum = CRC32(.castagnoli)
      sum.add(Array(bytes[..<cut]))
      sum.add(Array(bytes[cut...]))
      #expect(sum.value == CRC32.of(bytes, .castagnoli))
    }
  }
}
