import CSnappy
import CZstd

/// How pages are compressed; the numbers are the format's.
public enum Codec: Int, Sendable {
  case none = 0
  case snappy = 1
  case gzip = 2
  case zstd = 6
  /// Read only: `ParquetWriter` does not write it.
  case lz4 = 7
}

extension Codec {
  /// Bytes of a page; the writers of real files keep to about one megabyte, with pictures to some tens.
  static let longestPage = 1 << 28

  /// nil where the library refuses (it has no reason to).
  func compress(_ bytes: [UInt8]) -> [UInt8]? {
    switch self {
    case .none:
      return bytes
    case .snappy:
      var size = snappy_max_compressed_length(bytes.count)
      var ok = false
      let result = [UInt8](unsafeUninitializedCapacity: size) { output, count in
        ok =
          bytes.withUnsafeBytes { input in
            snappy_compress(
              input.baseAddress?.assumingMemoryBound(to: CChar.self), input.count,
              UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self), &size) == SNAPPY_OK
          }
        count = ok ? size : 0
      }
      return ok ? result : nil
    case .zstd:
      let capacity = ZSTD_compressBound(bytes.count)
      let result = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
        let size = bytes.withUnsafeBytes {
          ZSTD_compress(output.baseAddress, capacity, $0.baseAddress, $0.count, 1)
        }
        count = ZSTD_isError(size) == 0 ? size : 0
      }
      return result.isEmpty ? nil : result
    case .gzip: return Codec.deflate(bytes)
    case .lz4: return nil
    }
  }

  /// `size` bytes out of a part of `bytes`. The declared size is held against what the compressed bytes can hold before
  /// any memory is taken.
  func decompress(_ bytes: [UInt8], _ range: Range<Int>, size: Int) throws(FormatError) -> [UInt8] {
    guard size >= 0, size <= Codec.longestPage else { throw .damaged("a page claims \(size) bytes") }
    if size == 0 { return [] }
    let wrong = FormatError.damaged("a page does not decompress to the \(size) bytes that it claims")
    switch self {
    case .none:
      guard range.count == size else { throw wrong }
      return Array(bytes[range])
    case .snappy:
      // A copy element of 3 bytes gives at most 64.
      guard size / 24 <= range.count, snappyLength(bytes, range) == size else { throw wrong }
      var ok = false
      let result = [UInt8](unsafeUninitializedCapacity: size) { output, count in
        var length = size
        ok = bytes.withUnsafeBytes { input in
          let part = UnsafeRawBufferPointer(rebasing: input[range])
          return snappy_uncompress(
            part.baseAddress?.assumingMemoryBound(to: CChar.self), part.count,
            UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self), &length) == SNAPPY_OK
        }
        ok = ok && length == size
        count = ok ? size : 0
      }
      guard ok else { throw wrong }
      return result
    case .zstd:
      var ok = false
      let result = [UInt8](unsafeUninitializedCapacity: size) { output, count in
        let length = bytes.withUnsafeBytes { input in
          let part = UnsafeRawBufferPointer(rebasing: input[range])
          return ZSTD_decompress(output.baseAddress, size, part.baseAddress, part.count)
        }
        ok = ZSTD_isError(length) == 0 && length == size
        count = ok ? size : 0
      }
      guard ok else { throw wrong }
      return result
    case .gzip, .lz4:
      // Deflate gives at most 1032 bytes for one, LZ4 255.
      guard size / 1100 <= range.count else { throw wrong }
      var ok = false
      let result = [UInt8](unsafeUninitializedCapacity: size) { output, count in
        let place = UnsafeMutableBufferPointer(rebasing: output[..<size])
        ok = bytes.withUnsafeBytes { input in
          let part = UnsafeRawBufferPointer(rebasing: input[range])
          return self == .gzip ? Codec.inflate(part, into: place) : Codec.decodeLZ4(part, into: place)
        }
        // What was left out is not initialised; nobody sees it.
        count = ok ? size : 0
      }
      guard ok else { throw wrong }
      return result
    }
  }

  private func snappyLength(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var length = 0
    let ok = bytes.withUnsafeBytes { input in
      let part = UnsafeRawBufferPointer(rebasing: input[range])
      return snappy_uncompressed_length(
        part.baseAddress?.assumingMemoryBound(to: CChar.self), part.count, &length) == SNAPPY_OK
    }
    return ok ? length : nil
  }
}
