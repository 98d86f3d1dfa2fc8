/// A cyclic redundancy check of 32 bits, reflected, as files of records carry it; eight bytes a step (Intel's slicing-by-8).
public struct CRC32: Sendable {
  /// The generator.
  public enum Polynomial: Sendable {
    /// Of zlib, PNG and MCAP.
    case ieee
    /// CRC-32C, of TFRecord and iSCSI.
    case castagnoli
  }

  private static let ieee = tables(0xEDB8_8320), castagnoli = tables(0x82F6_3B78)

  /// Of each byte with 0 to 7 zero bytes behind it.
  private static func tables(_ polynomial: UInt32) -> [UInt32] {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for i in 0..<256 {
      tables[i] = (0..<8).reduce(UInt32(i)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ polynomial }
    }
    for i in 256..<tables.count {
      let before = tables[i - 256]
      tables[i] = before >> 8 ^ tables[Int(before & 255)]
    }
    return tables
  }

  private let tables: [UInt32]
  private var state: UInt32 = 0xFFFF_FFFF

  public init(_ polynomial: Polynomial) { tables = polynomial == .ieee ? CRC32.ieee : CRC32.castagnoli }

  /// The checksum of some bytes.
  public static func of(_ bytes: some Collection<UInt8>, _ polynomial: Polynomial) -> UInt32 {
    var sum = CRC32(polynomial)
    if bytes.withContiguousStorageIfAvailable({ sum.add(UnsafeRawBufferPointer($0)) }) == nil { sum.add(Array(bytes)) }
    return sum.value
  }

  public mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var state = state
    tables.withUnsafeBufferPointer { t in
      var at = 0
      while bytes.count - at >= 8 {
        let low = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)) ^ state
        let high = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self))
        state = t[1792 + Int(low & 255)] ^ t[1536 + Int(low >> 8 & 255)] ^ t[1280 + Int(low >> 16 & 255)]
        state ^= t[1024 + Int(low >> 24)] ^ t[768 + Int(high & 255)] ^ t[512 + Int(high >> 8 & 255)]
        state ^= t[256 + Int(high >> 16 & 255)] ^ t[Int(high >> 24)]
        at += 8
      }
      while at < bytes.count {
        state = state >> 8 ^ t[Int((state ^ UInt32(bytes[at])) & 255)]
        at += 1
      }
    }
    self.state = state
  }

  public var value: UInt32 { ~state }
}
