import CZstd

/// Frames of zstd: several of them, one behind another, are one compressed stream to every tool that reads it.
public enum Zstandard {
  /// A frame begins with these bytes.
  public static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// The bytes as one frame that says its size and has a checksum; nil where the library refuses.
  public static func frame(_ bytes: [UInt8], level: Int32 = 9) -> [UInt8]? {
    guard let context = ZSTD_createCCtx() else { return nil }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    let capacity = ZSTD_compressBound(bytes.count)
    let result = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      let size = bytes.withUnsafeBytes {
        ZSTD_compress2(context, output.baseAddress, capacity, $0.baseAddress, $0.count)
      }
      count = ZSTD_isError(size) == 0 ? size : 0
    }
    return result.isEmpty ? nil : result
  }

  /// The content of the frame that begins at a place, and where it ends; nil where none does, where it is damaged, and
  /// where it does not say its size or has more than `limit` bytes.
  public static func content(of bytes: [UInt8], at start: Int, limit: Int) -> (bytes: [UInt8], end: Int)? {
    guard start >= 0, bytes.count - start > magic.count, bytes[start..<start + magic.count].elementsEqual(magic) else {
      return nil
    }
    return bytes.withUnsafeBytes { all -> (bytes: [UInt8], end: Int)? in
      let rest = UnsafeRawBufferPointer(rebasing: all[start...])
      let length = ZSTD_findFrameCompressedSize(rest.baseAddress, rest.count)
      guard ZSTD_isError(length) == 0 else { return nil }
      // The two largest numbers say that the size is unknown, or that this is no frame.
      let size = ZSTD_getFrameContentSize(rest.baseAddress, rest.count)
      guard size <= UInt64(max(0, limit)) else { return nil }
      var ok = false
      let content = [UInt8](unsafeUninitializedCapacity: Int(size)) { output, count in
        let got = ZSTD_decompress(output.baseAddress, Int(size), rest.baseAddress, length)
        ok = ZSTD_isError(got) == 0 && got == Int(size)
        count = ok ? Int(size) : 0
      }
      return ok ? (content, start + length) : nil
    }
  }

  /// So many bytes out of frames whose content's size is known from elsewhere; nil where they do not give them.
  public static func content(of bytes: [UInt8], size: Int) -> [UInt8]? {
    guard size >= 0 else { return nil }
    var ok = false
    let content = [UInt8](unsafeUninitializedCapacity: size) { output, count in
      let got = bytes.withUnsafeBytes { ZSTD_decompress(output.baseAddress, size, $0.baseAddress, $0.count) }
      ok = ZSTD_isError(got) == 0 && got == size
      count = ok ? size : 0
    }
    return ok ? content : nil
  }
}
